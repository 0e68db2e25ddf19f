import { z } from 'zod';
import { roles } from '../core/role.ts';
import type { Grants } from '../core/stores.ts';
import { ActorColumn, readIfAny, readRows, toJson } from './rows.ts';
import type { Db } from './tables.ts';

const Row = z.object({
  tenantId: z.string(),
  personId: z.string(),
  personName: z.string(),
  role: z.enum(roles),
  by: ActorColumn,
  at: z.number(),
});

export const createGrants = (db: Db): Grants => ({
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
  find: async (account, tenantId, personId) =>
    readIfAny(
      Row,
      await db
        .selectFrom('grants')
        .selectAll()
        .where((eb) => eb.and({ account, tenantId, personId }))
        .executeTakeFirst(),
    ),
  list: async (account, tenantId) =>
    readRows(
      Row,
      await db
        .selectFrom('grants')
        .selectAll()
        .where((eb) => eb.and({ account, tenantId }))
        .orderBy('personName')
        .orderBy('personId')
        .execute(),
    ),
});
