import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { createDelivery } from '../../src/delivery/worker.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDraft, aPlace } from './drafts.ts';
import { recordingMessenger, type Sending } from './messenger.ts';

export interface Bulk {
  readonly notifications: number;
  readonly conversations: number;
}

export interface Sent {
  readonly sent: readonly Sending[];
  /** From the first to the last, on the simulated clock. */
  readonly tookMs: number;
}

/** Delivers it all through a real store, on a clock that runs only while nothing is to be done. */
export const sendInBulk = async (
  url: string,
  { notifications, conversations }: Bulk,
): Promise<Sent> => {
  const clock = fakeClock();
  const store = await openStore({ url, clock, log: silentLog });
  const keys = Array.from({ length: conversations }, (_, index) => `chat-${index}`);
  for (const key of keys) await store.installations.refresh(aPlace(key));
  await store.outbox.enqueue(
    Array.from({ length: notifications }, (_, index) =>
      aDraft(keys[index % keys.length] ?? '', `card-${index}`, { dueAt: clock.now() }),
    ),
  );
  const messenger = recordingMessenger(clock);
  const worker = createDelivery({
    store,
    messenger,
    rateLimiter: createRateLimiter({ clock }),
    clock,
    log: silentLog,
    correlation: createCorrelation(),
    random: () => 0,
    instance: 'one',
    render: async ({ payload }) => ({ card: { content: {}, summary: `${payload}` } }),
    onSent: () => undefined,
    onFailed: () => undefined,
  });
  worker.start();
  while (messenger.sent.length < notifications) await clock.advance(1000);
  await worker.stop();
  await store.close();
  const [first, last] = [messenger.sent[0]?.at ?? 0, messenger.sent.at(-1)?.at ?? 0];
  return { sent: messenger.sent, tookMs: last - first };
};
