import { expect, it } from 'vitest';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import type { Address } from '../../src/platform/messenger.ts';
import { fakeClock } from '../fakes/clock.ts';

const address = (conversationId = 'c1', tenantId = 't1'): Address => ({
  tenantId,
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  conversationId,
  kind: 'personal',
  botId: '28:bot',
  channelId: 'msteams',
});

const open = () => {
  const clock = fakeClock(0);
  const lanes = createRateLimiter({ clock });
  const entered: { readonly name: string; readonly at: number }[] = [];
  const enter = (name: string, to = address(), signal?: AbortSignal) =>
    lanes.enter(to, signal).then(() => void entered.push({ name, at: clock.now() }));
  return { clock, lanes, entered, enter };
};

it('lets twelve commands of one conversation through in order and within the limits', async () => {
  const { clock, entered, enter } = open();
  const all = Array.from({ length: 12 }, (_, index) => enter(`${index}`));
  await clock.advance(3000);
  await Promise.all(all);
  expect(entered.map(({ name }) => Number(name))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(entered.map(({ at }) => at)).toEqual([0, 0, 0, 0, 0, 0, 0, 1100, 2100, 2100, 2100, 2100]);
});

it('counts the threads of a channel together and conversations apart', async () => {
  const { clock, entered, enter } = open();
  for (const thread of ['1', '2']) {
    for (let sent = 0; sent < 4; sent += 1) void enter(thread, address(`19:a;messageid=${thread}`));
  }
  void enter('other', address('19:b'));
  await clock.advance(0);
  expect(entered.filter(({ name }) => name !== 'other')).toHaveLength(7);
  expect(entered).toContainEqual({ name: 'other', at: 0 });
});

it('keeps a tenant below fifty a second over all its conversations, and other tenants out of it', async () => {
  const { clock, entered, enter } = open();
  for (let index = 0; index < 60; index += 1) void enter('here', address(`c${index}`));
  void enter('elsewhere', address('c0', 't2'));
  await clock.advance(1000);
  expect(entered.filter(({ name }) => name === 'here')).toHaveLength(50);
  expect(entered).toContainEqual({ name: 'elsewhere', at: 0 });
  await clock.advance(100);
  expect(entered.filter(({ name }) => name === 'here')).toHaveLength(60);
});

it('lets somebody give up at once without holding up those behind', async () => {
  const { clock, entered, enter } = open();
  for (let sent = 0; sent < 7; sent += 1) await enter('early');
  const ahead = enter('ahead');
  const impatient = new AbortController();
  const left = enter('impatient', address(), impatient.signal);
  const behind = enter('behind');
  impatient.abort(new Error('enough'));
  await expect(left).rejects.toThrow('enough');
  await clock.advance(2100);
  await Promise.all([ahead, behind]);
  expect(entered.slice(7).map(({ name }) => name)).toEqual(['ahead', 'behind']);
});

it('gives a dispensable slot only while plenty are left', async () => {
  const { lanes, enter } = open();
  expect(lanes.tryEnter(address())).toBe(true);
  expect(lanes.tryEnter(address())).toBe(true);
  expect(lanes.tryEnter(address())).toBe(true);
  expect(lanes.tryEnter(address())).toBe(false);
  await enter('an answer');
});

it('gives no dispensable slot while somebody waits', async () => {
  const { clock, lanes, enter } = open();
  for (let sent = 0; sent < 8; sent += 1) void enter('answer');
  await clock.advance(0);
  expect(lanes.tryEnter(address())).toBe(false);
  await clock.advance(1100);
});

it('does not wait for a clock that was set back', async () => {
  const ahead = fakeClock(3_600_000);
  let now = () => ahead.now();
  const lanes = createRateLimiter({ clock: { now: () => now(), sleep: ahead.sleep } });
  for (let sent = 0; sent < 8; sent += 1) lanes.tryEnter(address());
  now = () => 0;
  await lanes.enter(address());
  expect(lanes.tryEnter(address())).toBe(true);
});

it('knows when a conversation has room again, whatever its tenant has', async () => {
  const { clock, lanes, enter } = open();
  expect(lanes.freeAt(address())).toBe(0);
  for (let sent = 0; sent < 7; sent += 1) await enter('here');
  expect(lanes.freeAt(address())).toBe(1100);
  expect(lanes.freeAt(address('c1;messageid=1'))).toBe(1100);
  for (let index = 0; index < 43; index += 1) await enter('there', address(`d${index}`));
  expect(lanes.freeAt(address('c2'))).toBe(0);
  await clock.advance(1100);
  expect(lanes.freeAt(address())).toBe(1100);
});

it('counts what another process sent', async () => {
  const { clock, lanes, enter } = open();
  await clock.advance(3_600_000);
  const now = clock.now();
  lanes.restore(address(), [0, now - 900, now - 800, now - 700, now - 600, now - 500]);
  await enter('a');
  expect(lanes.freeAt(address())).toBe(now);
  await enter('b');
  expect(lanes.freeAt(address())).toBe(now + 200);
});
