import type { SessionId } from './agent.ts';
import { bySession } from './quality-time.ts';
import type { Sample } from './stores.ts';

const hourMs = 60 * 60_000;

/** How a session's score went. */
export interface Trend {
  readonly session: SessionId;
  readonly name: string;
  /** One for each hour that was measured, oldest first: its lowest score, so that no dip gets lost. */
  readonly points: readonly {
    /** ms since 1970 */
    readonly at: number;
    /** 0–100 */
    readonly score: number;
  }[];
}

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
