import type { Reader } from '../../../platform/messenger.ts';
import { plainName } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { ChangeResult } from '../domain/change.ts';

/** `Paused crm · by Alex Wilber at 11:20`; plain text. */
export const changeLine = (
  done: ChangeResult,
  reader: Pick<Reader, 'locale' | 'timeZone' | 'now'>,
): string => dots([changeText(done), `by ${plainName(done.by)} at ${clock(done.at, reader)}`]);

const changeText = (done: ChangeResult): string => {
  switch (done.what) {
    case 'paused':
      return `Paused ${targets(done)}`;
    case 'resumed':
      return `Resumed ${targets(done)}`;
    case 'renamed':
      return `Renamed ${plainName(done.before, 60)} → ${plainName(done.after, 60)}`;
    case 'reconnected':
      return 'Reconnect asked for';
    case 'taken-back':
      return { rename: 'Rename', pause: 'Pause', resume: 'Resume' }[done.of].concat(' taken back');
    default:
      return done satisfies never;
  }
};

const named = 3;

const targets = ({
  sessions,
  all,
}: {
  readonly sessions: readonly string[];
  readonly all: boolean;
}): string => {
  if (sessions.length === 0) return all ? 'all targets' : 'no target';
  if (all && sessions.length > 1) return `all ${sessions.length} targets`;
  const names = sessions.slice(0, named).map((name) => plainName(name, 40));
  const rest = sessions.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${counted(rest, 'more target')}` : names.join(', ');
};
