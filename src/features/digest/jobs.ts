import type { Clock } from '../../platform/clock.ts';
import type { Job } from '../../platform/job.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Documents, Transactional } from '../../platform/store.ts';
import { snapshotDocument } from '../fleet/domain/snapshot.ts';
import { DigestBaseline, fleetDocument, nextBaseline } from './domain/baseline.ts';
import { DigestSchedule, nextDigest, periodMs } from './domain/schedule.ts';
import type { Digests, StoredDigest } from './store.ts';

interface Collections {
  readonly digests: Digests;
  readonly outbox: Outbox;
}

interface Ports {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: Transactional<Collections> & {
    readonly digests: Digests;
    readonly documents: Documents;
  };
}

/** Enqueues each digest that is due. After a stop the missed ones come late, and only once. */
const enqueueDue = async (ports: Ports): Promise<void> => {
  const now = ports.clock.now();
  // All get the same end, so that digests of the same period share one pass over the samples.
  const due = await ports.store.digests.due(now);
  const fleets = new Map<string, number | undefined>();
  for (const { account } of due)
    if (!fleets.has(account)) fleets.set(account, await noteFleet(ports, account, now));
  for (const digest of due) await enqueue(ports, digest, now, fleets.get(digest.account));
};

/** Writes down the fleet as it is now; gives under which moment, or nothing where none is known. */
const noteFleet = async (
  { store: { documents } }: Ports,
  account: string,
  now: number,
): Promise<number | undefined> => {
  // A whole fleet, which goes by as it is: whoever makes the card parses it.
  const fleet = await documents.read(account, snapshotDocument);
  if (fleet === undefined) return undefined;
  await documents.write(account, fleetDocument(now), fleet);
  return now;
};

const enqueue = async (
  { store, newId }: Ports,
  digest: StoredDigest,
  now: number,
  fleetAt: number | undefined,
): Promise<void> => {
  const { account, conversationKey } = digest;
  const schedule = DigestSchedule.safeParse(digest.schedule).data;
  if (schedule === undefined) return;
  await store.transaction(async (tx) => {
    const { data: last } = DigestBaseline.safeParse(digest.baseline);
    const baseline = nextBaseline(last, now, fleetAt);
    const payload: Notice = { kind: 'digest', from: last?.at ?? now - periodMs(schedule), to: now };
    if (await tx.digests.claim(digest, { dueAt: nextDigest(schedule, now), baseline }))
      await tx.outbox.enqueue([
        { account, conversationKey, card: newId(), kind: 'post', payload, dueAt: now },
      ]);
  });
};

export const digestsJob = (ports: Ports): Job => ({
  name: 'digests',
  run: () => enqueueDue(ports),
});
