import { expect, it } from 'vitest';
import { deliveryBed } from './bed.ts';
import { aDraft, aPlace, conversation } from './drafts.ts';

const chat = conversation('chat');

it('sends what is put into an empty outbox within a second, and at once when it is woken', async () => {
  const { clock, worker, enqueue, messenger, sent } = await deliveryBed();
  const delivery = worker();
  delivery.start();
  await clock.advance(10_400);
  const start = clock.now();
  await enqueue(aDraft('chat', 'first'));
  await clock.advance(1000);
  expect(messenger.sent).toMatchObject([{ summary: 'first' }]);
  expect((messenger.sent[0]?.at ?? 0) - start).toBeLessThanOrEqual(1000);
  await clock.advance(5300);
  await enqueue(aDraft('chat', 'second'));
  delivery.wake();
  await clock.advance(0);
  expect(messenger.sent[1]).toMatchObject({ summary: 'second', at: clock.now() });
  expect(sent.map(({ card }) => card)).toEqual(['first', 'second']);
});

it('sends at its time what is not due yet', async () => {
  const { clock, worker, enqueue, messenger } = await deliveryBed();
  worker().start();
  const due = clock.now() + 3210;
  await enqueue(aDraft('chat', 'a', { dueAt: due }));
  await clock.advance(10_000);
  expect(messenger.sent).toMatchObject([{ at: due }]);
});

it('keeps the order within each conversation', async () => {
  const { clock, worker, enqueue, messenger } = await deliveryBed([aPlace('chat'), aPlace('ops')]);
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  await enqueue(
    ...numbers.flatMap((n) => [aDraft('chat', `chat ${n}`), aDraft('ops', `ops ${n}`)]),
  );
  worker().start();
  await clock.advance(20_000);
  for (const key of ['chat', 'ops']) {
    const here = messenger.sent.filter(({ conversationId }) => conversationId === key);
    expect(here.map(({ summary }) => summary)).toEqual(numbers.map((n) => `${key} ${n}`));
  }
});

it('has one message to a conversation in flight at a time', async () => {
  const { clock, worker, enqueue, messenger, arrivals } = await deliveryBed();
  const release = messenger.hold();
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  worker().start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['post chat: a']);
  release();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['post chat: a', 'post chat: b']);
});

it('does not let a conversation with much to be notified hold up the others', async () => {
  const busy = Array.from({ length: 20 }, (_, index) => `busy-${index}`);
  const { clock, worker, enqueue, messenger } = await deliveryBed(
    [...busy, 'chat'].map((key) => aPlace(key)),
  );
  await enqueue(
    ...busy.flatMap((key) =>
      Array.from({ length: 10 }, (_, index) => aDraft(key, `${key} ${index}`)),
    ),
  );
  worker().start();
  await clock.advance(1500);
  const start = clock.now();
  await enqueue(aDraft('chat', 'the one'));
  await clock.advance(3000);
  const one = messenger.sent.find(({ summary }) => summary === 'the one');
  expect((one?.at ?? Number.POSITIVE_INFINITY) - start).toBeLessThanOrEqual(1500);
});

it('sends the newest state only, once', async () => {
  const { clock, worker, enqueue, arrivals } = await deliveryBed();
  await enqueue(aDraft('chat', 'a', { payload: 'Poor' }));
  await enqueue(aDraft('chat', 'a', { payload: 'Good', kind: 'update' }));
  worker().start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['post chat: Good']);
});

it('changes the last message of a card, and posts where there is none', async () => {
  const { clock, worker, enqueue, messenger, store } = await deliveryBed();
  worker().start();
  for (const [payload, kind] of [
    ['one', 'update'],
    ['two', 'update'],
    ['three', 'post'],
    ['four', 'update'],
  ] as const) {
    await enqueue(aDraft('chat', 'a', { payload, kind }));
    await clock.advance(5000);
  }
  expect(messenger.sent.map(({ operation, id, summary }) => [operation, id, summary])).toEqual([
    ['post', 'm1', 'one'],
    ['update', 'm1', 'two'],
    ['post', 'm2', 'three'],
    ['update', 'm2', 'four'],
  ]);
  expect(await store.cardMessages.list(chat, 'a')).toEqual(['m1', 'm2']);
  expect(await store.installations.find(chat)).toMatchObject({ sent: 4, failed: 0 });
});

it('answers in the thread of the first message in a channel', async () => {
  const { clock, worker, enqueue, arrivals } = await deliveryBed([
    aPlace('19:a@thread.tacv2', { kind: 'channel' }),
  ]);
  worker({
    render: async ({ payload, card }) => ({
      card: { content: {}, summary: `${payload}` },
      ...(card === 'a:end' ? { follows: 'a' } : {}),
    }),
  }).start();
  for (const [card, payload] of [
    ['a', 'bad'],
    ['a', 'worse'],
    ['a:end', 'over'],
    ['b', 'another'],
  ] as const) {
    await enqueue(aDraft('19:a@thread.tacv2', card, { payload }));
    await clock.advance(5000);
  }
  expect(arrivals()).toEqual([
    'post 19:a@thread.tacv2: bad',
    'post 19:a@thread.tacv2;messageid=m1: worse',
    'post 19:a@thread.tacv2;messageid=m1: over',
    'post 19:a@thread.tacv2: another',
  ]);
});

it('is done without a message when there is nothing to send any more', async () => {
  const { clock, worker, enqueue, arrivals, store, sent } = await deliveryBed();
  await enqueue(aDraft('chat', 'nothing'), aDraft('chat', 'a'));
  worker({
    render: async ({ card }) =>
      card === 'nothing' ? undefined : { card: { content: {}, summary: card } },
  }).start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['post chat: a']);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
  expect(sent).toHaveLength(1);
});

it('changes a message that is there, and posts none, for what is shown in place only', async () => {
  const { clock, worker, enqueue, arrivals, store } = await deliveryBed();
  await store.cardMessages.add(chat, 'known', 'm9', 1);
  await enqueue(aDraft('chat', 'known'), aDraft('chat', 'unknown'));
  worker({
    render: async ({ card }) => ({ card: { content: {}, summary: card }, inPlaceOnly: true }),
  }).start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['update chat: known']);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
});

it('gives up what cannot be notified, and goes on with the next', async () => {
  const { clock, worker, enqueue, arrivals, store, failed } = await deliveryBed();
  await enqueue(aDraft('chat', 'odd'), aDraft('chat', 'a'));
  worker({
    render: async ({ card }) => {
      if (card === 'odd') throw new Error('no such thing');
      return { card: { content: {}, summary: card } };
    },
  }).start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['post chat: a']);
  expect(failed).toMatchObject([{ card: 'odd', outcome: 'given-up', error: 'cannot-be-told' }]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
});

it('gives up what is meant for a conversation that nobody knows', async () => {
  const { clock, worker, enqueue, messenger, store } = await deliveryBed([]);
  await enqueue(aDraft('nowhere', 'a'));
  worker().start();
  await clock.advance(5000);
  expect(messenger.sent).toEqual([]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
});

it('shows what waits and what it does', async () => {
  const { clock, worker, enqueue, messenger } = await deliveryBed();
  const delivery = worker();
  delivery.start();
  const release = messenger.hold();
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  const due = clock.now();
  await clock.advance(2000);
  expect(delivery.view()).toEqual({
    waiting: 2,
    oldestDueAt: due,
    sending: 1,
    isSender: true,
    ok: true,
  });
  release();
  await clock.advance(2000);
  expect(delivery.view()).toEqual({ waiting: 0, sending: 0, isSender: true, ok: true });
});
