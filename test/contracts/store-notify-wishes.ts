import { describe, expect, it } from 'vitest';
import type { StoredNotifyWish } from '../../src/features/connection/store.ts';
import { dev, type OpenBed, ops } from './store-bed.ts';

const wish: StoredNotifyWish = {
  ...ops,
  tenantId: 'contoso',
  personId: 'ada',
  teamsId: '29:ada',
  keys: ['ada', 'ada@example.com "☂"'],
};

export const notifyWishesContract = (name: string, open: OpenBed): void => {
  describe(`who wants to be notified of their connection, ${name}`, () => {
    it('is stored once for each person, and the last time counts', async () => {
      const { notifyWishes } = (await open()).store;
      await notifyWishes.set(wish);
      await notifyWishes.advance(wish, { agentId: 'a' });
      await notifyWishes.set({ ...wish, ...dev, keys: ['ada'] });
      expect(await notifyWishes.find(wish)).toEqual({ ...wish, ...dev, keys: ['ada'] });
      await notifyWishes.set({ ...wish, personId: 'bob' });
      await notifyWishes.set({ ...wish, account: 'other' });
      expect((await notifyWishes.all('default')).map(({ personId }) => personId)).toEqual([
        'ada',
        'bob',
      ]);
    });

    it('ends once, for its own account, tenant and person', async () => {
      const { notifyWishes } = (await open()).store;
      await notifyWishes.set(wish);
      expect(await notifyWishes.remove({ ...wish, account: 'other' })).toBe(false);
      expect(await notifyWishes.remove({ ...wish, tenantId: 'other' })).toBe(false);
      expect(await notifyWishes.remove(wish)).toBe(true);
      expect(await notifyWishes.remove(wish)).toBe(false);
      expect(await notifyWishes.find(wish)).toBeUndefined();
    });

    it('goes on from a state on one instance only, and not once it has ended', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.notifyWishes.set(wish);
      expect(await store.notifyWishes.advance(wish, { agentId: 'a' })).toBe(true);
      expect(await other.notifyWishes.advance(wish, { agentId: 'b' })).toBe(false);
      const known = await other.notifyWishes.find(wish);
      expect(known?.state).toEqual({ agentId: 'a' });
      expect(await other.notifyWishes.advance(known ?? wish, { agentId: 'c' })).toBe(true);
      await store.notifyWishes.remove(wish);
      const { state: _, ...ended } = wish;
      expect(await other.notifyWishes.advance(ended, { agentId: 'd' })).toBe(false);
      await other.close();
    });
  });
};
