import { onTestFinished } from 'vitest';
import { notifyingOutbox } from '../../src/delivery/notifying-outbox.ts';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import type { Delivered, Undelivered } from '../../src/delivery/record-outcome.ts';
import {
  createDelivery,
  type DeliveryPorts,
  type DeliveryWorker,
} from '../../src/delivery/worker.ts';
import type { Installation, Place } from '../../src/platform/conversation.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import type { Render } from '../../src/platform/notice.ts';
import type { OutboxDraft } from '../../src/platform/outbox.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { aPlace, conversation } from './drafts.ts';
import { type RecordingMessenger, recordingMessenger } from './messenger.ts';

/** Shows what the row says. */
export const plainRender: Render = async ({ payload }) => ({
  card: { content: { type: 'AdaptiveCard' }, summary: `${payload}` },
});

export interface DeliveryBed {
  readonly clock: FakeClock;
  readonly store: BotStore;
  readonly messenger: RecordingMessenger;
  readonly sent: readonly Delivered[];
  readonly failed: readonly Undelivered[];
  /** Another process on the same store, stopped with the test. */
  worker(more?: Partial<DeliveryPorts>): DeliveryWorker;
  /** Due now unless it says otherwise; wakes the workers, as in the app. */
  enqueue(...drafts: readonly OutboxDraft[]): Promise<void>;
  /** What arrived, as `post chat: words`, in order. */
  arrivals(): readonly string[];
  place(key?: string): Promise<Installation | undefined>;
}

/** A real store on a clock that stands still, and a Teams that takes everything. */
export const deliveryBed = async (
  places: readonly Place[] = [aPlace('chat')],
): Promise<DeliveryBed> => {
  const clock = fakeClock();
  const opened = await openStore({
    url: await aDatabase(),
    clock,
    log: silentLog,
  });
  onTestFinished(() => opened.close());
  const workers: DeliveryWorker[] = [];
  const store = {
    ...opened,
    ...notifyingOutbox(opened, () => {
      for (const one of workers) one.wake();
    }),
  };
  for (const place of places) await store.installations.refresh(place);
  const messenger = recordingMessenger(clock);
  const sent: Delivered[] = [];
  const failed: Undelivered[] = [];
  return {
    clock,
    store,
    messenger,
    sent,
    failed,
    worker: (more = {}) => {
      const worker = createDelivery({
        store,
        messenger,
        rateLimiter: createRateLimiter({ clock }),
        clock,
        log: silentLog,
        correlation: createCorrelation(),
        random: () => 0,
        instance: 'one',
        alone: more.instance === undefined,
        render: plainRender,
        onSent: (delivered) => void sent.push(delivered),
        onFailed: (undelivered) => void failed.push(undelivered),
        ...more,
      });
      onTestFinished(() => worker.stop());
      workers.push(worker);
      return worker;
    },
    enqueue: (...drafts) =>
      store.outbox.enqueue(
        drafts.map((draft) => ({ ...draft, dueAt: draft.dueAt === 0 ? clock.now() : draft.dueAt })),
      ),
    arrivals: () =>
      messenger.sent.map(
        ({ operation, conversationId, summary }) => `${operation} ${conversationId}: ${summary}`,
      ),
    place: (key = 'chat') => store.installations.find(conversation(key)),
  };
};
