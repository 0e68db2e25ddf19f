import { slashSplits, splitTarget } from '../../chat/command-line.ts';
import { splitTiming, type Timing } from '../../chat/typed-time.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';

/** One way to read what stands after `pause` or `resume`. */
export interface TypedSessions {
  /** As it was typed, with its quotes. */
  readonly agent: string;
  /** Empty = begun but not named: not all of them. */
  readonly target?: string;
  readonly timing?: Timing;
}

/** As the grammar has it: `<agent> [/ <target>] [for 2h | until 08:00]`. */
/** As long as one that could be typed in a chat. */
export const longestName = 1000;

/** Throws 'bad-input' for a name that is none, or longer than any. */
export const requireName = (name: string): void => {
  if (name.trim() === '') throw refusal('bad-input', 'agent.name-missing');
  if (name.length > longestName)
    throw refusal('bad-input', 'agent.name-too-long', { most: longestName });
};

export const grammarOf = (typed: string): TypedSessions => {
  const { rest, timing } = splitTiming(typed);
  return { ...splitTarget(rest), ...optional('timing', timing) };
};

/** A name may hold a slash or a time: all ways to read it, for the one that is somebody's whole name. */
export const readingsOf = (typed: string): readonly TypedSessions[] => {
  const { rest, timing } = splitTiming(typed);
  const timed = [{ agent: rest }, ...slashSplits(rest)].map((reading) => ({
    ...reading,
    ...optional('timing', timing),
  }));
  return timing === undefined ? timed : [...timed, { agent: typed }, ...slashSplits(typed)];
};

/** `lax-12/crm`: the ways to read it when no agent is called so. */
export const slashReadingsOf = ({
  agent,
  target,
  timing,
}: TypedSessions): readonly TypedSessions[] =>
  target === undefined
    ? slashSplits(agent).map((split) => ({ ...split, ...optional('timing', timing) }))
    : [];
