import type { QualityWord } from '../../../platform/agent.ts';
import { shownReading } from '../../fleet/domain/quality.ts';
import type { SessionView } from '../../fleet/domain/session-view.ts';
import type { BadSince } from '../../fleet/ports.ts';
import type { Sample } from '../store.ts';
import { bySession } from './quality-time.ts';

/** After a longer time without a sample nobody knows how it was. */
const longestGapMs = 30 * 60_000;

const badness: Readonly<Record<QualityWord, number>> = { good: 0, unknown: 0, fair: 1, poor: 2 };

/**
 * When the sessions that are worst now began to be as bad as they are, by `samples`, oldest first. Nothing while none is
 * bad, or where the samples do not reach until now.
 */
export const badSince = (
  sessions: readonly SessionView[],
  samples: readonly Sample[],
  now: number,
): BadSince | undefined => {
  const measured = sessions.flatMap((session) => {
    const word = session.state === 'active' && !session.stale && shownReading(session)?.word;
    return word ? [{ id: session.id, bad: badness[word] }] : [];
  });
  const worst = Math.max(0, ...measured.map(({ bad }) => bad));
  if (worst === 0) return undefined;
  const ids = new Set(measured.filter(({ bad }) => bad === worst).map(({ id }) => id));
  return [...bySession(samples).values()]
    .filter(([{ sessionId }]) => ids.has(sessionId))
    .flatMap((ofSession) => runUntil(now, ofSession, worst) ?? [])
    .toSorted((a, b) => a.at - b.at)[0];
};

/** The run of samples that are at least so bad, up to now. */
const runUntil = (now: number, samples: readonly Sample[], worst: number): BadSince | undefined => {
  let begun: number | undefined;
  for (const { at, word } of samples.toReversed()) {
    const isGap = (begun ?? now) - at > longestGapMs;
    if (isGap || badness[word] < worst)
      return begun === undefined ? undefined : { at: begun, orBefore: isGap };
    begun = at;
  }
  return begun === undefined ? undefined : { at: begun, orBefore: true };
};
