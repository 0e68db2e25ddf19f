import { requireFilterAlone } from '../../chat/command-line.ts';
import {
  durationMeant,
  spanMeant,
  splitSpan,
  splitTiming,
  type TypedAt,
} from '../../chat/typed-time.ts';
import { cannotRead } from '../../platform/errors.ts';
import { isAll, unquoted } from '../../shared/text.ts';

export interface TypedMute {
  /** What was typed for the agent; absent = all. */
  readonly agent?: string;
  readonly ms: number;
}

/** What stands after `mute`: `<agent | all> for <duration>`. Throws 'bad-input'. */
export const parseMute = (typed: string): TypedMute => {
  const { rest, timing } = splitTiming(typed);
  if (timing?.kind !== 'for' || rest === '')
    throw cannotRead(
      typed,
      'Say whom and how long, like "mute lax-12 for 1h" or "mute all for 30m".',
    );
  const ms = durationMeant(timing.text);
  return isAll(rest) ? { ms } : { agent: unquoted(rest), ms };
};

export interface TypedMaintenance {
  /** Empty = every agent. */
  readonly filter: string;
  /** ms since 1970 */
  readonly from: number;
  readonly until: number;
}

/** What stands after `maintenance`: `<filter> from <time> to <time>`. Throws 'bad-input'. */
export const parseMaintenance = (typed: string, at: TypedAt): TypedMaintenance => {
  const span = splitSpan(typed);
  if (span === undefined || span.rest === '')
    throw cannotRead(
      typed,
      'Say what and when, like "maintenance field.Site:Boise from 22:00 to 23:30", "maintenance all from now to 18:00" or "maintenance lax-12 from sat 20:00 to sun 06:00".',
    );
  requireFilterAlone(span.rest);
  return { filter: isAll(span.rest) ? '' : span.rest, ...spanMeant(span, at) };
};
