import type { ErrorCode } from '../../platform/errors.ts';

/** Why one kind of data is missing on a card that shows the others. */
export const whyUnread = (code: ErrorCode): string => {
  switch (code) {
    case 'permission-missing':
      return 'the PingPlotter key may not read them';
    case 'rate-limited':
      return 'PingPlotter asks for a pause';
    case 'timeout':
      return 'PingPlotter took too long to answer';
    case 'unreachable':
      return 'PingPlotter cannot be reached';
    case 'bad-answer':
      return 'PingPlotter’s answer cannot be read';
    default:
      return 'PingPlotter does not give them out just now';
  }
};
