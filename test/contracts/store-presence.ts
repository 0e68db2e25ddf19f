import { describe, expect, it } from 'vitest';
import { quarterMs, quarterOf } from '../../src/features/history/domain/quarters.ts';
import { type OpenBed, ops } from './store-bed.ts';

const day = 24 * 60 * 60_000;
/** A UTC midnight. */
const midnight = 20_000 * day;

const online = (...agents: readonly string[]): ReadonlySet<string> => new Set(agents);

export const presenceContract = (name: string, open: OpenBed): void => {
  describe(`presence, ${name}`, () => {
    it('knows who was online, and in which quarters anybody would know', async () => {
      const { presence } = (await open()).store;
      await presence.mark('default', midnight, online('lax-12', 'ağ "☂"'));
      await presence.mark('default', midnight + 2 * quarterMs + 5, online('lax-12'));
      await presence.mark('default', midnight + 3 * quarterMs, online());
      const read = await presence.read('default', {
        from: midnight - quarterMs,
        until: midnight + 4 * quarterMs,
      });
      const first = quarterOf(midnight);
      expect([read.from, read.until]).toEqual([first - 1, first + 4]);
      const quarters = [-1, 0, 1, 2, 3];
      const told = (bits: { has(quarter: number): boolean } | undefined) =>
        quarters.map((at) => (bits?.has(first + at) === true ? 1 : 0)).join('');
      expect(told(read.polled)).toBe('01011');
      expect(told(read.agents.get('lax-12'))).toBe('01010');
      expect(told(read.agents.get('ağ "☂"'))).toBe('01000');
      expect(read.agents.size).toBe(2);
    });

    it('adds to a quarter that is marked already, as two instances may do', async () => {
      const { store, another } = await open();
      await store.presence.mark('default', midnight, online('lax-12'));
      await (await another()).presence.mark('default', midnight + 1, online('boi-1'));
      const read = await store.presence.read('default', { from: midnight, until: midnight + 1 });
      expect([...read.agents.keys()].sort()).toEqual(['boi-1', 'lax-12']);
    });

    it('reads many days and agents at once, or some of the agents', async () => {
      const { presence } = (await open()).store;
      const all = Array.from({ length: 300 }, (_, index) => `agent-${index}`);
      for (let ago = 0; ago < 20; ago += 1)
        await presence.mark('default', midnight - ago * day, new Set(all.slice(ago)));
      const period = { from: midnight - 19 * day, until: midnight + quarterMs };
      const read = await presence.read('default', period);
      expect(read.agents.size).toBe(300);
      const days = (agent: string) =>
        Array.from({ length: 20 }, (_, ago) =>
          read.agents.get(agent)?.has(quarterOf(midnight - ago * day)),
        ).filter(Boolean).length;
      expect([days('agent-0'), days('agent-7'), days('agent-299')]).toEqual([1, 8, 20]);
      const some = await presence.read('default', { ...period, agents: online('agent-7', 'no') });
      expect([...some.agents.keys()]).toEqual(['agent-7']);
      expect(some.polled.has(quarterOf(midnight))).toBe(true);
    });

    it('belongs to an account', async () => {
      const { presence } = (await open()).store;
      await presence.mark('other', midnight, online('lax-12'));
      const read = await presence.read('default', { from: midnight, until: midnight + day });
      expect([read.agents.size, read.polled.has(quarterOf(midnight))]).toEqual([0, false]);
    });

    it('forgets what is older than 60 days', async () => {
      const { store } = await open();
      await store.presence.mark('default', midnight - 61 * day, online('old'));
      await store.presence.mark('default', midnight - 60 * day, online('lax-12'));
      await store.prune(midnight);
      const read = await store.presence.read('default', {
        from: midnight - 62 * day,
        until: midnight,
      });
      expect([...read.agents.keys()]).toEqual(['lax-12']);
    });

    it('writes nothing when the transaction of the poll fails', async () => {
      const { store } = await open();
      const half = store.transaction(async (tx) => {
        await tx.presence.mark('default', midnight, online('lax-12'));
        throw new Error('half way');
      });
      await expect(half).rejects.toThrow('half way');
      const read = await store.presence.read(ops.account, { from: midnight, until: midnight + 1 });
      expect(read.agents.size).toBe(0);
    });
  });
};
