import { z } from 'zod';
import type { Alerts } from '../../features/alerting/store.ts';
import { atomically, json, toJson } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';

const Note = z
  .object({
    by: z.string(),
    at: z.number(),
    text: z.string(),
    act: z.enum(['ack', 'unack', 'assign', 'ack-ended']).exactOptional(),
  })
  .readonly();
export const Notes = z.array(Note).readonly();

/** Of one alert. */
const mostNotes = 50;

/** What people do with an alert; polls do not touch it. */
export const alertCare = (
  db: Db,
): Pick<Alerts, 'acknowledge' | 'unacknowledge' | 'addNote' | 'assign' | 'endAcknowledgement'> => ({
  acknowledge: async (id, by, at, until) => {
    const { numUpdatedRows } = await db
      .updateTable('alerts')
      .set({ ackedBy: toJson(by), ackedAt: at, ackUntil: until ?? null })
      .where('id', '=', id)
      .where('ackedAt', 'is', null)
      .where('closedAt', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
  unacknowledge: async (id) => {
    const { numUpdatedRows } = await db
      .updateTable('alerts')
      .set({ ackedBy: null, ackedAt: null, ackUntil: null })
      .where('id', '=', id)
      .where('ackedAt', 'is not', null)
      .where('closedAt', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
  addNote: (id, note) =>
    atomically(db, async (tx) => {
      const row = await tx
        .selectFrom('alerts')
        .select('notes')
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return;
      const before = json(Notes).safeParse(row.notes ?? '[]').data ?? [];
      await tx
        .updateTable('alerts')
        .set({ notes: toJson([...before, note].slice(-mostNotes)) })
        .where('id', '=', id)
        .execute();
    }),
  assign: async (id, to) => {
    await db
      .updateTable('alerts')
      .set({ assignedTo: toJson(to) })
      .where('id', '=', id)
      .execute();
  },
  endAcknowledgement: async (id, now) => {
    const { numUpdatedRows } = await db
      .updateTable('alerts')
      .set({ ackedBy: null, ackedAt: null, ackUntil: null })
      .where('id', '=', id)
      .where('ackUntil', '<=', now)
      .where('closedAt', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
});
