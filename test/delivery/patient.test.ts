import { expect, it } from 'vitest';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import type { Render } from '../../src/platform/notice.ts';
import { aGate } from '../fakes/gate.ts';
import { deliveryBed, plainRender } from './bed.ts';
import { aDraft, aPlace } from './drafts.ts';

const isPatient = (payload: unknown): boolean => `${payload}`.startsWith('digest');

it('G8: lets alerts pass digests that take long to draw, in their own conversation and in others', async () => {
  const keys = Array.from({ length: 30 }, (_, index) => `chat-${index}`);
  const bed = await deliveryBed([...keys, 'ops'].map((key) => aPlace(key)));
  const { clock, worker, enqueue, arrivals, messenger, store } = bed;
  const gate = aGate();
  const drawn: string[] = [];
  const render: Render = async (item, place) => {
    if (isPatient(item.payload)) {
      drawn.push(item.conversationKey);
      await gate.opened;
    }
    return plainRender(item, place);
  };
  await enqueue(...keys.map((key) => aDraft(key, 'digest')));
  worker({ render, isPatient }).start();
  await clock.advance(20_000);
  expect(arrivals()).toEqual([]);
  expect(drawn.length).toBeLessThanOrEqual(4);
  const start = clock.now();
  await enqueue(aDraft('chat-0', 'alert'), aDraft('ops', 'alert'));
  await clock.advance(2000);
  expect(arrivals().toSorted()).toEqual(['post chat-0: alert', 'post ops: alert']);
  expect(Math.max(...messenger.sent.map(({ at }) => at)) - start).toBeLessThanOrEqual(1000);
  gate.open();
  await clock.advance(60_000);
  expect(arrivals()).toHaveLength(32);
  expect(drawn.toSorted()).toEqual(keys.toSorted());
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
});

it('G8: lets answers and alerts go before digests', async () => {
  const { clock, worker, enqueue, messenger } = await deliveryBed();
  const rateLimiter = createRateLimiter({ clock });
  await enqueue(...Array.from({ length: 5 }, (_, index) => aDraft('chat', `digest ${index}`)));
  const answers = Array.from({ length: 30 }, () =>
    rateLimiter
      .enter({ ...aPlace('chat'), conversationId: 'chat' })
      .then(({ written }) => written()),
  );
  worker({ isPatient, rateLimiter }).start();
  await clock.advance(3000);
  await enqueue(aDraft('chat', 'alert'));
  await clock.advance(3000);
  expect(messenger.sent.map(({ summary }) => summary)).toEqual(['alert']);
  await clock.advance(120_000);
  await Promise.all(answers);
  expect(messenger.sent).toHaveLength(6);
});

it('G8: draws a digest again that was asked for again, and gives up one that cannot be drawn', async () => {
  const { clock, worker, enqueue, arrivals, failed } = await deliveryBed();
  const render: Render = async (item, place) => {
    if (item.card === 'broken') throw new Error('no such thing');
    return plainRender(item, place);
  };
  await enqueue(
    aDraft('chat', 'one', { payload: 'digest old' }),
    aDraft('chat', 'broken', { payload: 'digest broken' }),
  );
  worker({ isPatient, render }).start();
  await clock.advance(500);
  await enqueue(aDraft('chat', 'one', { payload: 'digest new' }));
  await clock.advance(10_000);
  expect(arrivals()).toEqual(['post chat: digest new']);
  expect(failed).toMatchObject([{ card: 'broken', error: 'cannot-be-told' }]);
});
