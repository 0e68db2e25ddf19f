import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { currentAlerts } from '../../src/store/collections/alerts-current.ts';
import { nextDue } from '../../src/store/collections/outbox/outbox.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import type { Db } from '../../src/store/sql/tables.ts';
import { ops } from '../contracts/store-bed.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from './a-database.ts';
import type { Postgres } from './postgres.ts';
import { sharedPostgres } from './shared-postgres.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
}, 120_000);
afterAll(() => postgres.stop());

/** A month of what has ended, and a little that has not. */
const fill = async (db: Db): Promise<void> => {
  const many = Array.from({ length: 3000 }, (_, index) => index);
  for (let start = 0; start < many.length; start += 500) {
    const some = many.slice(start, start + 500);
    await db
      .insertInto('alerts')
      .values(
        some.map((index) => ({
          ...ops,
          id: `a-${index}`,
          number: index,
          watchId: 'w',
          agentId: 'a',
          sessionId: '',
          openedAt: index,
          closedAt: index < 2990 ? index : null,
          detail: '{}',
        })),
      )
      .execute();
    await db
      .insertInto('outbox')
      .values(
        some.map((index) => ({
          ...ops,
          card: `a-${index}`,
          kind: 'post',
          payload: '{}',
          state: index < 2990 ? 'done' : 'queued',
          attempts: 0,
          dueAt: index,
          inDoubt: 0,
          endedAt: index < 2990 ? index : null,
        })),
      )
      .execute();
  }
};

interface Explainable {
  compile(): CompiledQuery;
}

const engines = {
  SQLite: { newUrl: aDatabase, explain: 'explain query plan', prepare: 'select 1' },
  PostgreSQL: { newUrl: () => postgres.newDatabase(), explain: 'explain', prepare: 'analyze' },
};

it.each(['SQLite', 'PostgreSQL'] as const)(
  'E: what is asked all the time reads nothing that has ended, %s',
  async (engine) => {
    const { newUrl, explain, prepare } = engines[engine];
    const { db, close } = await connectUpToDate({ url: await newUrl(), log: silentLog });
    onTestFinished(close);
    await fill(db);
    await db.executeQuery(CompiledQuery.raw(prepare));
    const planOf = async (query: Explainable): Promise<string> => {
      const { sql, parameters } = query.compile();
      const { rows } = await db.executeQuery(
        CompiledQuery.raw(`${explain} ${sql}`, [...parameters]),
      );
      return JSON.stringify(rows);
    };
    expect(await planOf(nextDue(db))).toContain('outbox_waiting');
    expect(await planOf(currentAlerts(db, 'default'))).toContain('alerts_closed');
    expect(await nextDue(db).executeTakeFirst()).toEqual({ dueAt: 2990 });
    expect(await currentAlerts(db, 'default').execute()).toHaveLength(10);
  },
);
