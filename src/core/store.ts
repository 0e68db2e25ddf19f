import type { AuditLog } from './audit-log.ts';
import type { ChangeLog } from './change.ts';
import type { Confirmations } from './confirmation.ts';
import type { Outbox } from './outbox.ts';
import type {
  Digests,
  Documents,
  Grants,
  Installations,
  Leases,
  Maintenance,
  Mutes,
  Samples,
  SeenActivities,
  SeenSessions,
  TimedResumes,
} from './stores.ts';
import type { AlertStates, Alerts, CardMessages, Watches } from './watch-stores.ts';

/** Everything that is kept, by collection. */
export interface StoreTransaction {
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

/** Stored rows that cannot be read, of one table. */
export interface UnreadableRows {
  readonly table: string;
  readonly rows: number;
}

export interface Store extends StoreTransaction {
  /** All of it or nothing. Inside, use `tx` only: the store itself may wait for this very transaction. */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Drops what has served its time. Safe to run on several instances at once. */
  prune(now: number): Promise<void>;
  /** Resolves when the database can be written. */
  check(): Promise<void>;
  /** Rows that could not be read since the start; they were set aside, and the others went on. */
  unreadable(): readonly UnreadableRows[];
  close(): Promise<void>;
}
