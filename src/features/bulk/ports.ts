import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { CardMessages, Outbox } from '../../platform/outbox.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Transactional } from '../../platform/store.ts';
import type { AuditLog } from '../audit/store.ts';
import type { StoredOwnChanges, TimedResumes } from '../changes/store.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { SessionMemory } from '../fleet/store.ts';
import type { BulkJobs } from './store.ts';

export interface BulkCollections {
  readonly audit: Pick<AuditLog, 'appendAll'>;
  readonly bulkJobs: BulkJobs;
  readonly cardMessages: CardMessages;
  readonly outbox: Outbox;
  readonly ownChanges: StoredOwnChanges;
  readonly sessions: SessionMemory;
  readonly timedResumes: TimedResumes;
}

export type BulkStore = BulkCollections & Transactional<BulkCollections>;

/** Carries out bulk jobs in the background. */
export interface BulkRunner {
  /** A job was started, or cancelled. */
  wake(): void;
  /** How long one call takes at present, in ms, and how many are made at once. */
  pace(account: string): { readonly callMs: number; readonly atOnce: number };
}

/** What it takes to plan bulk jobs and to show them. */
export interface BulkPorts {
  readonly bulk: BulkRunner;
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly newId: () => string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly store: BulkStore;
}

/** What it takes to carry them out. */
export interface RunnerPorts extends Pick<BulkPorts, 'clock' | 'log' | 'pingPlotter' | 'store'> {
  /** Names this process; the same again after a restart where it is alone. */
  readonly instance: string;
  readonly fleets: Pick<FleetReader, 'forget'>;
  readonly pollSeconds: number;
  /** Calls of PingPlotter that one job makes at once, at most. */
  readonly bulkConcurrency: number;
}
