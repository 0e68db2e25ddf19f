import { expect, it } from 'vitest';
import { createWatchPreviewer } from '../../../src/features/alerting/preview.ts';
import { createDigestLoader } from '../../../src/features/digest/load-digest.ts';
import { snapshotDocument } from '../../../src/features/fleet/domain/snapshot.ts';
import type { Sample } from '../../../src/features/history/store.ts';
import { createUsualScores } from '../../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../../src/features/silence/usual-hours.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aDatabase } from '../../store/a-database.ts';
import { bedOn } from '../../store/bed.ts';
import { aView } from '../fleet/an-agent.ts';

/** A1: all samples of a period are read once, however many agents there are. */

const minute = 60_000;
const day = 24 * 60 * minute;
const here = { account: 'default', conversationKey: 'chat' };

const aStore = async (agents: readonly string[], samples: readonly Sample[]) => {
  const { clock, store } = await bedOn(await aDatabase());
  const marks = agents.map((id) => ({ id, name: id, online: true, missed: 0 }));
  const fleet = { takenAt: clock.now(), agents: marks };
  await store.documents.write(here.account, snapshotDocument, fleet);
  await store.samples.add(here.account, samples);
  const reads: string[] = [];
  const counted: typeof store = {
    ...store,
    samples: {
      ...store.samples,
      list: (...args) => {
        reads.push('list');
        return store.samples.list(...args);
      },
      pages: (...args) => {
        reads.push('pages');
        return store.samples.pages(...args);
      },
    },
  };
  return { clock, store: counted, reads };
};

const agents = Array.from({ length: 300 }, (_, index) => `agent-${index}`);
const poorFor = (minutes: number, now: number) => (agentId: string) =>
  Array.from({ length: minutes }, (_, index): Sample => {
    const at = now - day + index * minute;
    return { agentId, sessionId: `${agentId}-crm`, at, word: 'poor', score: 20 };
  });

it('makes a digest of many agents from one pass over the samples', async () => {
  const now = fakeClock().now();
  const { store, reads } = await aStore(agents, agents.flatMap(poorFor(3, now)));
  const told = await createDigestLoader({ store })(here, { from: now - day, to: now });
  expect(told?.digest.worst).toHaveLength(300);
  expect(told?.digest.worst[0]).toMatchObject({ poorMs: 17 * minute, lowestScore: 20 });
  expect(reads).toEqual(['pages']);
});

it('makes the digests of many conversations for one period from one pass too', async () => {
  const now = fakeClock().now();
  const { store, reads } = await aStore(agents, agents.flatMap(poorFor(3, now)));
  const tell = createDigestLoader({ store });
  const places = Array.from({ length: 20 }, (_, index) => ({
    ...here,
    conversationKey: `${index}`,
  }));
  const told = await Promise.all(places.map((place) => tell(place, { from: now - day, to: now })));
  expect(told.map((one) => one?.digest.worst.length)).toEqual(places.map(() => 300));
  expect(reads).toEqual(['pages']);
  await tell(here, { from: now - day, to: now - 1 });
  expect(reads).toEqual(['pages', 'pages']);
});

it('reports nothing of agents that it does not know', async () => {
  const now = fakeClock().now();
  const { store } = await aStore(['known'], ['known', 'other'].flatMap(poorFor(3, now)));
  const told = await createDigestLoader({ store })(here, { from: now - day, to: now });
  expect(told?.digest.worst.map(({ agent }) => agent)).toEqual(['known']);
});

it('compares two weeks in a weekly digest, in one pass for all, and not in a daily one', async () => {
  const { clock, store } = await aStore(['known'], []);
  const now = clock.now();
  const periods: unknown[] = [];
  const whose = [
    { agentId: 'known', sessionId: 'known-crm' },
    { agentId: 'gone', sessionId: 'gone-crm' },
  ];
  const hours = [12.5 * 24, 13.9 * 24, 20, 40].flatMap((ago) =>
    Array.from({ length: 12 }, (_, place) => ({
      at: Math.floor((now - (ago - place) * 60 * minute) / (60 * minute)) * 60 * minute,
      ...{ mean: ago > 100 ? 90 : 60, lowest: 50, good: 60, fair: 0, poor: 0 },
    })),
  );
  const load = createDigestLoader({
    store: {
      ...store,
      rollUps: {
        visit: async (_, period, visit) => {
          periods.push(period);
          for (const session of whose) for (const hour of hours) visit(session, hour);
        },
      },
    },
  });
  const inPlace = async (conversationKey: string, schedule: object) => {
    const place = { ...here, conversationKey };
    const set = { schedule, dueAt: 1, by: { id: 'ada', name: 'Ada' } };
    await store.digests.set({ ...place, ...set });
    return load(place, { from: now - day, to: now });
  };
  const daily = { time: '08:00', timeZone: 'UTC' };
  expect(await inPlace('daily', daily)).not.toHaveProperty('weeks');
  const weekly = { ...daily, weekday: 1 };
  const told = await Promise.all(['one', 'two'].map((place) => inPlace(place, weekly)));
  expect(periods).toHaveLength(1);
  expect(told[0]?.weeks).toMatchObject({ before: { mean: 90 }, now: { mean: 60 } });
  expect(told[1]?.weeks).toBe(told[0]?.weeks);
});

it('counts what was held back in its period', async () => {
  const now = fakeClock().now();
  const { store } = await aStore(['known'], []);
  const message = { ...here, agentId: 'known', agentName: 'Known', what: 'begin' } as const;
  for (const [at, why] of [
    [now - day - 1, 'mute'],
    [now - day, 'mute'],
    [now - 1, 'hours'],
    [now, 'hours'],
  ] as const)
    await store.suppressions.note([{ ...message, at, why }]);
  const told = await createDigestLoader({ store })(here, { from: now - day, to: now });
  expect(told?.suppressed).toEqual({ mute: 1, hours: 1 });
});

it('makes a digest of an agent with 172,800 samples', async () => {
  const now = fakeClock().now();
  const samples = Array.from({ length: 172_800 }, (_, index): Sample => {
    const at = now - day + index * 500;
    return { agentId: 'busy', sessionId: 'crm', at, word: 'fair', score: 60 };
  });
  const { store } = await aStore(['busy'], samples);
  const told = await createDigestLoader({ store })(here, { from: now - day, to: now });
  expect(told?.digest.worst[0]?.fairMs).toBeGreaterThan(day - minute);
});

it('shows what a watch would have sent from one pass over the samples', async () => {
  const { clock, store, reads } = await aStore(
    agents,
    agents.flatMap(poorFor(3, fakeClock().now())),
  );
  const view = {
    agents: agents.map((id) => aView({ agent: { id, name: id } })),
    takenAt: clock.now(),
    readAt: 1,
    skipped: 0,
  };
  const fleets = { read: async () => view, last: () => view, forget: () => undefined };
  const ports = { store, fleets, clock, log: silentLog, pollSeconds: 60 };
  const rule = { filter: '', quality: { word: 'poor' }, offline: false } as const;
  const preview = await createWatchPreviewer({
    ...ports,
    usualHours: createUsualHours(ports),
    usualScores: createUsualScores(ports),
  }).preview('default', rule, 'UTC');
  expect(preview?.backtest).toMatchObject({ problems: 300, agents: 300, notifications: 1 });
  expect(reads).toEqual(['pages']);
});
