import type { Clock } from '../../platform/clock.ts';
import type { Job } from '../../platform/job.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Documents, Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { snapshotDocument } from '../fleet/domain/snapshot.ts';
import { LastBaseline } from './domain/digest.ts';
import { DigestSchedule, nextDigest, periodMs } from './domain/schedule.ts';
import type { Digests, StoredDigest } from './store.ts';

interface Collections {
  readonly digests: Digests;
  readonly documents: Documents;
  readonly outbox: Outbox;
}

interface Ports {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: Transactional<Collections> & { readonly digests: Digests };
}

/** Enqueues each digest that is due. After a stop the missed ones come late, and only once. */
const enqueueDue = async (ports: Ports): Promise<void> => {
  const now = ports.clock.now();
  // All get the same end, so that digests of the same period share one pass over the samples.
  for (const digest of await ports.store.digests.due(now)) await enqueue(ports, digest, now);
};

const enqueue = async (
  { store, newId }: Ports,
  digest: StoredDigest,
  now: number,
): Promise<void> => {
  const { account, conversationKey } = digest;
  const schedule = DigestSchedule.safeParse(digest.schedule).data;
  if (schedule === undefined) return;
  await store.transaction(async (tx) => {
    const { data: last } = LastBaseline.safeParse(digest.baseline);
    // Two whole fleets, which go by as they are: whoever makes the card parses them.
    const baseline = {
      at: now,
      ...optional('fleet', await tx.documents.read(account, snapshotDocument)),
      ...optional('before', last?.fleet),
    };
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
