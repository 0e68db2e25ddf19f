import { expect, it } from 'vitest';
import { createGate } from '../../../src/features/bulk/gate.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { fakeClock, settle } from '../../fakes/clock.ts';

const never = new AbortController().signal;
const busy = (retryAfterMs: number) =>
  new AppError('rate-limited', 'busy', { retryAfterMs, status: 429 });

/** A gate with calls that end when they are told to. */
const opened = (most: number) => {
  const clock = fakeClock();
  const gate = createGate(clock, most);
  const underWay: ((refused?: AppError) => void)[] = [];
  const begin = (many: number) =>
    Array.from({ length: many }, () =>
      gate.call(
        () =>
          new Promise<void>((done, fail) => {
            underWay.push((refused) => (refused === undefined ? done() : fail(refused)));
          }),
        never,
      ),
    );
  const end = async (refused?: AppError): Promise<void> => {
    underWay.shift()?.(refused);
    await settle();
  };
  return { clock, gate, underWay, begin, end };
};

it('lets so many calls through at once, and half as many after a 429, all of them when it says', async () => {
  const { clock, underWay, begin, end } = opened(8);
  const all = Promise.all(begin(20));
  await settle();
  expect(underWay.length).toBe(8);
  await end(busy(30_000));
  while (underWay.length > 0) await end();
  await clock.advance(29_000);
  await settle();
  expect(underWay.length).toBe(0);
  await clock.advance(1000);
  await settle();
  expect(underWay.length).toBe(4);
  while (underWay.length > 0) await end();
  await all;
});

it('makes a call that may be made once no second time, but waits with the others', async () => {
  const { clock, gate, underWay, begin, end } = opened(1);
  let made = 0;
  const once = gate.call(
    async () => {
      made += 1;
      throw busy(5000);
    },
    never,
    { once: true },
  );
  await expect(once).rejects.toMatchObject({ code: 'rate-limited' });
  const [next] = begin(1);
  await settle();
  expect([made, underWay.length]).toEqual([1, 0]);
  await clock.advance(5000);
  await settle();
  await end();
  await next;
  expect(made).toBe(1);
});

it('lets changes go before reads, so that none grows old behind them, and lists before both', async () => {
  const { gate, underWay, begin, end } = opened(1);
  const all = Promise.all(begin(3));
  const order: string[] = [];
  const change = gate.call(async () => void order.push('change'), never, { is: 'change' });
  const read = gate.call(async () => void order.push('read'), never);
  const list = gate.call(async () => void order.push('list'), never, { is: 'list' });
  await settle();
  await end();
  expect(order).toEqual(['list', 'change']);
  while (underWay.length > 0) await end();
  await Promise.all([all, change, read, list]);
  expect(order).toEqual(['list', 'change', 'read']);
});

it('waits with the account for what another call was asked, as fast as before after it', async () => {
  const { clock, gate, underWay, begin, end } = opened(4);
  const unmade = (retryAfterMs: number) => new AppError('rate-limited', 'wait', { retryAfterMs });
  const all = Promise.all(begin(4));
  let made = 0;
  const count = async (): Promise<void> => {
    made += 1;
  };
  const reconnect = gate.call(count, never, { once: true });
  await settle();
  for (let call = 0; call < 4; call += 1) await end(unmade(20_000));
  await clock.advance(19_999);
  await settle();
  expect([made, underWay.length]).toEqual([0, 0]);
  await clock.advance(1);
  await settle();
  expect(made + underWay.length).toBeGreaterThanOrEqual(4);
  while (underWay.length > 0) await end();
  await Promise.all([all, reconnect]);
  expect(made).toBe(1);
  // However long it says, one call finds out after an hour.
  const [late] = begin(1);
  await settle();
  await end(busy(365 * 24 * 60 * 60_000));
  await clock.advance(60 * 60_000);
  await settle();
  await end();
  await late;
});
