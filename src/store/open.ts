import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Store } from '../platform/store.ts';
import { accountChoices } from './collections/account-choices.ts';
import { agentHours } from './collections/agent-hours.ts';
import { alertStates } from './collections/alert-states.ts';
import { alerts } from './collections/alerts.ts';
import { auditLog } from './collections/audit-log.ts';
import { bulkJobs } from './collections/bulk-jobs.ts';
import { cardMessages } from './collections/card-messages.ts';
import { changes } from './collections/changes.ts';
import { confirmations } from './collections/confirmations.ts';
import { digests } from './collections/digests.ts';
import { documents } from './collections/documents.ts';
import { files } from './collections/files.ts';
import { grants } from './collections/grants.ts';
import { hints } from './collections/hints.ts';
import { installations } from './collections/installations.ts';
import { knownAgents } from './collections/known-agents.ts';
import { leases } from './collections/leases.ts';
import { maintenance } from './collections/maintenance.ts';
import { mutes } from './collections/mutes.ts';
import { notifyWishes } from './collections/notify-wishes.ts';
import { outbox } from './collections/outbox/outbox.ts';
import { ownChanges } from './collections/own-changes.ts';
import { presence } from './collections/presence.ts';
import { reminders } from './collections/reminders.ts';
import { rollUps } from './collections/roll-ups.ts';
import { samples } from './collections/samples.ts';
import { savedFilters } from './collections/saved-filters.ts';
import { schedules } from './collections/schedules.ts';
import { seenActivities } from './collections/seen-activities.ts';
import { seenSessions } from './collections/seen-sessions.ts';
import { suppressions } from './collections/suppressions.ts';
import { timedResumes } from './collections/timed-resumes.ts';
import { verdicts } from './collections/verdicts.ts';
import { watches } from './collections/watches.ts';
import {
  type CollectionDefinition,
  type OpenContext,
  type Opened,
  openEach,
} from './define-collection.ts';
import { connectUpToDate } from './sql/connect.ts';
import type { Db } from './sql/tables.ts';
import { createUnreadableNotes, type UnreadableNotes } from './sql/unreadable-rows.ts';

/** In the order of pruning: the messages of a card go after the card's alert. */
const definitions = {
  mutes,
  maintenance,
  agentHours,
  audit: auditLog,
  seenActivities,
  confirmations,
  changes,
  bulkJobs,
  outbox,
  alerts,
  reminders,
  suppressions,
  cardMessages,
  verdicts,
  watches,
  alertStates,
  samples,
  rollUps,
  presence,
  installations,
  digests,
  notifyWishes,
  timedResumes,
  schedules,
  sessions: seenSessions,
  knownAgents,
  documents,
  savedFilters,
  files,
  grants,
  hints,
  ownChanges,
  leases,
  accountChoices,
};

export type Collections = Opened<typeof definitions>;

/** The store of the bot. */
export type BotStore = Store<Collections>;

export const everyCollection: readonly CollectionDefinition<unknown>[] = Object.values(definitions);

export interface StoreOptions {
  /** `file:` with a path, or `postgres://`. */
  readonly url: string;
  /** Days that entries of the audit log stay stored; 400 if left out. */
  readonly auditDays?: number;
  /** Stored with each notification, so that its delivery can be traced to the work it came from. */
  readonly correlationId?: () => string | undefined;
  /** Whether to wait for a lock that another program has, as a bot does and the programs beside it do not. */
  readonly patient?: boolean;
  /** One of the waits for a lock of an SQLite file; 50 if left out. */
  readonly lockWaitMs?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Opens the database and brings it up to date. Rejects with AppError only. */
export const openStore = async ({
  url,
  auditDays = 400,
  correlationId = () => undefined,
  patient = false,
  lockWaitMs,
  clock,
  log,
}: StoreOptions): Promise<BotStore> => {
  const { db, engine, check, close } = await connectUpToDate({
    url,
    log,
    lockWaitMs,
    ...(patient ? { patience: clock } : {}),
  });
  // A bot starts where nothing can be written, for it answers what needs no store; the log has the reason.
  if (patient) await check().catch(() => {});
  const unreadable = createUnreadableNotes(log);
  const context = { engine, clock, correlationId, store: {} };
  return {
    ...openAll(db, context, unreadable),
    transaction: (work) => db.transaction().execute((tx) => work(openAll(tx, context, unreadable))),
    prune: async (now) => {
      for (const { name, key, prune } of everyCollection)
        await prune?.(db, { now, auditDays, setAside: unreadable.in(name, key) });
    },
    check,
    unreadable: unreadable.counts,
    close,
  };
};

const openAll = (
  db: Db,
  context: Omit<OpenContext, 'setAside'>,
  unreadable: UnreadableNotes,
): Collections =>
  openEach(definitions, ({ name, key, open }) =>
    open(db, { ...context, setAside: unreadable.in(name, key) }),
  );
