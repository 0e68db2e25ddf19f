import type { Clock, Logger } from '../core/ports.ts';
import type { Store, StoreTransaction } from '../core/store.ts';
import { createAlertStates } from './alert-states.ts';
import { createAlerts } from './alerts.ts';
import { createAuditLog } from './audit-log.ts';
import { createCardMessages } from './card-messages.ts';
import { createChangeLog } from './change-log.ts';
import { createConfirmations } from './confirmations.ts';
import { connectUpToDate } from './connect.ts';
import { createDigests } from './digests.ts';
import { createDocuments } from './documents.ts';
import { createGrants } from './grants.ts';
import { createInstallations } from './installations.ts';
import { createLeases } from './leases.ts';
import { createMaintenance } from './maintenance.ts';
import type { Engine } from './migrations/columns.ts';
import { createMutes } from './mutes.ts';
import { createOutbox } from './outbox.ts';
import { prune } from './prune.ts';
import { createSamples } from './samples.ts';
import { createSeenActivities } from './seen-activities.ts';
import { createSessionMemory } from './session-memory.ts';
import type { Db } from './tables.ts';
import { createTimedResumes } from './timed-resumes.ts';
import { createUnreadableNotes, type UnreadableNotes } from './unreadable-rows.ts';
import { createWatches } from './watches.ts';

export interface StoreOptions {
  /** `file:` with a path, or `postgres://`. */
  readonly url: string;
  /** So long are entries of the audit log kept; 400 days if left out. */
  readonly auditDays?: number;
  /** Kept with each message that is to be sent. */
  readonly correlationId?: () => string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Around {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly correlationId: () => string | undefined;
  readonly unreadable: UnreadableNotes;
}

const collections = (
  db: Db,
  { engine, clock, correlationId, unreadable }: Around,
): StoreTransaction => ({
  sessions: createSessionMemory(db, unreadable.in('seenSessions')),
  confirmations: createConfirmations(db, clock),
  changes: createChangeLog(db, unreadable.in('changes')),
  installations: createInstallations(db, unreadable.in('installations')),
  watches: createWatches(db, unreadable.in('watches')),
  alertStates: createAlertStates(db, unreadable.in('alertStates')),
  alerts: createAlerts(db, unreadable.in('alerts')),
  cardMessages: createCardMessages(db),
  outbox: createOutbox(db, engine, correlationId, unreadable.in('outbox')),
  mutes: createMutes(db, unreadable.in('mutes')),
  maintenance: createMaintenance(db, unreadable.in('maintenance')),
  digests: createDigests(db, unreadable.in('digests')),
  timedResumes: createTimedResumes(db, unreadable.in('timedResumes')),
  leases: createLeases(db),
  samples: createSamples(db, unreadable.in('samplePages')),
  documents: createDocuments(db, unreadable.in('documents')),
  grants: createGrants(db, unreadable.in('grants')),
  audit: createAuditLog(db, unreadable.in('audit')),
  seenActivities: createSeenActivities(db),
});

/** Opens the database and brings it up to date. Rejects with AppError only. */
export const openStore = async ({
  url,
  auditDays = 400,
  correlationId = () => undefined,
  clock,
  log,
}: StoreOptions): Promise<Store> => {
  const { db, engine, close } = await connectUpToDate(url, log);
  const unreadable = createUnreadableNotes(log);
  const around = { engine, clock, correlationId, unreadable };
  return {
    ...collections(db, around),
    transaction: (work) => db.transaction().execute((tx) => work(collections(tx, around))),
    prune: (now) => prune(db, now, auditDays, unreadable.in('samplePages')),
    // On SQLite a transaction begins with the right to write.
    check: () =>
      db.transaction().execute(async (tx) => {
        await tx.selectFrom('leases').select('name').limit(1).execute();
      }),
    unreadable: unreadable.counts,
    close,
  };
};
