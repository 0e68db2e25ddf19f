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
} from './alert-state.ts';

export interface OfflineRule {
  readonly afterMs?: number;
  readonly pollSeconds: number;
}

/** One agent at one poll. */
export interface Presence {
  readonly online: boolean;
  readonly lastSeen?: LastSeen | undefined;
  /** The bot's own doing explains that it is offline now. */
  readonly expected?: boolean;
}

/**
 * One look at one agent for one watch. An agent that never connected teaches nothing; one that was
 * offline for long when first seen is no news, but its return is.
 */
export const stepOffline = (
  { afterMs, pollSeconds }: OfflineRule,
  state: AlertState | undefined,
  { online, lastSeen, expected }: Presence,
  now: number,
): Step => {
  if (!online && (expected || lastSeen === 'never')) return { state };
  const seen: Observation = {
    at: now,
    verdict: online ? 'good' : 'bad',
    shown: { word: online ? 'online' : 'offline' },
    worse: false,
  };
  const patienceMs = staleAfterMs(pollSeconds);
  if (state === undefined) {
    const longOffline = !online && typeof lastSeen === 'number' && now - lastSeen > patienceMs;
    return { state: longOffline ? firstSeen(seen, lastSeen) : firstSeen(seen) };
  }
  if (isTooEarly(pollSeconds, state, now)) return { state };
  return advance({ ...optional('afterMs', afterMs), coldAfterMs: patienceMs }, state, seen);
};

/** Whether the step would only move the clock of a calm state on. */
export const isStillOnline = (
  { pollSeconds }: OfflineRule,
  state: AlertState,
  { online }: Presence,
  now: number,
): boolean =>
  online && !isTooEarly(pollSeconds, state, now) && isCalm(state, now, staleAfterMs(pollSeconds));

/** A targeted poll that a webhook asked for is not a second poll. */
const isTooEarly = (pollSeconds: number, { at }: AlertState, now: number): boolean =>
  now - at < (pollSeconds * 1000) / 2;
