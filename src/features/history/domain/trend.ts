import type { SessionId } from '../../../platform/agent.ts';
import type { Trend } from '../../fleet/ports.ts';
import type { Sample } from '../store.ts';
import { bySession } from './quality-time.ts';

const hourMs = 60 * 60_000;

/** In the order of the sessions; `samples` oldest first. */
export const trendsOf = (
  sessions: readonly { readonly id: SessionId; readonly name: string }[],
  samples: readonly Sample[],
): readonly Trend[] => {
  const measured = new Map(
    [...bySession(samples).values()].map((ofSession) => [ofSession[0].sessionId, ofSession]),
  );
  return sessions.flatMap(({ id, name }) => {
    const points = hourly(measured.get(id) ?? []);
    return points.length === 0 ? [] : [{ session: id, name, points }];
  });
};

const hourly = (samples: readonly Sample[]): Trend['points'] => {
  const hours = new Map<number, number>();
  for (const { at, score } of samples) {
    if (score === undefined) continue;
    const hour = Math.floor(at / hourMs) * hourMs;
    hours.set(hour, Math.min(score, hours.get(hour) ?? score));
  }
  return [...hours].map(([at, score]) => ({ at, score }));
};
