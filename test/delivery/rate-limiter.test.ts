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
  const rateLimiter = createRateLimiter({ clock });
  const entered: { readonly name: string; readonly at: number }[] = [];
  const enter = (name: string, to = address(), signal?: AbortSignal) =>
    rateLimiter.enter(to, signal === undefined ? {} : { signal }).then(({ over }) => {
      entered.push({ name, at: clock.now() });
      over();
    });
  return { clock, rateLimiter, entered, enter };
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
  await clock.advance(999);
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
  const { rateLimiter, enter } = open();
  expect(await rateLimiter.tryEnter(address())).toBeDefined();
  expect(await rateLimiter.tryEnter(address())).toBeDefined();
  expect(await rateLimiter.tryEnter(address())).toBeDefined();
  expect(await rateLimiter.tryEnter(address())).toBeUndefined();
  await enter('an answer');
});

it('gives no dispensable slot while somebody waits', async () => {
  const { clock, rateLimiter, enter } = open();
  for (let sent = 0; sent < 8; sent += 1) void enter('answer');
  await clock.advance(0);
  expect(await rateLimiter.tryEnter(address())).toBeUndefined();
  await clock.advance(1100);
});

it('does not wait for a clock that was set back', async () => {
  const { clock, rateLimiter, enter, entered } = open();
  for (let sent = 0; sent < 7; sent += 1) await enter('before');
  clock.setWall(-3_600_000);
  rateLimiter.restore(address(), [clock.now() + 3_600_000]);
  void enter('after');
  await clock.advance(1100);
  expect(entered.at(-1)?.name).toBe('after');
});

it('knows when a conversation has room again, whatever its tenant has', async () => {
  const { clock, rateLimiter, enter } = open();
  expect(rateLimiter.roomIn(address())).toBe(0);
  for (let sent = 0; sent < 7; sent += 1) await enter('here');
  expect(rateLimiter.roomIn(address())).toBe(1100);
  expect(rateLimiter.roomIn(address('c1;messageid=1'))).toBe(1100);
  for (let index = 0; index < 43; index += 1) void enter('there', address(`d${index}`));
  await clock.advance(800);
  expect(rateLimiter.roomIn(address('c2'))).toBe(0);
  await clock.advance(300);
  expect(rateLimiter.roomIn(address())).toBe(0);
});

it('counts what another process sent', async () => {
  const { clock, rateLimiter, enter } = open();
  const now = clock.now();
  rateLimiter.restore(address(), [
    now - 1200,
    now - 900,
    now - 800,
    now - 700,
    now - 600,
    now - 500,
  ]);
  await enter('a');
  expect(rateLimiter.roomIn(address())).toBe(0);
  await enter('b');
  expect(rateLimiter.roomIn(address())).toBe(900);
});

it('A10: counts a slot until its bytes are out, and its windows from then on', async () => {
  const { clock, rateLimiter } = open();
  const slots = await Promise.all(Array.from({ length: 7 }, () => rateLimiter.enter(address())));
  let eighth = false;
  const last = rateLimiter.enter(address()).then(() => {
    eighth = true;
  });
  await clock.advance(60_000);
  expect(eighth).toBe(false);
  expect(rateLimiter.roomIn(address())).toBeGreaterThan(0);
  slots[0]?.written();
  slots[0]?.written();
  await clock.advance(1000);
  expect(eighth).toBe(false);
  await clock.advance(100);
  await last;
});

