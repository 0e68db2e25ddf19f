import { expect, it } from 'vitest';
import { AppError } from '../../src/platform/errors.ts';
import type { Render } from '../../src/platform/notice.ts';
import type { BotStore } from '../../src/store/open.ts';
import { deliveryBed, plainRender } from './bed.ts';
import { aDraft, aPlace } from './drafts.ts';
import { violations } from './violations.ts';

const leaseMs = 15_000;

it.each(['post', 'update'] as const)(
  'repeats the %s that a process was sending when it was killed, once and first',
  async (kind) => {
    const { clock, store, worker, enqueue, arrivals } = await deliveryBed();
    await store.cardMessages.add({ account: 'default', conversationKey: 'chat' }, 'a', 'm9', 1);
    await enqueue(aDraft('chat', 'a', { kind }), aDraft('chat', 'b'));
    const queue = await store.outbox.claimQueue(clock.now(), leaseMs);
    if (queue === undefined) throw new Error('no queue');
    await store.outbox.next(queue, clock.now());
    worker().start();
    await clock.advance(leaseMs - 1);
    expect(arrivals()).toEqual([]);
    await clock.advance(60_000);
    expect(arrivals()).toEqual([`${kind} chat: a`, 'post chat: b']);
  },
);

it('finishes what is in flight when it stops, and leaves the rest', async () => {
  const { clock, store, worker, enqueue, messenger, arrivals, sent } = await deliveryBed();
  const release = messenger.hold();
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  const first = worker();
  first.start();
  await clock.advance(100);
  const stopped = first.stop();
  await clock.advance(5000);
  expect(sent).toEqual([]);
  release();
  await stopped;
  expect(sent).toMatchObject([{ card: 'a' }]);
  expect(await store.outbox.backlog()).toMatchObject({ waiting: 1 });
  worker({ instance: 'two' }).start();
  await clock.advance(3000);
  expect(arrivals()).toEqual(['post chat: a', 'post chat: b']);
});

it('does not begin a send when it is stopped while it waits for its turn', async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `chat-${index}`);
  const { clock, store, worker, enqueue, messenger } = await deliveryBed(
    keys.map((key) => aPlace(key)),
  );
  await enqueue(...keys.map((key) => aDraft(key, 'a')));
  const first = worker();
  first.start();
  await clock.advance(0);
  await clock.advance(100);
  expect(messenger.sent).toHaveLength(12);
  await first.stop();
  expect(messenger.sent).toHaveLength(12);
  expect(await store.outbox.backlog()).toMatchObject({ waiting: 8 });
  expect(await store.outbox.backlog('default')).toMatchObject({ waiting: 8 });
  expect(await store.outbox.backlog('globex')).toEqual({ waiting: 0 });
  worker({ instance: 'two' }).start();
  await clock.advance(5000);
  expect(messenger.sent).toHaveLength(20);
  expect(new Set(messenger.sent.map(({ conversationId }) => conversationId)).size).toBe(20);
  expect(violations(messenger.sent)).toEqual([]);
});

it('keeps the limits over restarts', async () => {
  const { clock, worker, enqueue, messenger } = await deliveryBed();
  await enqueue(...Array.from({ length: 150 }, (_, index) => aDraft('chat', `${index}`)));
  for (let restart = 0; restart < 30; restart += 1) {
    const delivery = worker({ instance: `process ${restart}` });
    delivery.start();
    await clock.advance(2500);
    await delivery.stop();
  }
  worker().start();
  await clock.advance(60_000);
  expect(messenger.sent.map(({ summary }) => Number(summary))).toEqual(
    Array.from({ length: 150 }, (_, index) => index),
  );
  expect(violations(messenger.sent)).toEqual([]);
});

it('sends from one process at a time, and from another one when the first is gone', async () => {
  const { clock, worker, enqueue, messenger, arrivals } = await deliveryBed();
  const [one, two] = [worker({ instance: 'one' }), worker({ instance: 'two' })];
  one.start();
  await clock.advance(10);
  two.start();
  await enqueue(...Array.from({ length: 20 }, (_, index) => aDraft('chat', `${index}`)));
  await clock.advance(3000);
  expect([one.view().isSender, two.view().isSender]).toEqual([true, false]);
  await one.stop();
  await clock.advance(60_000);
  expect(two.view().isSender).toBe(true);
  expect(arrivals()).toEqual(Array.from({ length: 20 }, (_, index) => `post chat: ${index}`));
  expect(violations(messenger.sent)).toEqual([]);
});

