import { type ExpressionBuilder, type Generated, sql } from 'kysely';
import { z } from 'zod';
import type { Conversation, Installations } from '../../platform/conversation.ts';
import { defineCollection } from '../define-collection.ts';
import { conversationColumns, keyOf, readIfAny, readRows } from '../sql/rows.ts';
import type { ConversationColumns, Tables } from '../sql/tables.ts';

interface InstallationTable extends ConversationColumns {
  tenantId: string;
  serviceUrl: string;
  kind: string;
  botId: string;
  botName: string | null;
  channelId: string;
  label: string | null;
  personId: string | null;
  timeZone: string | null;
  locale: string | null;
  state: string;
  deadReason: string | null;
  lastError: string | null;
  sent: Generated<number>;
  failed: Generated<number>;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly installations: InstallationTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  tenantId: z.string(),
  serviceUrl: z.string(),
  kind: z.enum(['personal', 'group', 'channel']),
  botId: z.string(),
  botName: z.string().exactOptional(),
  channelId: z.string(),
  label: z.string().exactOptional(),
  personId: z.string().exactOptional(),
  timeZone: z.string().exactOptional(),
  locale: z.string().exactOptional(),
  state: z.enum(['alive', 'dead']),
  deadReason: z.string().exactOptional(),
  lastError: z.string().exactOptional(),
  sent: z.number(),
  failed: z.number(),
});

const addressColumns = ['tenantId', 'serviceUrl', 'kind', 'botId', 'channelId'] as const;
/** An activity may leave these out; the stored value stays then. */
const optionalColumns = ['botName', 'label', 'personId', 'timeZone', 'locale'] as const;

const isNews = (
  eb: ExpressionBuilder<
    Tables & { excluded: Tables['installations'] },
    'installations' | 'excluded'
  >,
) =>
  eb.or([
    eb('installations.state', '<>', 'alive'),
    ...addressColumns.map((column) =>
      eb(`installations.${column}`, '<>', eb.ref(`excluded.${column}`)),
    ),
    ...optionalColumns.map((column) =>
      eb.and([
        eb(`excluded.${column}`, 'is not', null),
        eb(`installations.${column}`, 'is distinct from', eb.ref(`excluded.${column}`)),
      ]),
    ),
  ]);

export const installations = defineCollection({
  name: 'installations',
  key: ['account', 'conversationKey'],
  backUp: true,
  open: (db, { setAside }): Installations => {
    const change = (conversation: Conversation) =>
      db.updateTable('installations').where((eb) => eb.and(keyOf(conversation)));

    return {
      refresh: async (place) => {
        await db
          .insertInto('installations')
          .values({
            ...keyOf(place),
            tenantId: place.tenantId,
            serviceUrl: place.serviceUrl,
            kind: place.kind,
            botId: place.botId,
            channelId: place.channelId,
            ...Object.fromEntries(optionalColumns.map((column) => [column, place[column] ?? null])),
            state: 'alive',
          })
          .onConflict((conflict) =>
            conflict
              .columns(['account', 'conversationKey'])
              .doUpdateSet((eb) => ({
                ...Object.fromEntries(
                  addressColumns.map((column) => [column, eb.ref(`excluded.${column}`)]),
                ),
                ...Object.fromEntries(
                  optionalColumns.map((column) => [
                    column,
                    eb.fn.coalesce(`excluded.${column}`, `installations.${column}`),
                  ]),
                ),
                state: 'alive',
                deadReason: null,
              }))
              .where(isNews),
          )
          .execute();
      },
      find: async (conversation) =>
        readIfAny(
          Row,
          await db
            .selectFrom('installations')
            .selectAll()
            .where((eb) => eb.and(keyOf(conversation)))
            .executeTakeFirst(),
          setAside,
        ),
      list: async (account) =>
        readRows(
          Row,
          await db
            .selectFrom('installations')
            .selectAll()
            .where('account', '=', account)
            .orderBy('conversationKey')
            .execute(),
          setAside,
        ),
      markDead: async (conversation, reason) => {
        await change(conversation).set({ state: 'dead', deadReason: reason }).execute();
      },
      moveTo: async (conversation, serviceUrl) => {
        await change(conversation).set({ serviceUrl }).execute();
      },
      countSent: async (conversation) => {
        await change(conversation).set({ sent: sql`sent + 1` }).execute();
      },
      countFailed: async (conversation, error) => {
        await change(conversation).set({ failed: sql`failed + 1`, lastError: error }).execute();
      },
    };
  },
});
