import { z } from 'zod';
import { answersCountMs } from '../../features/diagnosis/domain/verdicts.ts';
import type { Verdicts } from '../../features/diagnosis/store.ts';
import { defineCollection } from '../define-collection.ts';
import { readRows } from '../sql/rows.ts';

interface VerdictTable {
  account: string;
  alertId: string;
  personId: string;
  rule: string;
  /** 1 or 0 */
  isRight: number;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly verdicts: VerdictTable;
  }
}

/** PostgreSQL counts in text. */
const Row = z.object({
  account: z.string(),
  rule: z.string(),
  right: z.coerce.number(),
  answers: z.coerce.number(),
});

const key = ['account', 'alertId', 'personId'] as const;

export const verdicts = defineCollection({
  name: 'verdicts',
  key,
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('verdicts')
      .where('at', '<', now - answersCountMs)
      .execute(),
  open: (db, { setAside }): Verdicts => ({
    give: async ({ isRight, rule, at, ...one }) => {
      const said = { rule, isRight: isRight ? 1 : 0, at };
      await db
        .insertInto('verdicts')
        .values({ ...one, ...said })
        .onConflict((conflict) => conflict.columns(key).doUpdateSet(said))
        .execute();
    },
    answers: async (account, since) => {
      const rows = await db
        .selectFrom('verdicts')
        .select(({ fn }) => [
          'account',
          'rule',
          fn.sum<number>('isRight').as('right'),
          fn.countAll<number>().as('answers'),
        ])
        .where('account', '=', account)
        .where('at', '>=', since)
        .groupBy(['account', 'rule'])
        .orderBy('rule')
        .execute();
      return readRows(Row, rows, setAside).map(({ account: _, ...one }) => one);
    },
  }),
});
