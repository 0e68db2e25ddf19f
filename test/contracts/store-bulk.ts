import { describe, expect, it } from 'vitest';
import type { BulkJob, MemberDraft } from '../../src/features/bulk/domain/job.ts';
import { ada, dev, type OpenBed, ops } from './store-bed.ts';

const job = (id: string, more: Partial<BulkJob> = {}): BulkJob => ({
  ...ops,
  id,
  tenantId: 'contoso',
  by: ada,
  act: 'pause',
  filter: 'boise',
  state: 'waiting',
  at: 100,
  startedAt: 100,
  takenBack: false,
  retried: false,
  uninstall: false,
  ...more,
});

const members = (...ids: readonly string[]): readonly MemberDraft[] =>
  ids.map((agentId) => ({ agentId, name: agentId.toUpperCase(), from: agentId }));

const before = {
  name: 'A',
  sessions: [{ id: 's', name: 'crm' }],
  all: true,
  ends: [{ conversationKey: '19:ops', sessions: ['s'], dueAt: 9, by: ada }],
};

export const bulkContract = (name: string, open: OpenBed): void => {
  describe(`bulk jobs, ${name}`, () => {
    it('begin once, and are listed then', async () => {
      const { store, another } = await open();
      const { bulkJobs } = store;
      const leftOut = [{ why: 'offline', count: 4, names: ['x'] }];
      const { startedAt: _, ...preview } = job('j1', { state: 'preview', leftOut });
      await bulkJobs.plan(preview, members('a', 'b'));
      expect(await bulkJobs.find('default', 'j1')).toEqual(preview);
      expect(await bulkJobs.find('other', 'j1')).toBeUndefined();
      expect(await bulkJobs.claim('one', 1000, [])).toBeUndefined();
      const stores = [store, await another()];
      const began = await Promise.all(
        stores.map((one) => one.bulkJobs.begin('default', 'j1', 200, { until: 500 })),
      );
      expect(began.toSorted()).toEqual([false, true]);
      expect(await bulkJobs.list(ops, 200, 9)).toMatchObject([
        { id: 'j1', state: 'waiting', startedAt: 200, until: 500 },
      ]);
      expect(await bulkJobs.list(ops, 201, 9)).toEqual([]);
      expect((await bulkJobs.counts(['j1'])).get('j1')).toMatchObject({ waiting: 2, done: 0 });
    });

    it('have their turn one after the other in a conversation, each by one holder', async () => {
      const { store, clock } = await open();
      const { bulkJobs } = store;
      for (const id of ['j1', 'j2']) await bulkJobs.plan(job(id), members('a'));
      await bulkJobs.plan(job('j3', dev), members('a'));
      const claimed = async (holder: string, except: readonly string[] = []) =>
        (await bulkJobs.claim(holder, 60_000, except))?.id;
      expect([await claimed('one'), await claimed('two'), await claimed('two', ['j3'])]).toEqual([
        'j1',
        'j3',
        undefined,
      ]);
      expect(await claimed('one')).toBe('j1');
      expect(await bulkJobs.renew('j1', 'two', 1000)).toBeUndefined();
      expect(await bulkJobs.renew('j1', 'one', 1000)).toMatchObject({ state: 'running' });
      await bulkJobs.release('j1', 'one');
      expect(await claimed('three')).toBe('j1');
      await bulkJobs.end('j1', 'done', 300);
      expect(await bulkJobs.find('default', 'j1')).toMatchObject({ state: 'done', endedAt: 300 });
      expect(await claimed('three', ['j3'])).toBe('j2');
      clock.setWall(0);
    });

    it('note each agent before its call, and let no second job have it', async () => {
      const { bulkJobs } = (await open()).store;
      await bulkJobs.plan(job('j1'), members('a', 'b', 'c'));
      await bulkJobs.plan(job('j2', dev), members('b', 'd'));
      const marked = await bulkJobs.mark(job('j1'), [
        { place: 0, agentId: 'a', before },
        { place: 1, agentId: 'b' },
      ]);
      expect([...marked]).toEqual([0, 1]);
      const others = await bulkJobs.mark(job('j2'), [
        { place: 0, agentId: 'b' },
        { place: 1, agentId: 'd' },
      ]);
      expect([...others]).toEqual([1]);
      expect(await bulkJobs.members('j1', ['in-flight'], { limit: 1 })).toEqual([
        { place: 0, agentId: 'a', name: 'A', from: 'a', state: 'in-flight', before },
      ]);
      await bulkJobs.record('j1', [
        { place: 0, state: 'done' },
        { place: 1, state: 'failed', why: 'rejected' },
      ]);
      expect((await bulkJobs.counts(['j1'])).get('j1')).toMatchObject({
        waiting: 1,
        done: 1,
        failed: 1,
      });
      expect(
        await bulkJobs.members('j1', ['failed', 'done'], { after: 0, limit: 9 }),
      ).toMatchObject([{ place: 1, why: 'rejected' }]);
      expect(await bulkJobs.members('j1', ['failed', 'done'], { skip: 1, limit: 9 })).toMatchObject(
        [{ place: 1 }],
      );
      expect([...(await bulkJobs.mark(job('j2'), [{ place: 0, agentId: 'b' }]))]).toEqual([0]);
    });

    it('are cancelled: at once where nobody works on them, else when who does has stopped', async () => {
      const { bulkJobs } = (await open()).store;
      await bulkJobs.plan(job('j1'), members('a'));
      await bulkJobs.plan(job('j2'), members('a'));
      await bulkJobs.claim('one', 60_000, []);
      expect(await bulkJobs.cancel('other', 'j1', 300)).toBe(false);
      expect(await bulkJobs.cancel('default', 'j1', 300)).toBe(true);
      expect(await bulkJobs.renew('j1', 'one', 1000)).toMatchObject({ state: 'stopping' });
      expect(await bulkJobs.cancel('default', 'j2', 300)).toBe(true);
      expect(await bulkJobs.find('default', 'j2')).toMatchObject({ state: 'cancelled' });
      expect(await bulkJobs.cancel('default', 'j2', 300)).toBe(false);
    });

    it('are taken back, and tried again, once', async () => {
      const { bulkJobs } = (await open()).store;
      await bulkJobs.plan(job('j1'), members('a'));
      expect(await bulkJobs.takeBack('default', 'j1')).toBe(true);
      expect(await bulkJobs.takeBack('default', 'j1')).toBe(false);
      expect(await bulkJobs.retry('default', 'j1')).toBe(true);
      expect(await bulkJobs.retry('default', 'j1')).toBe(false);
    });

    it('are pruned: previews that nobody can press, and what ended long ago, with their agents', async () => {
      const { store } = await open();
      const { bulkJobs } = store;
      const day = 24 * 60 * 60_000;
      await bulkJobs.plan(job('old', { state: 'preview', at: 0 }), members('a'));
      await bulkJobs.plan(job('ended', dev), members('a'));
      await bulkJobs.claim('one', 60_000, []);
      await bulkJobs.end('ended', 'done', 100);
      await bulkJobs.plan(job('runs'), members('a'));
      await store.prune(9 * day);
      const left = await Promise.all(
        ['old', 'ended', 'runs'].map((id) => bulkJobs.find('default', id)),
      );
      expect(left.map((one) => one?.id)).toEqual([undefined, undefined, 'runs']);
      expect(await bulkJobs.members('ended', ['waiting'], { limit: 9 })).toEqual([]);
    });
  });
};
