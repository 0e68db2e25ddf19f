import { OwnChange, ownChangeRememberedMs } from '../../features/changes/domain/own-change.ts';
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
  by: string | null;
  /** The new name of an agent that was renamed. */
  name: string | null;
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
  // They last for minutes, and are remembered for hours.
  backUp: false,
  prune: (db, { now }) =>
    db
      .deleteFrom('ownChanges')
      .where('until', '<', now - ownChangeRememberedMs)
      .execute(),
  open: (db, { clock }): OwnChanges => ({
    add: async (account, { agent, session = '', kind, until, ...rest }) => {
      const at = clock.now();
      const by = rest.by ?? null;
      const name = rest.name ?? null;
      await db
        .insertInto('ownChanges')
        .values({ account, agent, session, kind, at, until, by, name })
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'agent', 'session', 'kind'])
            .doUpdateSet({ at, until, by, name }),
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
    recent: async (account, now) => {
      const rows = await db
        .selectFrom('ownChanges')
        .select(['agent', 'session', 'kind', 'at', 'until', 'by', 'name'])
        .where('account', '=', account)
        .where('at', '>', now - ownChangeRememberedMs)
        .where('at', '<=', now + mostAheadMs)
        .execute();
      return rows.flatMap(
        ({ session, by, name, ...row }) =>
          OwnChange.safeParse({
            ...row,
            ...optional('session', session || undefined),
            ...optional('by', by ?? undefined),
            ...optional('name', name ?? undefined),
          }).data ?? [],
      );
    },
  }),
});
