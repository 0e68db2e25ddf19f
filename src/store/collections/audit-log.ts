import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { AuditCheck, AuditEntry, AuditLog } from '../../features/audit/store.ts';
import { AppError } from '../../platform/errors.ts';
import { normalizeId } from '../../shared/names.ts';
import { defineCollection } from '../define-collection.ts';
import { atomically, inStatements, json, readIfAny } from '../sql/rows.ts';
import type { Db, Json, Tables } from '../sql/tables.ts';

interface AuditTable {
  seq: number;
  account: string;
  tenantId: string;
  personId: string;
  agentId: string | null;
  at: number;
  entry: Json;
  hash: string;
}

/** Its one row says where the chain ends. */
interface AuditHeadTable {
  id: number;
  seq: number;
  hash: string;
  /** The last pruned entry; 0 and '' when there is none. */
  prunedSeq: number;
  prunedHash: string;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly audit: AuditTable;
    readonly auditHead: AuditHeadTable;
  }
}

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
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
  detail: z.string().exactOptional(),
  status: z.number().exactOptional(),
  correlationId: z.string(),
});
const Row = z.object({ entry: json(Entry) });

/** Replaces an entry that cannot be read: to omit it would shift the pages and hide that something happened. */
const unreadable = ({
  account,
  tenantId,
  personId,
  at,
}: Pick<AuditEntry, 'account' | 'tenantId' | 'personId' | 'at'>): AuditEntry => ({
  account,
  tenantId,
  personId,
  at,
  conversationKey: '',
  personName: '',
  action: 'an entry that cannot be read',
  result: 'unreadable',
  correlationId: '',
});

/** The hash must not depend on the order of an entry's properties. */
const canonical = (entry: AuditEntry): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(Entry.parse(entry)).sort(([a], [b]) => (a < b ? -1 : 1))),
  );

const hashOf = (before: string, entry: string): string =>
  createHash('sha256').update(`${before}\n${entry}`).digest('hex');

/** The update of the head locks it, so writers of all instances append one after the other. */
const append = async (db: Db, entries: readonly AuditEntry[]): Promise<void> => {
  if (entries.length === 0) return;
  const head = await db
    .updateTable('auditHead')
    .set({ seq: sql`seq + ${entries.length}` })
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow(() => new AppError('internal', 'the audit log lost its end'));
  const first = head.seq - entries.length + 1;
  let { hash } = head;
  const rows = entries.map((entry, index) => {
    const text = canonical(entry);
    hash = hashOf(hash, text);
    const { account, tenantId, personId, agentId = null, at } = entry;
    return { seq: first + index, account, tenantId, personId, agentId, at, entry: text, hash };
  });
  await inStatements(rows, (some) => db.insertInto('audit').values(some).execute());
  await db.updateTable('auditHead').set({ hash }).execute();
};

const pageSize = 500;

const endColumns = ['seq', 'hash', 'prunedSeq', 'prunedHash'] as const;

/** Call it in a transaction. It locks the head, because an entry that is appended meanwhile would look forged. */
export const verifyChain = async (db: Db): Promise<AuditCheck> => {
  const end = await db
    .updateTable('auditHead')
    .set({ seq: sql`seq` })
    .returning(endColumns)
    .executeTakeFirst();
  return checkChain(db, end);
};

/** The same without a lock, in a transaction that sees one moment of the database. */
export const readChain = async (db: Db): Promise<AuditCheck> =>
  checkChain(db, await db.selectFrom('auditHead').select(endColumns).executeTakeFirst());

const checkChain = async (
  db: Db,
  end: Pick<AuditHeadTable, (typeof endColumns)[number]> | undefined,
): Promise<AuditCheck> => {
  let seq = end?.prunedSeq ?? 0;
  let hash = end?.prunedHash ?? '';
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
    ? { intact: true, entries: seq - end.prunedSeq }
    : { intact: false, brokenAt: seq + 1 };
};

/** Entra ids come in either case. */
const inLowerCase = (column: 'tenantId' | 'personId') => (eb: ExpressionBuilder<Tables, 'audit'>) =>
  eb.fn<string>('lower', [column]);

/** The head remembers the last pruned entry, so that the rest of the chain can still be verified. */
const prune = (db: Db, before: number): Promise<void> =>
  atomically(db, async (tx) => {
    // Locks the head, as every writer does.
    await tx.updateTable('auditHead').set({ seq: sql`seq` }).execute();
    const firstStored = await tx
      .selectFrom('audit')
      .select('seq')
      .where('at', '>=', before)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    const lastPruned = await tx
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .$if(firstStored !== undefined, (query) => query.where('seq', '<', firstStored?.seq ?? 0))
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (lastPruned === undefined) return;
    await tx.deleteFrom('audit').where('seq', '<=', lastPruned.seq).execute();
    await tx
      .updateTable('auditHead')
      .set({ prunedSeq: lastPruned.seq, prunedHash: lastPruned.hash })
      .execute();
  });

const rowColumns = ['seq', 'account', 'tenantId', 'personId', 'at', 'entry'] as const;

const dayMs = 24 * 60 * 60_000;

export const auditLog = defineCollection({
  name: 'audit',
  key: ['seq'],
  // A migration writes the head, so a new database has its row.
  besides: { auditHead: { key: ['id'], neverEmpty: true } },
  backUp: true,
  prune: (db, { now, auditDays }) => prune(db, now - auditDays * dayMs),
  open: (db, { setAside }): AuditLog => ({
    append: (entry) => atomically(db, (tx) => append(tx, [entry])),
    appendAll: (entries) => atomically(db, (tx) => append(tx, entries)),
    list: async ({ account, tenantId, agentId, personId, since, skip = 0, limit }) => {
      const rows = await db
        .selectFrom('audit')
        .select(rowColumns)
        .where('account', '=', account)
        .$if(tenantId !== undefined, (query) =>
          query.where(inLowerCase('tenantId'), '=', normalizeId(tenantId ?? '')),
        )
        .$if(agentId !== undefined, (query) => query.where('agentId', '=', agentId ?? ''))
        .$if(personId !== undefined, (query) =>
          query.where(inLowerCase('personId'), '=', normalizeId(personId ?? '')),
        )
        .$if(since !== undefined, (query) => query.where('at', '>=', since ?? 0))
        .orderBy('seq', 'desc')
        .limit(limit)
        .offset(skip)
        .execute();
      return rows.map((row) => readIfAny(Row, row, setAside)?.entry ?? unreadable(row));
    },
    listAll: async ({ skip = 0, limit }) => {
      const rows = await db
        .selectFrom('audit')
        .select(rowColumns)
        .orderBy('seq', 'desc')
        .limit(limit)
        .offset(skip)
        .execute();
      return rows.map((row) => readIfAny(Row, row, setAside)?.entry ?? unreadable(row));
    },
    accounts: async () => {
      const rows = await db.selectFrom('audit').select('account').distinct().execute();
      return rows.map(({ account }) => account).toSorted();
    },
    verify: () => atomically(db, verifyChain),
    head: () => db.selectFrom('auditHead').select(['seq', 'hash']).executeTakeFirst(),
  }),
});
