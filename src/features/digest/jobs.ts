import type { Clock } from '../../platform/clock.ts';
import type { Job } from '../../platform/job.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Documents, Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { readSnapshot } from '../fleet/domain/snapshot.ts';
import { DigestBaseline } from './domain/digest.ts';
import { DigestSchedule, nextDigest } from './domain/schedule.ts';
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

const dayMs = 24 * 60 * 60_000;

/** Asks for the digests whose time has come, once each; one that was missed comes late, and once. */
const askForDigests = async (ports: Ports): Promise<void> => {
  const now = ports.clock.now();
  // One moment for all of them: digests of the same period share one pass over the samples.
  for (const digest of await ports.store.digests.due(now)) await ask(ports, digest, now);
};

const ask = async ({ store, newId }: Ports, digest: StoredDigest, now: number): Promise<void> => {
  const { account, conversationKey } = digest;
  const schedule = DigestSchedule.safeParse(digest.schedule).data;
  if (schedule === undefined) return;
  await store.transaction(async (tx) => {
    const { data: last } = DigestBaseline.safeParse(digest.baseline);
    const baseline: DigestBaseline = {
      at: now,
      ...optional('fleet', await readSnapshot(tx.documents, account)),
      ...optional('before', last?.fleet),
    };
    const span = schedule.weekday === undefined ? dayMs : 7 * dayMs;
    const payload: Notice = { kind: 'digest', from: last?.at ?? now - span, to: now };
    if (await tx.digests.claim(digest, { dueAt: nextDigest(schedule, now), baseline: baseline }))
      await tx.outbox.enqueue([
        { account, conversationKey, card: newId(), kind: 'post', payload, dueAt: now },
      ]);
  });
};

export const digestsJob = (ports: Ports): Job => ({
  name: 'digests',
  run: () => askForDigests(ports),
});
