import { expect, it } from 'vitest';
import { answerRule, mayRepeat, retryDelay } from '../../src/delivery/outcome.ts';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { replyMessenger } from '../../src/delivery/reply-messenger.ts';
import type { Address, Delivery, Messenger } from '../../src/platform/messenger.ts';
import { instantClock } from '../fakes/clock.ts';

type Reason = Extract<Delivery, { ok: false }>['reason'];
const failed = (reason: Reason, retryAfterMs?: number): Delivery => ({
  ok: false,
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

it.each<readonly [Reason, boolean, boolean]>([
  ['throttled', true, true],
  ['transient', true, true],
  ['ambiguous', false, true],
  ['gone', false, false],
  ['message-gone', false, false],
  ['denied', false, false],
  ['unauthorized', true, true],
  ['broken', false, false],
  ['too-large', false, false],
  ['wrong-host', false, false],
])('%s: a post again %s, an update again %s', (reason, post, update) => {
  expect(mayRepeat(failed(reason), 'post')).toBe(post);
  expect(mayRepeat(failed(reason), 'update')).toBe(update);
});

it('waits as long as Teams says', () => {
  expect(retryDelay(failed('throttled', 4000), 'post', 1, () => 0)).toBe(4000);
});

it('waits longer each time, and not all for the same time', () => {
  const wait = (attempt: number, random: number) =>
    retryDelay(failed('transient'), 'post', attempt, () => random);
  expect([wait(1, 0), wait(2, 0), wait(3, 0)]).toEqual([250, 500, 1000]);
  expect([wait(1, 1), wait(2, 1), wait(3, 1)]).toEqual([500, 1000, 2000]);
  expect(wait(20, 1)).toBe(30_000);
});

const address: Address = {
  tenantId: 't',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  conversationId: 'c',
  kind: 'personal',
  botId: '28:bot',
  channelId: 'msteams',
};
const card = { content: {}, summary: 'card' };

const messengerOf = (outcomes: readonly Delivery[]) => {
  const calls: string[] = [];
  const next = (operation: string) => async (): Promise<Delivery> => {
    calls.push(operation);
    return outcomes[calls.length - 1] ?? { ok: true, activityId: 'm1' };
  };
  const messenger: Messenger = {
    post: next('post'),
    update: next('update'),
    typing: next('typing'),
  };
  const clock = instantClock();
  const rateLimiter = createRateLimiter({ clock });
  return {
    calls,
    paced: replyMessenger({ messenger, rateLimiter, clock, random: () => 0 }, answerRule),
  };
};

it('posts again until it works', async () => {
  const { calls, paced } = messengerOf([failed('transient'), failed('throttled', 1000)]);
  expect(await paced.post(address, card)).toEqual({ ok: true, activityId: 'm1' });
  expect(calls).toHaveLength(3);
});

it('gives up after three tries', async () => {
  const { calls, paced } = messengerOf(Array.from({ length: 9 }, () => failed('transient')));
  expect(await paced.post(address, card)).toMatchObject({ reason: 'transient' });
  expect(calls).toHaveLength(3);
});

it('does not begin a wait that ends too late for an answer', async () => {
  const { calls, paced } = messengerOf([failed('throttled', 60_000)]);
  expect(await paced.post(address, card)).toMatchObject({ reason: 'throttled' });
  expect(calls).toHaveLength(1);
});

it('never posts twice what may have arrived, but repeats its update', async () => {
  const posting = messengerOf([failed('ambiguous')]);
  expect(await posting.paced.post(address, card)).toMatchObject({ reason: 'ambiguous' });
  expect(posting.calls).toEqual(['post']);
  const updating = messengerOf([failed('ambiguous')]);
  expect(await updating.paced.update(address, 'm1', card)).toMatchObject({ ok: true });
  expect(updating.calls).toEqual(['update', 'update']);
});

it('leaves out typing where it would cost an answer its slot', async () => {
  const { calls, paced } = messengerOf([]);
  for (let sent = 0; sent < 5; sent += 1) await paced.typing(address);
  expect(calls).toEqual(['typing', 'typing', 'typing']);
});
