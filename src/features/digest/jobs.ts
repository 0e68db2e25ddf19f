import type { SchedulePorts } from '../../monitor/jobs.ts';
import { monitorDocuments } from '../../monitor/record.ts';
import type { Notice } from '../../platform/notice.ts';
import { optional } from '../../shared/optional.ts';
import { FleetSnapshot } from '../fleet/domain/snapshot.ts';
import { DigestTold } from './domain/digest.ts';
import { DigestSchedule, nextDigest } from './domain/schedule.ts';
import type { StoredDigest } from './store.ts';

const dayMs = 24 * 60 * 60_000;

/** Asks for the digests whose time has come, once each; one that was missed comes late, and once. */
export const askForDigests = async (ports: SchedulePorts): Promise<void> => {
  const now = ports.clock.now();
  // One moment for all of them: digests of the same period share one pass over the samples.
  for (const digest of await ports.store.digests.due(now)) await ask(ports, digest, now);
};

const ask = async (
  { store, newId }: SchedulePorts,
  digest: StoredDigest,
  now: number,
): Promise<void> => {
  const { account, conversationKey } = digest;
  const schedule = DigestSchedule.safeParse(digest.schedule).data;
  if (schedule === undefined) return;
  await store.transaction(async (tx) => {
    const { data: last } = DigestTold.safeParse(digest.told);
    const snapshot = FleetSnapshot.safeParse(
      await tx.documents.read(account, monitorDocuments.snapshot),
    );
    const told: DigestTold = {
      at: now,
      ...optional('fleet', snapshot.data),
      ...optional('before', last?.fleet),
    };
    const span = schedule.weekday === undefined ? dayMs : 7 * dayMs;
    const payload: Notice = { kind: 'digest', from: last?.at ?? now - span, to: now };
    if (await tx.digests.claim(digest, { dueAt: nextDigest(schedule, now), told }))
      await tx.outbox.enqueue([
        { account, conversationKey, card: newId(), kind: 'post', payload, dueAt: now },
      ]);
  });
};
