import { expect, it } from 'vitest';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createTeamsClient } from '../../src/teams/teams-client.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { type Cut, type RawRequest, startRawConnector } from '../teams/raw-connector.ts';
import { deliveryBed } from './bed.ts';
import { aDraft, aPlace } from './drafts.ts';

const cuts: readonly Cut[] = ['before it is read', 'while it is read', 'after it was taken'];

/** Sends that many alerts, each to a conversation of its own, and counts at the connector. */
const tell = async (count: number, cut: (request: RawRequest) => Cut | undefined) => {
  const connector = await startRawConnector(cut);
  const keys = Array.from({ length: count }, (_, index) => `chat-${index}`);
  const bed = await deliveryBed(keys.map((key) => aPlace(key, { serviceUrl: connector.url })));
  const { messenger } = createTeamsClient({
    bot: { auth: 'disabled' },
    rateLimiter: createRateLimiter({ clock: systemClock }),
    clock: systemClock,
    log: silentLog,
    metrics: { sent: () => undefined },
  });
  const ended = () => bed.sent.length + bed.failed.length;
  bed.worker({ messenger }).start();
  // Twice, so that the second round meets kept connections.
  for (const round of [1, 2]) {
    await bed.enqueue(...keys.map((key) => aDraft(key, `<${round} ${key}>`)));
    while (ended() < round * count) await bed.clock.advance(100);
  }
  const arrived = (card: string) =>
    connector.taken.filter((body) => body.includes(`"summary":"${card}"`)).length;
  const counts = [1, 2].flatMap((round) => keys.map((key) => arrived(`<${round} ${key}>`)));
  return { ...bed, connector, counts };
};

it.each(cuts)(
  'A11: loses no alert whose kept connection is closed %s, and doubles it once at most',
  async (how) => {
    const { counts, failed, connector } = await tell(24, ({ ofConnection }) =>
      ofConnection === 2 ? how : undefined,
    );
    expect(connector.requests()).toBeGreaterThan(48);
    expect(Math.min(...counts)).toBe(1);
    expect(Math.max(...counts)).toBe(how === 'after it was taken' ? 2 : 1);
    expect(failed).toEqual([]);
  },
);

it.each(cuts)('A11: loses no alert whose new connection is closed %s', async (how) => {
  const { counts, failed } = await tell(1, ({ request }) => (request === 1 ? how : undefined));
  expect(counts).toEqual([how === 'after it was taken' ? 2 : 1, 1]);
  expect(failed).toEqual([]);
});

it('A11: doubles an alert once at most, however many connections are closed', async () => {
  const { counts, failed } = await tell(1, ({ request }) =>
    request <= 10 ? 'after it was taken' : undefined,
  );
  expect(counts).toEqual([2, 2]);
  expect(failed).toMatchObject([{ outcome: 'unsure' }, { outcome: 'unsure' }]);
});
