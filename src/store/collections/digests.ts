import { z } from 'zod';
import { fleetDocuments } from '../../features/digest/domain/baseline.ts';
import type { Digests } from '../../features/digest/store.ts';
import { optional } from '../../shared/optional.ts';
import { defineCollection } from '../define-collection.ts';
import {
  ActorColumn,
  conversationColumns,
  json,
  keyOf,
  readIfAny,
  readRows,
  toJson,
  toJsonIfAny,
} from '../sql/rows.ts';
import type { ConversationColumns, Db, Json } from '../sql/tables.ts';

interface DigestTable extends ConversationColumns {
  schedule: Json;
  dueAt: number;
  by: Json;
  told: Json | null;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly digests: DigestTable;
  }
}

const Row = z
  .object({
    ...conversationColumns,
    schedule: json(z.unknown()),
    dueAt: z.number(),
    by: ActorColumn,
    told: json(z.unknown()).exactOptional(),
  })
  .transform(({ told, ...row }) => ({ ...row, ...optional('baseline', told) }));

/** A fleet is written down before the digests that name it. */
const youngMs = 60 * 60_000;

/** Deletes the fleets that no digest names any more. */
const forgetFleets = async (db: Db, before: number): Promise<void> => {
  const fleets = await db
    .selectFrom('documents')
    .select(['account', 'name'])
    .where('name', 'like', `${fleetDocuments}%`)
    .execute();
  for (const { account, name } of fleets) {
    const at = Number(name.slice(fleetDocuments.length));
    if (!(at < before)) continue;
    await db
      .deleteFrom('documents')
      .where((eb) => eb.and({ account, name }))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('digests')
              .select('digests.account')
              .where('digests.account', '=', account)
              .where('told', 'like', `%At":${at}%`),
          ),
        ),
      )
      .execute();
  }
};

export const digests = defineCollection({
  name: 'digests',
  key: ['account', 'conversationKey'],
  backUp: true,
  prune: (db, { now }) => forgetFleets(db, now - youngMs),
  open: (db, { setAside }): Digests => ({
    set: async (digest) => {
      const terms = {
        schedule: toJson(digest.schedule),
        dueAt: digest.dueAt,
        by: toJson(digest.by),
        told: toJsonIfAny(digest.baseline),
      };
      await db
        .insertInto('digests')
        .values({ ...keyOf(digest), ...terms })
        .onConflict((conflict) =>
          conflict.columns(['account', 'conversationKey']).doUpdateSet(terms),
        )
        .execute();
    },
    find: async (conversation) =>
      readIfAny(
        Row,
        await db
          .selectFrom('digests')
          .selectAll()
          .where((eb) => eb.and(keyOf(conversation)))
          .executeTakeFirst(),
        setAside,
      ),
    remove: async (conversation) => {
      const { numDeletedRows } = await db
        .deleteFrom('digests')
        .where((eb) => eb.and(keyOf(conversation)))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    due: async (now) =>
      readRows(
        Row,
        await db
          .selectFrom('digests')
          .selectAll()
          .where('dueAt', '<=', now)
          .orderBy('dueAt')
          .execute(),
        setAside,
      ),
    claim: async (digest, next) => {
      const { numUpdatedRows } = await db
        .updateTable('digests')
        .set({ dueAt: next.dueAt, told: toJsonIfAny(next.baseline) })
        .where((eb) => eb.and({ ...keyOf(digest), dueAt: digest.dueAt }))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  }),
});
