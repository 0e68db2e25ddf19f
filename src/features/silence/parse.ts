import { requireFilterAlone } from '../../chat/command-line.ts';
import {
  requireEnd,
  requireSpan,
  splitSpan,
  splitTiming,
  type TypedAt,
} from '../../chat/typed-time.ts';
import { refusal } from '../../platform/errors.ts';
import { isAll, unquoted } from '../../shared/text.ts';

export interface TypedMute {
  /** As typed. Absent = all agents. */
  readonly agent?: string;
  readonly ms: number;
  /** The duration or the time, as typed. */
  readonly span: string;
}

/** Reads `<agent | all> for <duration>` or `… until <time>`. Throws 'bad-input'. */
export const parseMute = (typed: string, at: TypedAt): TypedMute => {
  const { rest, timing } = splitTiming(typed);
  if (timing === undefined || rest === '') throw refusal('bad-input', 'mute.unclear', { typed });
  const ends = { ms: requireEnd(timing, at) - at.now, span: timing.text };
  return isAll(rest) ? ends : { agent: unquoted(rest), ...ends };
};

export interface TypedMaintenance {
  /** Empty = every agent. */
  readonly filter: string;
  /** ms since 1970 */
  readonly from: number;
  readonly until: number;
}

/** Reads `<filter> from <time> to <time>`. Throws 'bad-input'. */
export const parseMaintenance = (typed: string, at: TypedAt): TypedMaintenance => {
  const span = splitSpan(typed);
  if (span === undefined || span.rest === '')
    throw refusal('bad-input', 'maintenance.unclear', { typed });
  requireFilterAlone(span.rest);
  return { filter: isAll(span.rest) ? '' : span.rest, ...requireSpan(span, at) };
};
