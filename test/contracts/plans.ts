import { CompiledQuery } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { currentAlerts } from '../../src/store/collections/alerts-current.ts';
import { nextDue } from '../../src/store/collections/outbox/outbox.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import type { Db } from '../../src/store/sql/tables.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { ops } from './store-bed.ts';

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

/** How an engine says what it would do for a query. */
interface Planner {
  readonly newUrl: () => Promise<string>;
  readonly explain: string;
  /** Asked once the tables are full. */
  readonly prepare: string;
}

export const plansContract = (name: string, { newUrl, explain, prepare }: Planner): void => {
  it(`E: what is asked all the time reads nothing that has ended, ${name}`, async () => {
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
  });
};
