import type { Clock } from '../../platform/clock.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { BulkJob } from './domain/job.ts';

/**
 * The card of a job is updated at most once in two seconds (contract, Bulk). One update may be sent half a second later
 * than it was due, and the next one at once.
 */
const updateMs = 2500;

/** The name of the card of a job among those of the outbox. */
export const cardOfJob = (job: string): string => `bulk:${job}`;

interface Ports {
  readonly clock: Clock;
  readonly store: { readonly outbox: Pick<Outbox, 'enqueue'> };
}

/** Puts the newest state of a job onto its card, not too often. */
export const createUpdates = (
  { store, clock }: Ports,
  job: Pick<BulkJob, 'account' | 'conversationKey' | 'id'>,
) => {
  const { account, conversationKey, id } = job;
  // The press was answered by the card as it was then.
  let nextAt = clock.monotonic() + updateMs;
  let waitsUntil = 0;
  const enqueue = (inMs: number): Promise<void> =>
    store.outbox.enqueue([
      {
        account,
        conversationKey,
        card: cardOfJob(id),
        kind: 'update',
        payload: { kind: 'bulk', job: id },
        dueAt: clock.now() + inMs,
      },
    ]);
  return {
    /** One that waits to be sent is drawn from what holds then, so there is no need for a second. */
    note: async (): Promise<void> => {
      const now = clock.monotonic();
      if (now < waitsUntil) return;
      const inMs = Math.max(0, nextAt - now);
      waitsUntil = now + inMs;
      nextAt = waitsUntil + updateMs;
      await enqueue(inMs);
    },
    /**
     * The last state is put there even if one seems to wait: noted when the one before was due and not taken yet, it
     * became one with that, and was sent with it.
     */
    last: async (): Promise<void> => {
      const now = clock.monotonic();
      await enqueue(Math.max(0, (now < waitsUntil ? waitsUntil : nextAt) - now));
    },
  };
};