it('A10: lets no second of Teams have more than fifty, whichever of them are late', async () => {
  const { clock, rateLimiter } = open();
  const arrivals: number[] = [];
  const call = async (index: number): Promise<void> => {
    const { written, over } = await rateLimiter.enter(address(`c${index}`));
    // Mostly prompt; every seventh of them arrives as late as it may, and is answered much later.
    const isLate = index % 7 === 0;
    await clock.sleep(index % 3);
    written();
    await clock.sleep(isLate ? 39 : index % 5);
    arrivals.push(clock.now());
    await clock.sleep(isLate ? 250 : 1);
    over();
  };
  const calls = Array.from({ length: 300 }, (_, index) => call(index));
  while (arrivals.length < calls.length) await clock.advance(1);
  await clock.advance(300);
  await Promise.all(calls);
  const tooMany = arrivals.filter((at, index) => (arrivals[index + 50] ?? at + 1000) - at < 1000);
  expect(tooMany).toEqual([]);
  // At best they are there after 5.8 seconds.
  expect(arrivals.at(-1)).toBeLessThan(6300);
});

it('A10: counts a call of a tenant from its answer, or from a moment after its bytes are out', async () => {
  const { clock, rateLimiter } = open();
  const slots = await Promise.all(
    Array.from({ length: 12 }, (_, index) => rateLimiter.enter(address(`c${index}`))),
  );
  let more = 0;
  for (const name of ['e', 'f', 'g'])
    void rateLimiter.enter(address(name)).then((slot) => {
      more += 1;
      slot.over();
    });
  for (const { written } of slots) written();
  await clock.advance(10);
  slots[3]?.over();
  slots[3]?.over();
  // The answer to a call that has arrived long ago by all that is known says nothing new.
  await clock.advance(50);
  slots[4]?.over();
  await clock.advance(149);
  expect(more).toBe(0);
  await clock.advance(1);
  expect(more).toBe(1);
  await clock.advance(30);
  expect(more).toBe(3);
});

it('A10: counts what is in hand over all conversations of a tenant', async () => {
  const { clock, rateLimiter, entered, enter } = open();
  const slots = await Promise.all(
    Array.from({ length: 12 }, (_, index) => rateLimiter.enter(address(`c${index}`))),
  );
  void enter('more', address('other'));
  await clock.advance(60_000);
  expect(await rateLimiter.tryEnter(address('yet another'))).toBeUndefined();
  expect(entered).toEqual([]);
  for (const { over } of slots) over();
  await clock.advance(200);
  expect(entered).toHaveLength(1);
});

it('A10: counts questions about members towards the tenant, and apart within a conversation', async () => {
  const { clock, rateLimiter } = open();
  let asked = 0;
  for (let index = 0; index < 60; index += 1)
    void rateLimiter.enter(address(), { reads: true }).then(({ over }) => {
      asked += 1;
      over();
    });
  await clock.advance(200);
  expect(asked).toBe(14);
  expect(rateLimiter.roomIn(address())).toBe(0);
  for (let index = 0; index < 36; index += 1)
    void rateLimiter.enter(address(`d${index}`)).then(({ over }) => over());
  await clock.advance(600);
  expect(await rateLimiter.tryEnter(address('e'))).toBeUndefined();
});

it('G8: lets what is urgent go first, in its conversation and in its tenant', async () => {
  const { clock, rateLimiter, entered, enter } = open();
  for (let sent = 0; sent < 7; sent += 1) await enter('early');
  for (let sent = 0; sent < 3; sent += 1) void enter('answer');
  void rateLimiter.enter(address(), { urgent: true }).then(({ over }) => {
    entered.push({ name: 'alert', at: clock.now() });
    over();
  });
  await clock.advance(1100);
  expect(entered.slice(7).map(({ name }) => name)).toEqual(['alert']);
  const elsewhere = open();
  for (let index = 0; index < 50; index += 1) void elsewhere.enter('early', address(`c${index}`));
  await elsewhere.clock.advance(800);
  for (let index = 0; index < 50; index += 1) void elsewhere.enter('answer', address(`d${index}`));
  void elsewhere.rateLimiter.enter(address('e'), { urgent: true }).then(({ over }) => {
    elsewhere.entered.push({ name: 'alert', at: 0 });
    over();
  });
  await elsewhere.clock.advance(215);
  expect(elsewhere.entered[50]?.name).toBe('alert');
});
