import { OwnChange } from '../../features/changes/domain/own-change.ts';
import type { OwnChanges } from '../../features/changes/store.ts';
import { optional } from '../../shared/optional.ts';
import { defineCollection } from '../define-collection.ts';

interface OwnChangeTable {
  account: string;
  agent: string;
  /** Empty = all sessions of the agent. */
  session: string;
  kind: string;
  at: number;
  until: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly ownChanges: OwnChangeTable;
  }
}

/** Clocks of two machines differ a little; what is further ahead was written before a clock was set back. */
const mostAheadMs = 60_000;

export const ownChanges = defineCollection({
  name: 'ownChanges',
  key: ['account', 'agent', 'session', 'kind'],
  // They last for minutes.
  backUp: false,
  prune: (db, { now }) => db.deleteFrom('ownChanges').where('until', '<', now).execute(),
  open: (db, { clock }): OwnChanges => ({
    add: async (account, { agent, session = '', kind, until }) => {
      const at = clock.now();
      await db
        .insertInto('ownChanges')
        .values({ account, agent, session, kind, at, until })
        .onConflict((conflict) =>
          conflict.columns(['account', 'agent', 'session', 'kind']).doUpdateSet({ at, until }),
        )
        .execute();
    },
    current: async (account, now) => {
      const rows = await db
        .selectFrom('ownChanges')
        .select(['agent', 'session', 'kind', 'until'])
        .where('account', '=', account)
        .where('until', '>', now)
        .where('at', '<=', now + mostAheadMs)
        .execute();
      return rows.flatMap(
        ({ session, ...row }) =>
          OwnChange.safeParse({ ...row, ...optional('session', session || undefined) }).data ?? [],
      );
    },
  }),
});
