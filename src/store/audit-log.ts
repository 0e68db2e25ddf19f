import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditCheck, AuditEntry, AuditLog } from '../core/audit-log.ts';
import { AppError } from '../core/errors.ts';
import { atomically, json, readRows } from './rows.ts';
import type { Db } from './tables.ts';

const Entry: z.ZodType<AuditEntry> = z.object({
  account: z.string(),
  tenantId: z.string(),
  conversationKey: z.string(),
  personId: z.string(),
  personName: z.string(),
  at: z.number(),
  action: z.string(),
  agentId: z.string().exactOptional(),
  agentName: z.string().exactOptional(),
  result: z.string(),
  detail: z.string().exactOptional(),
  correlationId: z.string(),
});
const Row = z.object({ entry: json(Entry) });

/** The same text for the same entry, whatever the order of its properties. */
const canonical = (entry: AuditEntry): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(Entry.parse(entry)).sort(([a], [b]) => (a < b ? -1 : 1))),
  );

const hashOf = (before: string, entry: string): string =>
  createHash('sha256').update(`${before}\n${entry}`).digest('hex');

/** Holding the chain's end makes all writers wait for each other, on all instances. */
const append = async (db: Db, entry: AuditEntry): Promise<void> => {
  const { seq, hash: before } = await db
    .updateTable('auditHead')
    .set({ seq: sql`seq + 1` })
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow(() => new AppError('internal', 'the audit log lost its end'));
  const text = canonical(entry);
  const hash = hashOf(before, text);
  const { account, tenantId, personId, agentId = null, at } = entry;
  await db
    .insertInto('audit')
    .values({ seq, account, tenantId, personId, agentId, at, entry: text, hash })
    .execute();
  await db.updateTable('auditHead').set({ hash }).execute();
};

const pageSize = 500;

const verify = async (db: Db): Promise<AuditCheck> => {
  // Takes the chain's end for itself: an entry that is added meanwhile would look put in.
  const end = await db
    .updateTable('auditHead')
    .set({ seq: sql`seq` })
    .returning(['seq', 'hash'])
    .executeTakeFirst();
  let seq = 0;
  let hash = '';
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .select(['seq', 'entry', 'hash'])
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    for (const row of rows) {
      seq += 1;
      hash = hashOf(hash, row.entry);
      if (row.seq !== seq || row.hash !== hash) return { intact: false, brokenAt: seq };
    }
    if (rows.length < pageSize) break;
    await setImmediate();
  }
  return end?.seq === seq && end.hash === hash
    ? { intact: true, entries: seq }
    : { intact: false, brokenAt: seq + 1 };
};

export const createAuditLog = (db: Db): AuditLog => ({
  append: (entry) => atomically(db, (tx) => append(tx, entry)),
  list: async ({ account, tenantId, agentId, personId, since, limit }) => {
    const rows = await db
      .selectFrom('audit')
      .select('entry')
      .where('account', '=', account)
      .$if(tenantId !== undefined, (query) => query.where('tenantId', '=', tenantId ?? ''))
      .$if(agentId !== undefined, (query) => query.where('agentId', '=', agentId ?? ''))
      .$if(personId !== undefined, (query) => query.where('personId', '=', personId ?? ''))
      .$if(since !== undefined, (query) => query.where('at', '>=', since ?? 0))
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    return readRows(Row, rows).map(({ entry }) => entry);
  },
  verify: () => atomically(db, verify),
});
