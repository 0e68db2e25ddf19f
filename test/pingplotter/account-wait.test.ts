import { expect, it } from 'vitest';
import { fakeClock } from '../fakes/clock.ts';
import { connect, failureOf } from './connect.ts';
import { answer, inTurn, json, rawServer } from './raw-server.ts';

const busy = (seconds: string) => answer(429, '', { 'retry-after': seconds });

/** The server answers the first calls so, and each later one with `true`. */
const started = async (...[first, ...more]: Parameters<typeof inTurn>) => {
  const clock = fakeClock();
  const server = await rawServer(inTurn(first, ...more, json(true)));
  const { pingPlotter } = connect(server.url, { clock });
  return { clock, server, pingPlotter };
};

it.each([
  ['a change', 'bulk'],
  ['a call that is made once', 'once'],
] as const)(
  'after a 429 to %s, all calls of the account wait as long as it says',
  async (_, of) => {
    const { clock, server, pingPlotter } = await started(busy('30'));
    const asked = of === 'once' ? pingPlotter.once : pingPlotter;
    await failureOf(asked.setSessions('a1', 'pause'));
    await clock.advance(10_000);
    for (const call of [
      () => pingPlotter.rename('a1', 'x'),
      () => pingPlotter.once.rename('a1', 'x'),
      () => pingPlotter.agents(),
      () => pingPlotter.reconnect('a1'),
    ]) {
      const { code, detail } = await failureOf(call());
      expect({ code, ...detail }).toEqual({ code: 'rate-limited', retryAfterMs: 20_000 });
    }
    // A wait that is short by now is waited for.
    await clock.advance(15_000);
    const late = pingPlotter.rename('a1', 'x');
    const given = new AbortController();
    const upon = failureOf(pingPlotter.rename('a2', 'x', given.signal));
    await clock.advance(4999);
    given.abort();
    expect((await upon).detail.ambiguous).toBeUndefined();
    expect(server.received).toHaveLength(1);
    clock.setWall(-7 * 24 * 60 * 60_000);
    await clock.advance(1);
    await late;
    await pingPlotter.rename('a3', 'x');
    expect(server.received.map(({ url }) => url)).toEqual([
      '/agents/a1/sessions?action=0',
      '/agents/a1',
      '/agents/a3',
    ]);
  },
);

it.each(['31536000', 'Thu, 31 Dec 2099 23:59:59 GMT'])(
  'asked to wait until %s, one call finds out after an hour',
  async (header) => {
    const { clock, server, pingPlotter } = await started(busy(header));
    await failureOf(pingPlotter.rename('a1', 'x'));
    await clock.advance(59 * 60_000);
    await failureOf(pingPlotter.rename('a1', 'x'));
    expect(server.received).toHaveLength(1);
    await clock.advance(60_000);
    await pingPlotter.rename('a1', 'x');
    await pingPlotter.rename('a1', 'y');
    expect(server.received).toHaveLength(3);
  },
);

it('a 429 about one session’s trace data, or without a time, holds up no other call', async () => {
  const traced = await started(busy('600'));
  await failureOf(traced.pingPlotter.trace('s1', { from: 0, until: 1 }));
  await traced.pingPlotter.rename('a1', 'x');
  const timeless = await started(answer(429, ''));
  await failureOf(timeless.pingPlotter.once.rename('a1', 'x'));
  await timeless.pingPlotter.rename('a1', 'x');
  expect([traced, timeless].map(({ server }) => server.received.length)).toEqual([2, 2]);
});

it('a call that comes while a longer wait begins is not made into it', async () => {
  const { clock, server, pingPlotter } = await started(busy('4'), busy('60'));
  await failureOf(pingPlotter.once.rename('a1', 'x'));
  const one = failureOf(pingPlotter.once.rename('a2', 'x'));
  await clock.advance(4000);
  expect((await one).detail).toMatchObject({ status: 429 });
  expect((await failureOf(pingPlotter.rename('a3', 'x'))).detail.status).toBeUndefined();
  await clock.advance(60_000);
  expect(server.received).toHaveLength(2);
});
