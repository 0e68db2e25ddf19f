import {
  minutesOf,
  type RolledHour,
  rollUpHours,
} from '../../features/history/domain/rolled-hour.ts';
import { createSessions } from '../../features/history/domain/sample-buffer.ts';
import type { RollUps, SampledSession } from '../../features/history/store.ts';
import { otherTurns } from '../../platform/slices.ts';
import { defineCollection } from '../define-collection.ts';
import type { SetAside } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';
import { rollUpPage, visitRollUps } from './roll-up-page.ts';
import { type StoredSessions, sorted } from './sample-columns.ts';
import { allShards, shardOf } from './sample-page.ts';
import { dayMs } from './sample-stages.ts';

interface RollUpTable {
  account: string;
  shard: number;
  /** UTC days since 1970. */
  day: number;
  /** Bytes as base64. */
  page: string;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly rollUps: RollUpTable;
  }
}

const lifetimeDays = 90;
/** Each has a day of about 600 sessions in a fleet of 10,000 agents: reading them takes a few milliseconds. */
const rowsAtOnce = 8;

const dayOf = (at: number): number => Math.floor(at / dayMs);

export const rollUps = defineCollection({
  name: 'rollUps',
  key: ['account', 'shard', 'day'],
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('rollUps')
      .where('day', '<', dayOf(now) - lifetimeDays)
      .execute(),
  open: (db, { setAside }): RollUps => ({
    visit: async (account, { from, until, agents }, visit) => {
      const session = createSessions();
      const wanted = (agentId: string, sessionId: string): SampledSession | undefined =>
        agents?.has(agentId) === false ? undefined : session(agentId, sessionId);
      const shards = agents === undefined ? allShards : new Set([...agents].map(shardOf));
      for (const shard of shards) {
        let last = dayOf(from) - 1;
        for (;;) {
          const rows = await db
            .selectFrom('rollUps')
            .select(['day', 'page'])
            .where('account', '=', account)
            .where('shard', '=', shard)
            .where('day', '>', last)
            .where('day', '<=', dayOf(until - 1))
            .orderBy('day')
            .limit(rowsAtOnce)
            .execute();
          for (const { day, page } of rows) {
            last = day;
            readPage({ day, page }, wanted, setAside, (whose, hour) => {
              if (from <= hour.at && hour.at < until) visit(whose, hour);
            });
            await otherTurns();
          }
          if (rows.length < rowsAtOnce) break;
        }
      }
    },
  }),
});

/** A page that cannot be read is set aside; a reader may have had its begin. */
const readPage = (
  row: Pick<RollUpTable, 'day' | 'page'>,
  wanted: Parameters<typeof visitRollUps>[2],
  setAside: SetAside,
  visit: Parameters<typeof visitRollUps>[3],
): void => {
  try {
    visitRollUps(row.page, row.day * dayMs, wanted, visit);
  } catch {
    setAside(row);
  }
};

interface RollingUp {
  readonly account: string;
  readonly shard: number;
  /**
   * Which hours take the place of those that are rolled up already: 'fuller' those that know as many minutes, 'new'
   * none, for of what is thinned they know more.
   */
  readonly hours: 'fuller' | 'new';
}

/** Rolls samples up into the hours of their days, beside what is rolled up of these days already. */
export const rollUp = async (
  db: Db,
  { account, shard, hours }: RollingUp,
  samples: StoredSessions,
): Promise<void> => {
  const days = new Map<number, Map<string, Map<string, Map<number, RolledHour>>>>();
  for (const ofAgent of samples.values())
    for (const [{ agentId, sessionId }, times] of ofAgent)
      for (const hour of rollUpHours(sorted(times)))
        hoursOf(days, dayOf(hour.at), agentId, sessionId).set(hour.at, hour);
  for (const [day, rolled] of days) {
    const stored = await db
      .selectFrom('rollUps')
      .select('page')
      .where('account', '=', account)
      .where('shard', '=', shard)
      .where('day', '=', day)
      .executeTakeFirst();
    const merged = merge(day, rolled, stored?.page, hours);
    const row = { account, shard, day, page: rollUpPage(day * dayMs, merged) };
    await db
      .insertInto('rollUps')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['account', 'shard', 'day']).doUpdateSet({ page: row.page }),
      )
      .execute();
  }
};

type Hours = Map<number, Readonly<RolledHour>>;

const hoursOf = (
  days: Map<number, Map<string, Map<string, Hours>>>,
  day: number,
  agentId: string,
  sessionId: string,
): Hours => {
  const agents = days.get(day) ?? new Map<string, Map<string, Hours>>();
  days.set(day, agents);
  return inAgents(agents, agentId, sessionId);
};

const inAgents = (
  agents: Map<string, Map<string, Hours>>,
  agentId: string,
  sessionId: string,
): Hours => {
  const sessions = agents.get(agentId) ?? new Map<string, Hours>();
  agents.set(agentId, sessions);
  const hours = sessions.get(sessionId) ?? new Map<number, RolledHour>();
  sessions.set(sessionId, hours);
  return hours;
};

const merge = (
  day: number,
  rolled: Map<string, Map<string, Hours>>,
  page: string | undefined,
  which: RollingUp['hours'],
) => {
  const session = (agentId: string, sessionId: string) => ({ agentId, sessionId });
  try {
    if (page !== undefined)
      visitRollUps(page, day * dayMs, session, ({ agentId, sessionId }, hour) => {
        const hours = inAgents(rolled, agentId, sessionId);
        const fresh = hours.get(hour.at);
        const isFuller = fresh !== undefined && minutesOf(fresh) >= minutesOf(hour);
        if (which === 'new' || !isFuller) hours.set(hour.at, { ...hour });
      });
  } catch {
    // What is there cannot be read: whoever reads it counts it, and the day begins here once more.
  }
  return new Map(
    [...rolled].map(([agentId, sessions]) => [
      agentId,
      new Map(
        [...sessions].map(([sessionId, hours]) => [
          sessionId,
          [...hours.values()].sort((a, b) => a.at - b.at),
        ]),
      ),
    ]),
  );
};
