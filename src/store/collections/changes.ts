import type { Generated } from 'kysely';
import { z } from 'zod';
import type { Change } from '../../features/changes/domain/change.ts';
import type { ChangeLog } from '../../features/changes/store.ts';
import { defineCollection } from '../define-collection.ts';
import { json, readIfAny, toJson } from '../sql/rows.ts';
import type { Flag, Json } from '../sql/tables.ts';

interface ChangeTable {
  seq: Generated<number>;
  id: string;
  tenantId: string;
  conversationKey: string;
  personId: string;
  at: number;
  takenBack: Flag;
  change: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly changes: ChangeTable;
  }
}

const made = {
  id: z.string(),
  account: z.string(),
  tenantId: z.string(),
  conversationKey: z.string(),
  personId: z.string(),
  personName: z.string(),
  at: z.number(),
  agent: z.string(),
};

const ChangeRow: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.object({ ...made, kind: z.literal('rename'), before: z.string(), after: z.string() }),
  z.object({
    ...made,
    kind: z.enum(['pause', 'resume']),
    sessions: z.array(z.object({ id: z.string(), name: z.string() })),
    all: z.boolean(),
    ends: z
      .array(
        z.object({
          conversationKey: z.string(),
          sessions: z.array(z.string()),
          dueAt: z.number(),
          by: z.object({ id: z.string(), name: z.string() }),
        }),
      )
      .exactOptional(),
  }),
]);

const Row = z.object({ change: json(ChangeRow) });

const lifetimeMs = 30 * 24 * 60 * 60_000;

export const changes = defineCollection({
  name: 'changes',
  key: ['seq'],
  numbered: 'seq',
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('changes')
      .where('at', '<', now - lifetimeMs)
      .execute(),
  open: (db, { setAside }): ChangeLog => {
    const notTakenBack = db
      .selectFrom('changes')
      .select(['seq', 'change'])
      .where('takenBack', '=', 0);

    return {
      add: async (change) => {
        const { id, tenantId, conversationKey, personId, at } = change;
        await db
          .insertInto('changes')
          .values({
            id,
            tenantId,
            conversationKey,
            personId,
            at,
            takenBack: 0,
            change: toJson(change),
          })
          .execute();
      },
      find: async (id) =>
        readIfAny(Row, await notTakenBack.where('id', '=', id).executeTakeFirst(), setAside)
          ?.change,
      last: async (tenantId, conversationKey, personId) =>
        readIfAny(
          Row,
          await notTakenBack
            .where((eb) => eb.and({ tenantId, conversationKey, personId }))
            .orderBy('seq', 'desc')
            .limit(1)
            .executeTakeFirst(),
          setAside,
        )?.change,
      takeBack: async (id) => {
        const { numUpdatedRows } = await db
          .updateTable('changes')
          .set({ takenBack: 1 })
          .where((eb) => eb.and({ id, takenBack: 0 }))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      },
    };
  },
});
