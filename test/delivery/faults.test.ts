import { describe, expect, it } from 'vitest';
import { governmentHost } from '../../src/delivery/outcome.ts';
import type { Delivery } from '../../src/platform/messenger.ts';
import { deliveryBed } from './bed.ts';
import { aDraft, aPlace, conversation } from './drafts.ts';

type Reason = Extract<Delivery, { ok: false }>['reason'];
const failed = (reason: Reason, code: string, retryAfterMs?: number): Delivery => ({
  ok: false,
  reason,
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const minute = 60_000;

it('tries again when Teams says, and lets nothing overtake meanwhile', async () => {
  const { clock, worker, enqueue, messenger } = await deliveryBed([aPlace('chat'), aPlace('ops')]);
  messenger.answer(failed('throttled', 'Throttled', 30_000));
  await enqueue(aDraft('chat', 'a'));
  worker().start();
  await clock.advance(1000);
  await enqueue(aDraft('chat', 'b'), aDraft('ops', 'c'));
  await clock.advance(60_000);
  expect(messenger.sent.map(({ summary }) => summary)).toEqual(['a', 'c', 'a', 'b']);
  const [first, , again] = messenger.sent;
  expect((again?.at ?? 0) - (first?.at ?? 0)).toBe(30_000);
});

it('gives up after an hour, counts it, and sends what came later', async () => {
  const bed = await deliveryBed();
  const { clock, worker, enqueue, messenger, store } = bed;
  messenger.answer(...Array.from({ length: 1000 }, () => failed('transient', '503', 5 * minute)));
  await enqueue(aDraft('chat', 'a'));
  worker().start();
  const start = clock.now();
  await clock.advance(66 * minute);
  const last = messenger.sent.at(-1)?.at ?? 0;
  expect(last - start).toBe(60 * minute);
  expect(messenger.sent).toHaveLength(13);
  expect(bed.failed).toMatchObject([{ card: 'a', outcome: 'given-up', error: '503' }]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
  expect(await bed.place()).toMatchObject({ state: 'alive', failed: 1, lastError: '503' });
});

it('counts the hour from the first failure, also over a restart', async () => {
  const { clock, worker, enqueue, messenger, failed: given } = await deliveryBed();
  messenger.answer(...Array.from({ length: 1000 }, () => failed('transient', '503', 5 * minute)));
  await enqueue(aDraft('chat', 'a'));
  const first = worker();
  first.start();
  await clock.advance(31 * minute);
  await first.stop();
  worker().start();
  await clock.advance(28 * minute);
  expect(given).toEqual([]);
  await clock.advance(2 * minute);
  expect(given).toHaveLength(1);
});

it('takes a conversation for dead, with its reason, until somebody there speaks again', async () => {
  const bed = await deliveryBed();
  const { clock, worker, enqueue, messenger, store } = bed;
  messenger.answer(failed('gone', 'BotNotInConversationRoster'));
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  worker().start();
  await clock.advance(5000);
  await enqueue(aDraft('chat', 'c'));
  await clock.advance(5000);
  expect(messenger.sent).toHaveLength(1);
  expect(await bed.place()).toMatchObject({
    state: 'dead',
    deadReason: 'BotNotInConversationRoster',
    failed: 1,
  });
  expect(bed.failed).toMatchObject([{ card: 'a', outcome: 'conversation-dead' }]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
  await store.installations.refresh(aPlace('chat'));
  await enqueue(aDraft('chat', 'd'));
  await clock.advance(5000);
  expect(messenger.sent.at(-1)).toMatchObject({ summary: 'd' });
});

it('posts again what was to change a message that is gone', async () => {
  const { clock, worker, enqueue, messenger, store, arrivals } = await deliveryBed();
  await store.cardMessages.add(conversation('chat'), 'a', 'old', 1);
  messenger.answer(failed('message-gone', 'ActivityNotFoundInConversation'));
  await enqueue(aDraft('chat', 'a', { kind: 'update' }));
  worker().start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['update chat: a', 'post chat: a']);
  expect(await store.cardMessages.list(conversation('chat'), 'a')).toEqual(['m1']);
});

it('begins a new thread where the first message is gone', async () => {
  const { clock, worker, enqueue, messenger, store, arrivals } = await deliveryBed([
    aPlace('19:a', { kind: 'channel' }),
  ]);
  await store.cardMessages.add(conversation('19:a'), 'a', 'root', 1);
  messenger.answer(failed('gone', 'ConversationNotFound'));
  await enqueue(aDraft('19:a', 'a'));
  worker().start();
  await clock.advance(5000);
  expect(arrivals()).toEqual(['post 19:a;messageid=root: a', 'post 19:a: a']);
  expect(await store.installations.find(conversation('19:a'))).toMatchObject({ state: 'alive' });
});

it('moves to the government host when Teams wants it, and sends again', async () => {
  const { clock, worker, enqueue, messenger, place } = await deliveryBed();
  messenger.answer(failed('wrong-host', 'InvalidBotApiHost'));
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  worker().start();
  await clock.advance(5000);
  expect(messenger.sent.map(({ summary, serviceUrl }) => [summary, serviceUrl])).toEqual([
    ['a', 'https://smba.trafficmanager.net/emea/'],
    ['a', governmentHost],
    ['b', governmentHost],
  ]);
  expect(await place()).toMatchObject({ serviceUrl: governmentHost });
});

it('does not post again what may have arrived, and counts it', async () => {
  const bed = await deliveryBed();
  const { clock, worker, enqueue, messenger, store, arrivals } = bed;
  messenger.answer(failed('ambiguous', 'ECONNRESET'));
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  worker().start();
  await clock.advance(minute);
  expect(arrivals()).toEqual(['post chat: a', 'post chat: b']);
  expect(bed.failed).toMatchObject([{ card: 'a', outcome: 'unsure', error: 'ECONNRESET' }]);
  expect(await bed.place()).toMatchObject({ sent: 1, failed: 1, lastError: 'ECONNRESET' });
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
});

it('repeats an update that may have arrived', async () => {
  const { clock, worker, enqueue, messenger, store, arrivals } = await deliveryBed();
  await store.cardMessages.add(conversation('chat'), 'a', 'm9', 1);
  messenger.answer(failed('ambiguous', 'ECONNRESET'));
  await enqueue(aDraft('chat', 'a', { kind: 'update' }));
  worker().start();
  await clock.advance(minute);
  expect(arrivals()).toEqual(['update chat: a', 'update chat: a']);
});

it.each<readonly [Reason, string]>([
  ['denied', 'Bad Argument'],
  ['too-large', 'MessageSizeTooBig'],
])('gives up at once what is %s, and goes on', async (reason, code) => {
  const bed = await deliveryBed();
  const { clock, worker, enqueue, messenger, arrivals } = bed;
  messenger.answer(failed(reason, code));
  await enqueue(aDraft('chat', 'a'), aDraft('chat', 'b'));
  worker().start();
  await clock.advance(minute);
  expect(arrivals()).toEqual(['post chat: a', 'post chat: b']);
  expect(bed.failed).toMatchObject([{ card: 'a', outcome: 'given-up', error: code }]);
});

describe('an outage of the bot’s own (A4)', () => {
  const hour = 60 * minute;

  it.each<readonly [Reason, string]>([
    ['unauthorized', '401'],
    ['unauthorized', 'invalid_client'],
    ['broken', '500'],
  ])('gives nothing up while it is %s %s for hours, and sends the newest state', async (...why) => {
    const {
      clock,
      worker,
      enqueue,
      messenger,
      place,
      arrivals,
      failed: lost,
    } = await deliveryBed();
    messenger.answer(...Array.from({ length: 600 }, () => failed(...why)));
    await enqueue(aDraft('chat', 'a', { payload: 'old' }));
    const first = worker();
    first.start();
    await clock.advance(minute);
    await first.stop();
    await enqueue(aDraft('chat', 'a', { payload: 'new' }));
    await clock.advance(4 * hour);
    const one = worker();
    one.start();
    await clock.advance(minute);
    expect(one.view()).toMatchObject({ ok: why[0] === 'broken', waiting: 1 });
    messenger.forgive();
    await clock.advance(2 * minute);
    expect(arrivals().at(-1)).toBe('post chat: new');
    expect(one.view()).toMatchObject({ ok: true, waiting: 0 });
    expect(lost).toEqual([]);
    expect(await place()).toMatchObject({ state: 'alive' });
  });

  it('does not count towards giving up what comes after it', async () => {
    const { clock, worker, enqueue, messenger, arrivals, failed: lost } = await deliveryBed();
    messenger.answer(failed('unauthorized', '401'));
    await enqueue(aDraft('chat', 'a'));
    const first = worker();
    first.start();
    await clock.advance(100);
    await first.stop();
    await clock.advance(4 * hour);
    messenger.answer(failed('transient', '503'));
    worker().start();
    await clock.advance(minute);
    expect(arrivals()).toEqual(['post chat: a', 'post chat: a', 'post chat: a']);
    expect(lost).toEqual([]);
  });

  it('is over when nothing is left to send, and when Teams says anything else', async () => {
    const { clock, store, worker, enqueue, messenger } = await deliveryBed();
    messenger.answer(failed('unauthorized', '401'), failed('unauthorized', '401'));
    await enqueue(aDraft('chat', 'a'));
    const one = worker();
    one.start();
    await clock.advance(100);
    expect(one.view().ok).toBe(false);
    await store.outbox.abandon(conversation('chat'), 'the bot was removed', clock.now());
    await clock.advance(3000);
    expect(one.view()).toMatchObject({ ok: true, waiting: 0 });
    messenger.answer(failed('denied', 'Bad Argument'));
    await enqueue(aDraft('chat', 'b'), aDraft('chat', 'c'));
    one.wake();
    await clock.advance(100);
    expect(one.view().ok).toBe(false);
    await clock.advance(minute);
    expect(one.view()).toMatchObject({ ok: true, waiting: 0 });
  });

  it('lets others pass a message that Teams answers with 500 again and again', async () => {
    const { clock, worker, enqueue, messenger, arrivals } = await deliveryBed();
    messenger.answer(...Array.from({ length: 15 }, () => failed('broken', '500')));
    await enqueue(aDraft('chat', 'bad'), aDraft('chat', 'good'));
    worker().start();
    await clock.advance(11 * minute);
    expect(arrivals().slice(0, 15)).toEqual(Array(15).fill('post chat: bad'));
    expect(arrivals()[15]).toBe('post chat: good');
  });

  it('asks nobody else while the credentials are refused, and goes on with all', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `chat-${index}`);
    const { clock, worker, enqueue, messenger } = await deliveryBed(keys.map((key) => aPlace(key)));
    messenger.answer(...Array.from({ length: 600 }, () => failed('unauthorized', '401')));
    await enqueue(...keys.map((key) => aDraft(key, 'a')));
    const one = worker();
    one.start();
    await clock.advance(10 * minute);
    expect(messenger.sent.length).toBeLessThan(16 + 10 * 6 + 1);
    expect(one.refusal(conversation('chat-0'))).toBe('everywhere');
    messenger.forgive();
    const before = messenger.sent.length;
    await clock.advance(2 * minute);
    expect(
      new Set(messenger.sent.slice(before).map(({ conversationId }) => conversationId)).size,
    ).toBe(20);
  });

  it('makes no other conversation wait where one alone answers 401', async () => {
    const places = [aPlace('odd'), aPlace('chat'), aPlace('ops')];
    const { clock, worker, enqueue, arrivals, messenger } = await deliveryBed(places);
    const one = worker({
      messenger: {
        ...messenger,
        post: async (to, card, slot) => {
          const delivery = await messenger.post(to, card, slot);
          return to.conversationId === 'odd' ? failed('unauthorized', '401') : delivery;
        },
      },
    });
    await enqueue(aDraft('odd', 'a'));
    one.start();
    await clock.advance(1000);
    expect(one.view().ok).toBe(false);
    for (const round of [1, 2, 3, 4]) {
      const start = clock.now();
      await enqueue(aDraft('chat', `${round}`), aDraft('ops', `${round}`));
      await clock.advance(1000);
      const others = messenger.sent.filter(({ conversationId }) => conversationId !== 'odd');
      expect(others).toHaveLength(2 * round);
      expect((others.at(-1)?.at ?? Number.POSITIVE_INFINITY) - start).toBeLessThanOrEqual(1000);
      await clock.advance(minute);
      expect(one.view()).toMatchObject({ ok: true, waiting: 1 });
    }
    expect(one.refusal(conversation('odd'))).toBe('here');
    expect(one.refusal(conversation('chat'))).toBeUndefined();
    expect(arrivals().filter((line) => line.startsWith('post odd')).length).toBeGreaterThan(3);
  });

  it('makes all wait at once where there is no token at all', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `chat-${index}`);
    const { clock, worker, enqueue, messenger } = await deliveryBed(keys.map((key) => aPlace(key)));
    const noToken = { ...failed('unauthorized', 'invalid_client'), everywhere: true } as const;
    messenger.answer(...Array.from({ length: 600 }, () => noToken));
    await enqueue(aDraft('chat-0', 'a'));
    const one = worker();
    one.start();
    await clock.advance(500);
    await enqueue(...keys.map((key) => aDraft(key, 'b')));
    await clock.advance(9000);
    expect(messenger.sent).toHaveLength(1);
    expect(one.refusal(conversation('chat-1'))).toBe('everywhere');
  });
});
