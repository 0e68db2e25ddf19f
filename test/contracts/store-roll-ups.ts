import { describe, expect, it } from 'vitest';
import type { RolledHour } from '../../src/features/history/domain/rolled-hour.ts';
import type { Sample } from '../../src/features/history/store.ts';
import type { BotStore } from '../../src/store/open.ts';
import { type OpenBed, ops } from './store-bed.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A UTC midnight. */
const midnight = 20_000 * day;

const sample = (at: number, score: number, more: Partial<Sample> = {}): Sample => ({
  agentId: 'lax-12',
  sessionId: 's-crm',
  at,
  word: score < 50 ? 'poor' : score < 80 ? 'fair' : 'good',
  score,
  ...more,
});

/** One a minute, from a minute on. */
const minutely = (from: number, minutes: number, score: (minute: number) => number) =>
  Array.from({ length: minutes }, (_, at) => sample(from + at * minute, score(at)));

const visited = async (
  store: BotStore,
  period: Parameters<BotStore['rollUps']['visit']>[1],
  account = 'default',
) => {
  const found: (RolledHour & { readonly whose: string })[] = [];
  await store.rollUps.visit(account, period, ({ agentId, sessionId }, rolled) => {
    found.push({ whose: `${agentId}/${sessionId}`, ...rolled });
  });
  return found;
};
const everything = { from: 0, until: 2 * midnight };

export const rollUpsContract = (name: string, open: OpenBed): void => {
  describe(`roll-ups, ${name}`, () => {
    it('make hours of samples once these are six hours old, and hold them after the samples have gone', async () => {
      const { store, another } = await open();
      await store.samples.add('default', [
        ...minutely(midnight, 60, () => 90.3),
        ...minutely(midnight + hour, 30, (at) => (at < 15 ? 30 : 70)),
        sample(midnight + 2 * hour, 99, { agentId: 'ağ "☂"', sessionId: '\ud800' }),
        sample(midnight + 2 * hour, 0, { word: 'unknown' }),
      ]);
      await store.prune(midnight + 5 * hour);
      expect(await visited(store, everything)).toEqual([]);
      await store.prune(midnight + 6 * hour + 10 * minute);
      const rolled = await visited(store, everything);
      const ofLax = [
        { at: midnight, mean: 90.5, lowest: 90, good: 60, fair: 0, poor: 0 },
        { at: midnight + hour, mean: 56.5, lowest: 30, good: 0, fair: 29, poor: 15 },
      ].map((rolledHour) => ({ whose: 'lax-12/s-crm', ...rolledHour }));
      expect(rolled.filter(({ whose }) => whose.startsWith('lax-12'))).toEqual(ofLax);
      expect(rolled.filter(({ whose }) => !whose.startsWith('lax-12'))).toEqual([
        {
          ...{ whose: 'ağ "☂"/\ud800', at: midnight + 2 * hour },
          ...{ mean: 99, lowest: 99, good: 15, fair: 0, poor: 0 },
        },
      ]);
      for (const later of [day, 2 * day, 10 * day, 89 * day]) {
        await store.prune(midnight + later);
        expect(await visited(await another(), everything)).toEqual(rolled);
      }
      expect(await store.samples.list('default', 'lax-12', 0, 2 * midnight)).toEqual([]);
      await store.prune(midnight + 91 * day);
      expect(await visited(store, everything)).toEqual([]);
    });

    it('take in what is stored late, and what came thinned, quarter by quarter', async () => {
      const { store } = await open();
      const evens = minutely(midnight, 60, () => 90).filter(({ at }) => at % (2 * minute) === 0);
      await store.samples.add('default', evens);
      await store.prune(midnight + 7 * hour);
      await store.samples.add('default', [sample(midnight + 31 * minute, 10)]);
      await store.prune(midnight + 8 * hour);
      await store.prune(midnight + 13 * hour);
      const [late] = await visited(store, everything);
      expect(late).toMatchObject({ lowest: 10, good: 59, poor: 1 });
      const thinned = [0, 1, 2, 3].map((quarter) =>
        sample(midnight - day + quarter * 15 * minute, 80 + quarter),
      );
      await store.samples.add('default', thinned, 'thinned');
      for (const quarter of [16, 31, 46, 61]) await store.prune(midnight + quarter * minute);
      const [first] = await visited(store, { ...everything, until: midnight });
      expect(first).toMatchObject({ at: midnight - day, mean: 81.5, lowest: 80, good: 60 });
    });

    it('roll up what waited for days while the bot was down, each hour once', async () => {
      const { store } = await open();
      await store.samples.add(
        'default',
        minutely(midnight, 180, (at) => (at === 59 ? 20 : 85)),
      );
      await store.prune(midnight + 3 * day);
      expect(await visited(store, everything)).toMatchObject([
        { at: midnight, lowest: 20, good: 59, poor: 1 },
        { at: midnight + hour, lowest: 85, good: 60, poor: 0 },
        { at: midnight + 2 * hour, lowest: 85, poor: 0 },
      ]);
    });

    it('give the hours and the agents that are asked for, of one account', async () => {
      const { store } = await open();
      const agents = Array.from({ length: 30 }, (_, index) => `agent-${index}`);
      for (let ago = 1; ago <= 20; ago += 1)
        await store.samples.add(
          'default',
          agents.map((agentId) => sample(midnight - ago * day, 90, { agentId })),
          'thinned',
        );
      await store.samples.add('other', [sample(midnight - day, 10)], 'thinned');
      await store.prune(midnight + 15 * minute);
      // What is older than seven days was never packed, and nobody stores it any more.
      const all = await visited(store, everything);
      expect(all).toHaveLength(30 * 6);
      expect(all.every(({ lowest }) => lowest === 90)).toBe(true);
      const some = await visited(store, {
        ...{ from: midnight - 3 * day, until: midnight - day },
        agents: new Set(['agent-7', 'nobody']),
      });
      expect(some.map(({ whose, at }) => [whose, at])).toEqual([
        ['agent-7/s-crm', midnight - 3 * day],
        ['agent-7/s-crm', midnight - 2 * day],
      ]);
      expect(await visited(store, everything, 'other')).toMatchObject([{ lowest: 10 }]);
      expect(await visited(store, everything, ops.account)).toHaveLength(30 * 6);
    });
  });
};
