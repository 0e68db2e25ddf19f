import { describe, expect, it } from 'vitest';
import type { SuppressedMessage } from '../../src/features/silence/domain/suppressed.ts';
import { dev, type OpenBed, ops } from './store-bed.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** A UTC midnight. */
const midnight = 20_000 * day;

const message = (changes: Partial<SuppressedMessage> = {}): SuppressedMessage => ({
  ...ops,
  agentId: 'lax-12',
  agentName: 'LAX "12" ☂',
  what: 'begin',
  why: 'mute',
  at: midnight,
  ...changes,
});

const all = { from: 0, until: Number.MAX_SAFE_INTEGER };

export const suppressionsContract = (name: string, open: OpenBed): void => {
  describe(`suppressed messages, ${name}`, () => {
    it('are listed newest first, by pages, for their conversation', async () => {
      const { suppressions } = (await open()).store;
      await suppressions.note([message()]);
      await suppressions.note([
        message({ at: midnight + 2, what: 'end' }),
        message({ ...dev, at: midnight + 2 }),
      ]);
      await suppressions.note([message({ at: midnight + 1, what: 'worse', why: 'quiet' })]);
      const page = (skip: number) => suppressions.list(ops, midnight, { skip, limit: 2 });
      expect(await page(0)).toEqual({
        messages: [
          message({ at: midnight + 2, what: 'end' }),
          message({ at: midnight + 1, what: 'worse', why: 'quiet' }),
        ],
        listed: 3,
      });
      expect((await page(2)).messages).toEqual([message()]);
      expect(await suppressions.list(ops, midnight + 1, { skip: 0, limit: 9 })).toMatchObject({
        listed: 2,
      });
    });

    it('are counted by their rules within a period', async () => {
      const { suppressions } = (await open()).store;
      expect(await suppressions.count(ops, all)).toEqual({});
      for (const [at, why] of [
        [0, 'mute'],
        [1, 'mute'],
        [2, 'hours'],
        [3, 'flapping'],
      ] as const)
        await suppressions.note([message({ at: midnight + at, why })]);
      const period = { from: midnight + 1, until: midnight + 3 };
      expect(await suppressions.count(ops, period)).toEqual({ mute: 1, hours: 1 });
      expect(await suppressions.count(dev, all)).toEqual({});
    });

    it('are counted only beyond the 200 of a day, all of them', async () => {
      const { suppressions } = (await open()).store;
      const some = (count: number, at: number) =>
        Array.from({ length: count }, (_, index) => message({ agentId: `a-${index}`, at }));
      await suppressions.note(some(150, midnight));
      await suppressions.note([...some(1200, midnight + hour), message({ ...dev })]);
      await suppressions.note(some(7, midnight + hour + 1));
      expect(await suppressions.count(ops, all)).toEqual({ mute: 1357 });
      expect(await suppressions.list(ops, 0, { skip: 0, limit: 5 })).toMatchObject({ listed: 200 });
      expect(await suppressions.count(dev, all)).toEqual({ mute: 1 });
      await suppressions.note(some(3, midnight + day));
      expect(await suppressions.list(ops, 0, { skip: 0, limit: 5 })).toMatchObject({ listed: 203 });
    });

    it('are pruned after eight days', async () => {
      const { store } = await open();
      await store.suppressions.note([message()]);
      await store.suppressions.note([message({ at: midnight + 1 })]);
      await store.prune(midnight + 8 * day + 1);
      expect(await store.suppressions.count(ops, all)).toEqual({ mute: 1 });
    });
  });

  describe(`suppressed alerts, ${name}`, () => {
    it('are read as they were saved last, however many, until they are forgotten', async () => {
      const { suppressions } = (await open()).store;
      const many = Array.from({ length: 1203 }, (_, index) => ({
        ...(index % 2 === 0 ? ops : dev),
        agentId: `agent-${index}`,
        detail: { why: 'mute', index },
      }));
      await suppressions.saveAlerts(many);
      await suppressions.saveAlerts([{ ...ops, agentId: 'agent-0', detail: { why: 'quiet' } }]);
      const read = await suppressions.alerts('default');
      expect(read).toHaveLength(1203);
      expect(read).toContainEqual({ ...ops, agentId: 'agent-0', detail: { why: 'quiet' } });
      expect(read).toContainEqual(many[1201]);
      expect(await suppressions.alerts('other')).toEqual([]);
      await suppressions.forgetAlerts(many.slice(1));
      expect(await suppressions.alerts('default')).toHaveLength(1);
    });

    it('are pruned a month after they were saved last', async () => {
      const { store, clock } = await open();
      const begun = clock.now();
      const one = (agentId: string) => ({ ...ops, agentId, detail: { why: 'mute' } });
      await store.suppressions.saveAlerts([one('still'), one('left over')]);
      await clock.jump(day);
      await store.suppressions.saveAlerts([one('still')]);
      await store.prune(begun + 30 * day);
      expect(await store.suppressions.alerts('default')).toHaveLength(2);
      await store.prune(begun + 30 * day + 1);
      expect(await store.suppressions.alerts('default')).toEqual([one('still')]);
    });
  });
};
