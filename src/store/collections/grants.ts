import { z } from 'zod';
import type { Grant, Grants } from '../../features/access/store.ts';
import { roles } from '../../shared/role.ts';
import { defineCollection } from '../define-collection.ts';
import { ActorColumn, readIfAny, readRows, type SetAside, toJson } from '../sql/rows.ts';
import type { Json } from '../sql/tables.ts';

interface GrantTable {
  account: string;
  tenantId: string;
  personId: string;
  personName: string;
  role: string;
  by: Json;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly grants: GrantTable;
  }
}

const Row = z.object({
  tenantId: z.string(),
  personId: z.string(),
  personName: z.string(),
  role: z.enum(roles),
  by: ActorColumn,
  at: z.number(),
});

/** A grant that cannot be read gives no role at all: the default role may allow more than the grant did. */
const Whose = z.object({ tenantId: z.string(), personId: z.string() });
const unreadable = { personName: '', role: 'none', by: { id: '', name: '' }, at: 0 } as const;

const readGrant = (row: object, setAside: SetAside): Grant | undefined => {
  const read = readIfAny(Row, row, setAside);
  if (read !== undefined) return read;
  const whose = Whose.safeParse(row).data;
  return whose && { ...whose, ...unreadable };
};

export const grants = defineCollection({
  name: 'grants',
  key: ['account', 'tenantId', 'personId'],
  backUp: true,
  open: (db, { setAside }): Grants => ({
    set: async (account, { tenantId, personId, personName, role, by, at }) => {
      const terms = { personName, role, by: toJson(by), at };
      await db
        .insertInto('grants')
        .values({ account, tenantId, personId, ...terms })
        .onConflict((conflict) =>
          conflict.columns(['account', 'tenantId', 'personId']).doUpdateSet(terms),
        )
        .execute();
    },
    remove: async (account, tenantId, personId) => {
      const { numDeletedRows } = await db
        .deleteFrom('grants')
        .where((eb) => eb.and({ account, tenantId, personId }))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    all: async (account) => {
      const rows = await db
        .selectFrom('grants')
        .selectAll()
        .where('account', '=', account)
        .orderBy('tenantId')
        .orderBy('personId')
        .execute();
      // One that cannot be read is not written down as another role.
      return readRows(Row, rows, setAside);
    },
    list: async (account, tenantId) => {
      const rows = await db
        .selectFrom('grants')
        .selectAll()
        .where((eb) => eb.and({ account, tenantId }))
        .orderBy('personName')
        .orderBy('personId')
        .execute();
      return rows.flatMap((row) => readGrant(row, setAside) ?? []);
    },
  }),
});
