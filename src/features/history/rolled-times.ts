import type { TracePeriod } from '../../platform/trace.ts';
import type { InTheMaking } from '../../shared/in-the-making.ts';
import type { QualityTime } from './domain/quality-time.ts';
import { hourMs, samplesMs } from './domain/rolled-hour.ts';
import type { RollUps } from './store.ts';

const minuteMs = 60_000;

/** Where the samples of a fleet begin: what was before is known by the hour. */
export const samplesSince = (now: number): number => Math.ceil((now - samplesMs) / hourMs) * hourMs;

export type RolledTime = Pick<
  QualityTime,
  'agent' | 'session' | 'poorMs' | 'fairMs' | 'measuredMs'
>;

interface RolledTimes {
  readonly times: ReadonlyMap<string, RolledTime>;
  /** The first hour that anything is known of, ms since 1970. */
  readonly since?: number;
}

/** The time of each session by quality, from roll-ups, in one pass for all agents. */
export const rolledTimes = async (
  { rollUps }: { readonly rollUps: Pick<RollUps, 'visit'> },
  account: string,
  period: TracePeriod,
): Promise<RolledTimes> => {
  const times = new Map<string, InTheMaking<RolledTime>>();
  let since = Number.POSITIVE_INFINITY;
  if (period.from < period.until)
    await rollUps.visit(account, period, ({ agentId, sessionId }, { at, good, fair, poor }) => {
      since = Math.min(since, at);
      const known = times.get(sessionId);
      const nothing = { poorMs: 0, fairMs: 0, measuredMs: 0 };
      const time = known ?? { agent: agentId, session: sessionId, ...nothing };
      if (known === undefined) times.set(sessionId, time);
      time.poorMs += poor * minuteMs;
      time.fairMs += fair * minuteMs;
      time.measuredMs += (good + fair + poor) * minuteMs;
    });
  return { times, ...(Number.isFinite(since) ? { since } : {}) };
};
