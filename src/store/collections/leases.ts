import { sql } from 'kysely';
import type { Leases } from '../../platform/store.ts';
import { defineCollection } from '../define-collection.ts';
import { databaseTime } from '../sql/database-time.ts';

interface LeaseTable {
  name: string;
  holder: string;
  expiresAt: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly leases: LeaseTable;
  }
}

/** Also where the clocks of the database and of this machine are apart. */
const hourMs = 60 * 60_000;

export const leases = defineCollection({
  name: 'leases',
  key: ['name'],
  // A lease belongs to a running process.
  backUp: false,
  // There is one for each job, which stays, and some for each conversation that was sent to.
  prune: (db, { now }) =>
    db
      .deleteFrom('leases')
      .where('name', 'like', 'send %')
      .where('expiresAt', '<', now - hourMs)
      .execute(),
  open: (db, { engine, clock }): Leases => ({
    acquire: async (name, holder, forMs) => {
      const now = databaseTime(engine, clock.now());
      const expiresAt = sql<number>`${now} + cast(${forMs} as integer)`;
      const taken = await db
        .insertInto('leases')
        .values({ name, holder, expiresAt })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, expiresAt })
            .where((eb) =>
              eb.or([eb('leases.holder', '=', holder), eb('leases.expiresAt', '<=', now)]),
            ),
        )
        .returning('leases.name')
        .executeTakeFirst();
      return taken !== undefined;
    },
    // Also one that ran out: while its row is there, nobody else has held it meanwhile.
    renew: async (name, holder, forMs) => {
      const now = databaseTime(engine, clock.now());
      const { numUpdatedRows } = await db
        .updateTable('leases')
        .set({ expiresAt: sql<number>`${now} + cast(${forMs} as integer)` })
        .where((eb) => eb.and({ name, holder }))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    release: async (name, holder) => {
      await db
        .deleteFrom('leases')
        .where((eb) => eb.and({ name, holder }))
        .execute();
    },
  }),
});
