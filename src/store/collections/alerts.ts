import { sql } from 'kysely';
import { z } from 'zod';
import type { AlertDraft, Alerts, StoredAlert } from '../../features/alerting/store.ts';
import type { Conversation } from '../../platform/conversation.ts';
import { otherTurns } from '../../platform/slices.ts';
import { defineCollection } from '../define-collection.ts';
import { rowInserter } from '../sql/insert-rows.ts';
import {
  ActorColumn,
  atomically,
  conversationColumns,
  grouped,
  json,
  keyOf,
  readIfAny,
  readRows,
  type SetAside,
  toJson,
  toJsonIfAny,
} from '../sql/rows.ts';
import type { ConversationColumns, Json } from '../sql/tables.ts';
import { alertCare, Notes } from './alert-care.ts';
import { noteWritten, readCurrent } from './alerts-current.ts';
import { takeNumbers } from './numbering.ts';

interface AlertTable extends ConversationColumns {
  id: string;
  number: number;
  watchId: string;
  agentId: string;
  sessionId: string;
  groupId: string | null;
  openedAt: number;
  closedAt: number | null;
  ackedBy: Json | null;
  ackedAt: number | null;
  ackUntil: number | null;
  assignedTo: Json | null;
  notes: Json | null;
  detail: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly alerts: AlertTable;
  }
}

const Row = z.object({
  ...conversationColumns,
  id: z.string(),
  number: z.number(),
  watchId: z.string(),
  agentId: z.string(),
  sessionId: z.string(),
  groupId: z.string().exactOptional(),
  openedAt: z.number(),
  closedAt: z.number().exactOptional(),
  ackedBy: ActorColumn.exactOptional(),
  ackedAt: z.number().exactOptional(),
  ackUntil: z.number().exactOptional(),
  assignedTo: ActorColumn.exactOptional(),
  notes: json(Notes).exactOptional(),
  detail: json(z.unknown()),
});

const read = (row: object, setAside: SetAside): StoredAlert | undefined =>
  readIfAny(Row, row, setAside);

// Named one by one: a storm makes tens of thousands, and an object that begins with a copy takes several times as long.
const toRow = (alert: StoredAlert) => ({
  account: alert.account,
  conversationKey: alert.conversationKey,
  id: alert.id,
  number: alert.number,
  watchId: alert.watchId,
  agentId: alert.agentId,
  sessionId: alert.sessionId,
  groupId: alert.groupId ?? null,
  openedAt: alert.openedAt,
  closedAt: alert.closedAt ?? null,
  ackedBy: toJsonIfAny(alert.ackedBy),
  ackedAt: alert.ackedAt ?? null,
  ackUntil: alert.ackUntil ?? null,
  assignedTo: toJsonIfAny(alert.assignedTo),
  notes: toJsonIfAny(alert.notes),
  detail: toJson(alert.detail),
});

const writtenTo = (store: object) => (alert: StoredAlert) => {
  const row = toRow(alert);
  noteWritten(store, alert, row);
  return row;
};

const columns = [
  'account',
  'conversationKey',
  'id',
  'number',
  'watchId',
  'agentId',
  'sessionId',
  'groupId',
  'openedAt',
  'closedAt',
  'ackedBy',
  'ackedAt',
  'ackUntil',
  'assignedTo',
  'notes',
  'detail',
] as const;

const insertAlerts = rowInserter({ into: 'alerts', columns });
const saveAlerts = rowInserter({
  into: 'alerts',
  columns,
  conflict: { key: ['id'], set: ['groupId', 'closedAt', 'detail'] },
});

const conversationsOf = (
  drafts: readonly AlertDraft[],
): readonly (readonly [Conversation, readonly AlertDraft[]])[] =>
  grouped(drafts, (draft) => toJson(keyOf(draft))).flatMap(([, some]) =>
    some.slice(0, 1).map((first) => [keyOf(first), some] as const),
  );

/** Counted from when the alert was closed. */
const lifetimeMs = 30 * 24 * 60 * 60_000;

/** Of a row that belongs to a card: it shows no stored alert, neither as its own card nor as that of its group. */
export const showsNoAlert = (card: 'cardMessages.card' | 'reminders.card') =>
  sql<boolean>`not exists (select ${sql.ref('alerts.id')} from ${sql.table('alerts')} where ${sql.ref('alerts.id')} = ${sql.ref(card)} or ${sql.ref('alerts.groupId')} = ${sql.ref(card)})`;

export const alerts = defineCollection({
  name: 'alerts',
  key: ['id'],
  backUp: true,
  prune: (db, { now }) =>
    db
      .deleteFrom('alerts')
      .where('closedAt', '<', now - lifetimeMs)
      .execute(),
  open: (db, { engine, store, setAside }): Alerts => ({
    open: (drafts) =>
      atomically(db, async (tx) => {
        const alerts: StoredAlert[] = [];
        // All writers lock conversations in the same order, so two of them cannot wait for each other.
        for (const [conversation, some] of conversationsOf(drafts)) {
          await otherTurns();
          const first = await takeNumbers(tx, conversation, 'alert', some.length);
          alerts.push(...some.map((draft, index) => ({ ...draft, number: first + index })));
        }
        await insertAlerts({ db: tx, engine }, alerts, writtenTo(store));
        return alerts;
      }),
    save: (alerts) =>
      atomically(db, (tx) => saveAlerts({ db: tx, engine }, alerts, writtenTo(store))),
    find: async (id) =>
      readIfAny(
        Row,
        await db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst(),
        setAside,
      ),
    byNumber: async (conversation, number) =>
      readIfAny(
        Row,
        await db
          .selectFrom('alerts')
          .selectAll()
          .where((eb) => eb.and({ ...keyOf(conversation), number }))
          .executeTakeFirst(),
        setAside,
      ),
    inGroup: async (groupId) =>
      readRows(
        Row,
        await db
          .selectFrom('alerts')
          .selectAll()
          .where('groupId', '=', groupId)
          .orderBy('openedAt')
          .orderBy('number')
          .execute(),
        setAside,
      ),
    current: (account) => readCurrent(db, account, { store, setAside }, read),
    list: async (conversation, since) =>
      readRows(
        Row,
        await db
          .selectFrom('alerts')
          .selectAll()
          .where((eb) => eb.and(keyOf(conversation)))
          .where((eb) => eb.or([eb('closedAt', 'is', null), eb('closedAt', '>=', since)]))
          .orderBy('number')
          .execute(),
        setAside,
      ),
    ...alertCare(db),
    ackEnded: async (now, limit) =>
      readRows(
        Row,
        await db
          .selectFrom('alerts')
          .selectAll()
          .where('ackUntil', '<=', now)
          .where('closedAt', 'is', null)
          .orderBy('ackUntil')
          .limit(limit)
          .execute(),
        setAside,
      ),
  }),
});
