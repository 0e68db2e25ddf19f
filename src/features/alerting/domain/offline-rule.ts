import type { LastSeen } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { staleAfterMs } from '../../fleet/domain/quality.ts';
import {
  type AlertState,
  advance,
  firstSeen,
  isCalm,
  type Observation,
  type Step,
  setBackWithClock,
} from './alert-state.ts';

export interface OfflineRule {
  readonly afterMs?: number;
  readonly pollSeconds: number;
}

export interface Presence {
  readonly online: boolean;
  readonly lastSeen?: LastSeen | undefined;
  /** An own change explains that it is offline now. */
  readonly expected?: boolean;
}

/**
 * Applies one observation of an agent to one watch. An agent that never connected changes nothing.
 * One that was offline for long at the first poll raises no alert, and its return ends none.
 */
export const stepOffline = (
  { afterMs, pollSeconds }: OfflineRule,
  before: AlertState | undefined,
  { online, lastSeen, expected }: Presence,
  now: number,
): Step => {
  if (!online && (expected || lastSeen === 'never')) return { state: before };
  const seen: Observation = {
    at: now,
    verdict: online ? 'good' : 'bad',
    shown: { word: online ? 'online' : 'offline' },
    ...optional(
      'beganAt',
      online || typeof lastSeen !== 'number' ? undefined : Math.min(lastSeen, now),
    ),
  };
  const patienceMs = staleAfterMs(pollSeconds);
  const state = before && setBackWithClock(before, now, patienceMs);
  if (state === undefined) {
    const longOffline = !online && typeof lastSeen === 'number' && now - lastSeen > patienceMs;
    return { state: firstSeen(seen, { longBad: longOffline }) };
  }
  if (isTooEarly(pollSeconds, state, now)) return { state };
  return advance({ ...optional('afterMs', afterMs), coldAfterMs: patienceMs }, state, seen);
};

/** True if stepOffline would only move the time of a calm state on. */
export const isStillOnline = (
  { pollSeconds }: OfflineRule,
  state: AlertState,
  { online }: Presence,
  now: number,
): boolean =>
  online && !isTooEarly(pollSeconds, state, now) && isCalm(state, now, staleAfterMs(pollSeconds));

/**
 * A targeted poll comes early, after a webhook. It must not count as a second observation in a row.
 */
const isTooEarly = (pollSeconds: number, { at }: AlertState, now: number): boolean =>
  now - at < (pollSeconds * 1000) / 2;
