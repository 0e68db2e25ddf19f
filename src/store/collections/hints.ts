import { randomUUID } from 'node:crypto';
import type { Hints } from '../../platform/store.ts';
import { defineCollection } from '../define-collection.ts';

interface HintTable {
  account: string;
  agentId: string;
  mark: string;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly hints: HintTable;
  }
}

/** A poll has come long before. */
const lifetimeMs = 24 * 60 * 60_000;

export const hints = defineCollection({
  name: 'hints',
  key: ['account', 'agentId'],
  // The first poll after a restore reads all agents.
  backUp: false,
  prune: (db, { now }) =>
    db
      .deleteFrom('hints')
      .where('at', '<', now - lifetimeMs)
      .execute(),
  open: (db, { clock }): Hints => ({
    add: async (account, agents) => {
      if (agents.length === 0) return;
      const at = clock.now();
      const rows = [...new Set(agents)].map((agentId) => ({
        account,
        agentId,
        mark: randomUUID(),
        at,
      }));
      await db
        .insertInto('hints')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['account', 'agentId']).doUpdateSet((eb) => ({
            mark: eb.ref('excluded.mark'),
            at: eb.ref('excluded.at'),
          })),
        )
        .execute();
    },
    waiting: (account, most) =>
      db
        .selectFrom('hints')
        .select(['agentId', 'mark'])
        .where('account', '=', account)
        .orderBy('at')
        .limit(most)
        .execute(),
    done: async (account, known) => {
      if (known.length === 0) return;
      await db
        .deleteFrom('hints')
        .where('account', '=', account)
        .where(
          'mark',
          'in',
          known.map(({ mark }) => mark),
        )
        .execute();
    },
  }),
});
