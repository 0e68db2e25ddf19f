import { expect, it } from 'vitest';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { createSharedPace } from '../../src/delivery/shared-pace.ts';
import type { Leases } from '../../src/platform/store.ts';
import { deliveryBed } from './bed.ts';
import { aDraft, aPlace } from './drafts.ts';
import { violations } from './violations.ts';

const address = { ...aPlace('chat'), conversationId: 'chat' };

const open = async (leases?: Leases) => {
  const bed = await deliveryBed();
  const { clock, store } = bed;
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `${ids}`;
  };
  const instance = () =>
    createRateLimiter({
      clock,
      shared: createSharedPace({ leases: leases ?? store.leases, clock, newId }),
    });
  const sent: { readonly conversationId: string; readonly at: number }[] = [];
  const answer = async (rateLimiter: ReturnType<typeof instance>, to = address): Promise<void> => {
    const { written } = await rateLimiter.enter(to);
    sent.push({ conversationId: to.conversationId, at: clock.now() });
    written();
  };
  return { ...bed, instance, sent, answer };
};

it('G15: keeps seven a second to a conversation over the answers of two instances and the notifications of one', async () => {
  const { clock, instance, sent, answer, worker, enqueue, messenger } = await open();
  const [one, two] = [instance(), instance()];
  await enqueue(...Array.from({ length: 12 }, (_, index) => aDraft('chat', `${index}`)));
  worker({ rateLimiter: one }).start();
  const answers = Array.from({ length: 24 }, (_, index) => answer(index % 2 === 0 ? one : two));
  const all = () => [...sent, ...messenger.sent];
  while (all().length < 36) await clock.advance(100);
  await Promise.all(answers);
  const times = all()
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  expect(times.filter((at, index) => (times[index + 7] ?? at + 1000) - at < 1000)).toEqual([]);
  expect(times.filter((at, index) => (times[index + 8] ?? at + 2000) - at < 2000)).toEqual([]);
});

it('G15: answers twelve at once through one instance about as fast as Teams allows', async () => {
  const { clock, instance, sent, answer } = await open();
  const one = instance();
  const start = clock.now();
  const answers = Array.from({ length: 12 }, () => answer(one));
  while (sent.length < 12) await clock.advance(50);
  await Promise.all(answers);
  expect(violations(sent)).toEqual([]);
  expect((sent.at(-1)?.at ?? 0) - start).toBeLessThanOrEqual(3000);
});

it('G15: leaves an indicator out where another instance has sent', async () => {
  const { instance, answer } = await open();
  const [one, two] = [instance(), instance()];
  for (let index = 0; index < 7; index += 1) await answer(one);
  expect(await two.tryEnter(address)).toBeUndefined();
  expect(await two.tryEnter({ ...address, conversationId: 'other' })).toBeDefined();
});

it('G15: holds no answer back while the store is down, nor what is called off', async () => {
  const down = (): Promise<never> => Promise.reject(new Error('down'));
  const { instance, answer, sent } = await open({ acquire: down, renew: down, release: down });
  await answer(instance());
  expect(sent).toHaveLength(1);
  const full = await open();
  const [one, two] = [full.instance(), full.instance()];
  for (let index = 0; index < 7; index += 1) await full.answer(one);
  const stop = new AbortController();
  const left = two.enter(address, { signal: stop.signal });
  const ended = expect(left).rejects.toThrow('enough');
  await full.clock.advance(100);
  stop.abort(new Error('enough'));
  await ended;
});
