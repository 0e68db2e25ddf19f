import { type Accounts, namesOf } from '../../platform/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Job } from '../../platform/job.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Documents, Leases, Transactional } from '../../platform/store.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { readWatch } from './domain/watch.ts';
import { mayReadTraces } from './limit-check.ts';
import type { Watches } from './store.ts';

interface Ports {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly fleets: Pick<FleetReader, 'last' | 'read'>;
  readonly pingPlotter: (account: string) => Pick<PingPlotter, 'trace'>;
  readonly store: Transactional<{ readonly documents: Documents; readonly outbox: Outbox }> & {
    readonly documents: Documents;
    readonly leases: Leases;
    readonly watches: Pick<Watches, 'all'>;
  };
}

/** One call each time. */
const everyMs = 10 * 60_000;
const leaseMs = 60_000;

/** What was said last, so that it is once, whatever restarts. */
const document = 'limits-right';

/** Says once to each conversation with limits that the key may not read trace data any more, and when it may again. */
export const limitsRightJob = (ports: Ports): Job => {
  const holder = ports.newId();
  let last: number | undefined;
  return {
    name: 'right to trace data',
    run: async () => {
      const now = ports.clock.monotonic();
      if (last !== undefined && now - last < everyMs) return;
      last = now;
      const runs = namesOf(ports.accounts).map((account) => checkAlone(ports, account, holder));
      // One account that fails holds up no other.
      const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
  };
};

const checkAlone = async (ports: Ports, account: string, holder: string): Promise<void> => {
  const { leases } = ports.store;
  const name = JSON.stringify([document, account]);
  if (!(await leases.acquire(name, holder, leaseMs))) return;
  try {
    await check(ports, account);
  } finally {
    await leases.release(name, holder);
  }
};

const check = async (ports: Ports, account: string): Promise<void> => {
  const { store, clock, fleets } = ports;
  const limited = (await store.watches.all(account)).flatMap((stored) => {
    const watch = readWatch(stored);
    return watch?.rule.limits === undefined ? [] : [watch];
  });
  if (limited.length === 0) return;
  const { agents } = fleets.last(account) ?? (await fleets.read(account));
  const session = agents.flatMap(({ sessions }) => sessions.slice(0, 1))[0];
  const may = session && (await mayReadTraces(ports, account, session.id));
  const before = (await store.documents.read(account, document)) !== 'lost';
  // Where nobody knows, what was said last holds.
  if (may === undefined || may === before) return;
  const now = clock.now();
  const places = new Set(limited.map(({ conversationKey }) => conversationKey));
  await store.transaction(async (tx) => {
    await tx.documents.write(account, document, may ? 'there' : 'lost');
    await tx.outbox.enqueue(
      [...places].map((conversationKey) => ({
        ...{ account, conversationKey, card: ports.newId(), kind: 'post' as const },
        payload: {
          kind: 'limits-right' as const,
          readable: may,
          watches: limited
            .filter((watch) => watch.conversationKey === conversationKey)
            .map(({ number }) => number),
        },
        dueAt: now,
      })),
    );
  });
};
