import type { Confirmations } from '../chat/confirmation.ts';
import type { Grants } from '../features/access/store.ts';
import type { AlertStates, Alerts } from '../features/alerting/store.ts';
import type { AuditLog } from '../features/audit/store.ts';
import type { ChangeLog, TimedResumes } from '../features/changes/store.ts';
import type { Digests } from '../features/digest/store.ts';
import type { SeenSessions } from '../features/fleet/store.ts';
import type { Samples } from '../features/history/store.ts';
import type { Maintenance, Mutes } from '../features/silence/store.ts';
import type { Watches } from '../features/watches/store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Installations } from '../platform/conversation.ts';
import type { Logger } from '../platform/log.ts';
import type { CardMessages, Outbox } from '../platform/outbox.ts';
import type { Documents, Leases, SeenActivities, Store } from '../platform/store.ts';
import { createAlertStates } from './collections/alert-states.ts';
import { createAlerts } from './collections/alerts.ts';
import { createAuditLog } from './collections/audit-log.ts';
import { createCardMessages } from './collections/card-messages.ts';
import { createChangeLog } from './collections/changes.ts';
import { createConfirmations } from './collections/confirmations.ts';
import { createDigests } from './collections/digests.ts';
import { createDocuments } from './collections/documents.ts';
import { createGrants } from './collections/grants.ts';
import { createInstallations } from './collections/installations.ts';
import { createLeases } from './collections/leases.ts';
import { createMaintenance } from './collections/maintenance.ts';
import { createMutes } from './collections/mutes.ts';
import { createOutbox } from './collections/outbox/outbox.ts';
import { createSamples } from './collections/samples.ts';
import { createSeenActivities } from './collections/seen-activities.ts';
import { createSessionMemory } from './collections/seen-sessions.ts';
import { createTimedResumes } from './collections/timed-resumes.ts';
import { createWatches } from './collections/watches.ts';
import { prune } from './prune.ts';
import { connectUpToDate } from './sql/connect.ts';
import type { Engine } from './sql/migrations/columns.ts';
import type { Db } from './sql/tables.ts';
import { createUnreadableNotes, type UnreadableNotes } from './sql/unreadable-rows.ts';

/** Everything that is kept, by collection. */
export interface Collections {
  readonly sessions: SeenSessions;
  readonly confirmations: Confirmations;
  readonly changes: ChangeLog;
  readonly installations: Installations;
  readonly watches: Watches;
  readonly alertStates: AlertStates;
  readonly alerts: Alerts;
  readonly cardMessages: CardMessages;
  readonly outbox: Outbox;
  readonly mutes: Mutes;
  readonly maintenance: Maintenance;
  readonly digests: Digests;
  readonly timedResumes: TimedResumes;
  readonly leases: Leases;
  readonly samples: Samples;
  readonly documents: Documents;
  readonly grants: Grants;
  readonly audit: AuditLog;
  readonly seenActivities: SeenActivities;
}

/** The store of the bot. */
export type BotStore = Store<Collections>;

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
): Collections => ({
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
}: StoreOptions): Promise<BotStore> => {
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
