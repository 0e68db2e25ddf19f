import { OwnChange, ownChangeRememberedMs } from '../../features/changes/domain/own-change.ts';
import type { StoredOwnChanges } from '../../features/changes/store.ts';
import { optional } from '../../shared/optional.ts';
import { defineCollection } from '../define-collection.ts';
import { inStatements } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';

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

/** The newest of a kind takes the place of the one before it. */
const note = (db: Db, account: string, changes: readonly OwnChange[], at: number): Promise<void> =>
  inStatements(changes, (some) =>
    db
      .insertInto('ownChanges')
      .values(
        some.map(({ agent, session = '', kind, until, by = null, name = null }) => ({
          account,
          agent,
          session,
          kind,
          at,
          until,
          by,
          name,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['account', 'agent', 'session', 'kind']).doUpdateSet(({ ref }) => ({
          at: ref('excluded.at'),
          until: ref('excluded.until'),
          by: ref('excluded.by'),
          name: ref('excluded.name'),
        })),
      )
      .execute(),
  );

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
  open: (db, { clock }): StoredOwnChanges => ({
    add: (account, ownChange) => note(db, account, [ownChange], clock.now()),
    addAll: (account, changes) => note(db, account, changes, clock.now()),
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
