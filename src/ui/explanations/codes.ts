import type { ErrorCode, ErrorDetail } from '../../platform/errors.ts';
import { age } from '../time.ts';
import { explain } from './explain.ts';

export interface Sentence {
  readonly title: string;
  /** What happened and what to do about it; may quote text from outside. */
  readonly sentence: (detail: ErrorDetail) => string;
}

const explained =
  (otherwise: string): Sentence['sentence'] =>
  ({ reason }) =>
    reason === undefined ? otherwise : explain(reason);

/** Each code's words, in one place. */
export const sentences: Readonly<Record<ErrorCode, Sentence>> = {
  'key-wrong': {
    title: 'PingPlotter refused the key',
    sentence: () =>
      'PingPlotter does not accept the API key that this bot uses. Whoever runs the bot has to set a valid one.',
  },
  'permission-missing': {
    title: 'The key may not do this',
    sentence: ({ permission, reads }) =>
      permission === undefined
        ? `The PingPlotter key ${reads === undefined ? 'lacks the permission for this' : `may not read ${reads}`}: whoever manages API access in PingPlotter Cloud can give it.`
        : `The PingPlotter key lacks ${permission}: whoever manages API access in PingPlotter Cloud can give it.`,
  },
  'not-found': {
    title: 'Not found',
    sentence: explained(
      'PingPlotter does not know it, or no longer does: it may have been deleted. Look at the list again.',
    ),
  },
  rejected: {
    title: 'PingPlotter refused this',
    sentence: explained(
      'PingPlotter refused this, so nothing has changed. Look at the current state first.',
    ),
  },
  'rate-limited': {
    title: 'Too many requests',
    sentence: ({ retryAfterMs }) =>
      `PingPlotter asks for a pause. Try again in ${retryAfterMs === undefined ? 'a minute' : wait(retryAfterMs)}.`,
  },
  unavailable: {
    title: 'PingPlotter has trouble',
    sentence: () => 'PingPlotter Cloud cannot answer just now. Try again in a minute.',
  },
  timeout: {
    title: 'No answer in time',
    sentence: () => 'PingPlotter Cloud took too long to answer. Try again in a minute.',
  },
  unreachable: {
    title: 'PingPlotter cannot be reached',
    sentence: ({ proxy }) =>
      proxy === true
        ? 'The proxy on the way to PingPlotter Cloud refuses the connection or does not answer. Whoever runs the bot has to look at it.'
        : 'There is no connection to PingPlotter Cloud. Try again in a minute; if it stays so, tell whoever runs the bot.',
  },
  'bad-answer': {
    title: 'PingPlotter’s answer cannot be read',
    sentence: () =>
      'PingPlotter answered in a form that cannot be read. Try again; if it stays so, tell whoever runs the bot.',
  },
  'not-confirmed': {
    title: 'Not known whether it worked',
    sentence: explained(
      'PingPlotter did not confirm the change, yet it may have taken effect. Look at the current state before you repeat it.',
    ),
  },
  'bad-input': {
    title: 'That does not work',
    sentence: explained('What was typed cannot be used. The command help shows how it goes.'),
  },
  'not-allowed': {
    title: 'Not allowed',
    sentence: explained('Your role does not allow this: an admin of the bot can change that.'),
  },
  'store-down': {
    title: 'The bot’s database is unavailable',
    sentence: () =>
      'The bot cannot reach its own database just now, so this was not done. Agents can still be listed; if it stays so, tell whoever runs the bot.',
  },
  'roster-unreadable': {
    title: 'Your role cannot be checked',
    sentence: () =>
      'Teams does not tell whether you are a guest here, so the bot only reads for now. Try again in a minute.',
  },
  expired: {
    title: 'This is no longer valid',
    sentence: explained(
      'The card is too old, was used already, or belongs to somebody else. Start again.',
    ),
  },
  changed: {
    title: 'It has changed meanwhile',
    sentence: explained(
      'It is no longer as the card showed it, so nothing was done. Look at it again.',
    ),
  },
  busy: {
    title: 'One moment',
    sentence: explained('The same thing is being done right now. Look at the result in a moment.'),
  },
  internal: {
    title: 'Something went wrong',
    sentence: explained(
      'The bot made a mistake. Try again; if it stays so, tell whoever runs the bot.',
    ),
  },
};

/** Rounded up: trying a second too early fails again. */
const wait = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return age((seconds < 60 ? seconds : Math.ceil(seconds / 60) * 60) * 1000);
};
