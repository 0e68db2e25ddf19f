import type { Leases } from '../../platform/store.ts';
import { defineCollection } from '../define-collection.ts';

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

export const leases = defineCollection({
  name: 'leases',
  key: ['name'],
  // A lease belongs to a running process.
  backUp: false,
  open: (db): Leases => ({
    acquire: async (name, holder, now, forMs) => {
      const taken = await db
        .insertInto('leases')
        .values({ name, holder, expiresAt: now + forMs })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, expiresAt: now + forMs })
            .where((eb) =>
              eb.or([eb('leases.holder', '=', holder), eb('leases.expiresAt', '<=', now)]),
            ),
        )
        .returning('leases.name')
        .executeTakeFirst();
      return taken !== undefined;
    },
    renew: async (name, holder, now, forMs) => {
      const { numUpdatedRows } = await db
        .updateTable('leases')
        .set({ expiresAt: now + forMs })
        .where((eb) => eb.and({ name, holder }))
        .where('expiresAt', '>', now)
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