/** The same store, which can be taken away. */
const breakable = (store: BotStore) => {
  let isDown = false;
  const up = () => {
    if (isDown) throw new AppError('unavailable', 'the database is down');
  };
  const broken: BotStore = {
    ...store,
    outbox: {
      ...store.outbox,
      backlog: async () => {
        up();
        return store.outbox.backlog();
      },
      claimQueue: async (...call) => {
        up();
        return store.outbox.claimQueue(...call);
      },
      leave: async (...call) => {
        up();
        return store.outbox.leave(...call);
      },
    },
    transaction: async (work) => {
      up();
      return store.transaction(work);
    },
  };
  return {
    store: broken,
    setDown: (down: boolean) => {
      isDown = down;
    },
  };
};

it('waits for a store that is down, and goes on', async () => {
  const { clock, store, worker, enqueue, arrivals } = await deliveryBed();
  const kept = breakable(store);
  const delivery = worker({ store: kept.store });
  kept.setDown(true);
  delivery.start();
  await enqueue(aDraft('chat', 'a'));
  await clock.advance(60_000);
  expect(delivery.view().ok).toBe(false);
  expect(arrivals()).toEqual([]);
  kept.setDown(false);
  await clock.advance(1000);
  expect(arrivals()).toEqual(['post chat: a']);
  expect(delivery.view().ok).toBe(true);
});

it('tries a conversation again in a second whose message could not be read for a moment', async () => {
  const { clock, store, worker, enqueue, arrivals } = await deliveryBed();
  let fails = 1;
  const outbox = {
    ...store.outbox,
    next: async (...call: Parameters<BotStore['outbox']['next']>) => {
      fails -= 1;
      if (fails >= 0) throw new AppError('store-down', 'the store is locked');
      return store.outbox.next(...call);
    },
  };
  await enqueue(aDraft('chat', 'a'));
  worker({ store: { ...store, outbox } }).start();
  await clock.advance(2500);
  expect(arrivals()).toEqual(['post chat: a']);
});

it('writes down what was sent while the store was down, and does not send it again', async () => {
  const { clock, store, worker, enqueue, messenger, arrivals, place } = await deliveryBed();
  const kept = breakable(store);
  const delivery = worker({ store: kept.store });
  const release = messenger.hold();
  delivery.start();
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  await clock.advance(1000);
  kept.setDown(true);
  release();
  await clock.advance(4 * leaseMs);
  expect(arrivals()).toEqual(['post chat: a']);
  kept.setDown(false);
  await clock.advance(leaseMs + 5000);
  expect(arrivals()).toEqual(['post chat: a', 'post chat: b']);
  expect(await place()).toMatchObject({ sent: 2, failed: 0 });
});

it('draws a card that takes longer than a lease once, and sends it once (A1)', async () => {
  const { clock, worker, enqueue, arrivals } = await deliveryBed();
  await enqueue(aDraft('chat', 'slow'));
  let drawn = 0;
  const render: Render = async (item, place) => {
    drawn += 1;
    await clock.sleep(4 * leaseMs);
    return plainRender(item, place);
  };
  const workers = [worker({ render }), worker({ render, instance: 'two' })];
  for (const one of workers) one.start();
  await clock.advance(10 * leaseMs);
  expect(drawn).toBe(1);
  expect(arrivals()).toEqual(['post chat: slow']);
});

it('stays the one that sends while all it sends at once takes long (A1)', async () => {
  const { clock, worker, enqueue, arrivals } = await deliveryBed([aPlace('chat'), aPlace('ops')]);
  const render: Render = async (item, place) => {
    await clock.sleep(2 * leaseMs);
    return plainRender(item, place);
  };
  const one = worker({ render, queuesAtOnce: 1 });
  const two = worker({ instance: 'two' });
  await enqueue(aDraft('chat', 'slow'));
  one.start();
  await clock.advance(100);
  two.start();
  await enqueue(aDraft('ops', 'other'));
  await clock.advance(leaseMs);
  expect([one.view().isSender, two.view().isSender]).toEqual([true, false]);
  await clock.advance(4 * leaseMs);
  expect(arrivals()).toEqual(['post chat: slow', 'post ops: other']);
});
