import { describe, expect, it } from 'vitest';
import type { ScheduleDraft } from '../../src/features/schedules/store.ts';
import { ada, bob, dev, type OpenBed, ops } from './store-bed.ts';

const draft: ScheduleDraft = {
  ...ops,
  subject: { filter: 'field.Site:Boise' },
  times: { days: [1, 7], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' },
  by: ada,
  createdAt: 100,
  dueAt: 500,
};
const window = { from: 500, until: 900 };
const long = 600_000;
/** As short as that: it has run out already. */
const over = -1;

export const recurringContract = (name: string, open: OpenBed): void => {
  describe(`schedules, ${name}`, () => {
    it('are numbered in their conversation, and listed until they end', async () => {
      const { schedules } = (await open()).store;
      const first = await schedules.add(draft);
      const subject = { agent: 'lax-12', name: 'LAX-12' };
      const second = await schedules.add({ ...draft, subject, by: bob });
      const third = await schedules.add({ ...draft, ...dev });
      expect(first).toEqual({ ...draft, id: first.id, number: 1, phase: 'waiting' });
      expect([second.number, third.number]).toEqual([2, 1]);
      expect(await schedules.list(ops)).toEqual([first, second]);
      expect(await schedules.all('default')).toEqual([third, first, second]);
      expect(await schedules.all('other')).toEqual([]);
      expect(await schedules.end(first.id, 600)).toBe(true);
      expect(await schedules.end(first.id, 600)).toBe(false);
      expect(await schedules.list(ops)).toEqual([second]);
      expect(await schedules.find(first.id)).toEqual({ ...first, phase: 'ended', endedAt: 600 });
      await schedules.remove(first.id);
      expect(await schedules.find(first.id)).toBeUndefined();
      // No number is given twice.
      expect((await schedules.add(draft)).number).toBe(3);
    });

    it('are worked on by one instance, until it is done or its lease is over', async () => {
      const { store, another } = await open();
      const other = (await another()).schedules;
      const { id } = await store.schedules.add(draft);
      expect(await store.schedules.claimDue('one', 499, long)).toEqual([]);
      expect(await store.schedules.claimDue('one', 500, long)).toHaveLength(1);
      expect(await other.claimDue('two', 9_000_000, long)).toEqual([]);
      expect(await other.extend(id, 'two', long)).toBe(false);
      expect(await store.schedules.extend(id, 'one', long)).toBe(true);
      const pausing = { phase: 'pausing', dueAt: 500, window, trouble: 'agent-gone' } as const;
      expect(await store.schedules.advance(id, 'one', pausing, true)).toBe(true);
      expect(await other.claimDue('two', 500, long)).toEqual([]);
      expect(await store.schedules.extend(id, 'one', over)).toBe(true);
      expect(await other.claimDue('two', 500, long)).toEqual([
        expect.objectContaining({ id, ...pausing }),
      ]);
      expect(await store.schedules.advance(id, 'one', pausing)).toBe(false);
      const paused = { phase: 'paused', dueAt: 900, window } as const;
      expect(await other.advance(id, 'two', paused)).toBe(true);
      expect(await store.schedules.claimDue('one', 900, long)).toEqual([
        { ...draft, id, number: 1, ...paused },
      ]);
    });

    it('that are ended meanwhile belong to nobody, and can be resumed once', async () => {
      const { schedules } = (await open()).store;
      const { id } = await schedules.add(draft);
      await schedules.claimDue('one', 500, long);
      await schedules.end(id, 600);
      expect(await schedules.extend(id, 'one', long)).toBe(false);
      expect(await schedules.claimDue('two', 9000, long)).toEqual([]);
      expect(await schedules.skip(id, 500)).toBe(false);
      expect(await schedules.resume(id, 700)).toBe(true);
      expect(await schedules.resume(id, 700)).toBe(false);
      expect(await schedules.claimDue('two', 700, long)).toEqual([
        expect.objectContaining({ id, phase: 'resuming', endedAt: 600 }),
      ]);
    });

    it('skip a window, and are moved while nobody works on them', async () => {
      const { schedules } = (await open()).store;
      const { id } = await schedules.add(draft);
      expect(await schedules.skip(id, 500)).toBe(true);
      expect(await schedules.find(id)).toMatchObject({ skip: 500 });
      await schedules.skip(id, undefined);
      expect(await schedules.find(id)).not.toHaveProperty('skip');
      await schedules.moveTo(id, 300);
      expect(await schedules.waiting()).toMatchObject([{ id, dueAt: 300 }]);
      await schedules.claimDue('one', 300, long);
      await schedules.moveTo(id, 100);
      expect(await schedules.find(id)).toMatchObject({ dueAt: 300 });
    });

    it('remember what became of each agent, until that is forgotten or pruned', async () => {
      const { store } = await open();
      const { schedules } = store;
      const { id } = await schedules.add(draft);
      const waits = { account: 'default', schedule: id, state: 'waits', sessions: [] } as const;
      const many = Array.from({ length: 1200 }, (_, index) => ({ ...waits, agentId: `a${index}` }));
      await schedules.saveAgents(many);
      const failed = { ...waits, agentId: 'a0', state: 'failed', problem: 'timeout' } as const;
      await schedules.saveAgents([failed]);
      const agents = await schedules.agents(id);
      expect(agents).toHaveLength(1200);
      expect(agents[0]).toEqual(failed);
      await schedules.end(id, 600);
      const day = 24 * 60 * 60_000;
      await store.prune(600 + 7 * day);
      expect(await schedules.agents(id)).toHaveLength(1200);
      await store.prune(601 + 7 * day);
      expect(await schedules.agents(id)).toEqual([]);
      expect(await schedules.find(id)).toBeUndefined();
    });
  });

  describe(`timed resumes of schedules, ${name}`, () => {
    const resume = { ...ops, agentId: 'lax-12', sessions: ['s-crm'], dueAt: 500, by: ada };

    it('are theirs alone', async () => {
      const { timedResumes } = (await open()).store;
      const own = { ...resume, id: 'r1', schedule: 'x' };
      const theirs = { ...resume, id: 'r2', schedule: 'y', agentId: 'boi-1' };
      await timedResumes.addAll([own, theirs, { ...resume, id: 'r3' }]);
      expect(await timedResumes.claimDue('one', 500, 100)).toEqual([{ ...resume, id: 'r3' }]);
      expect(await timedResumes.ofSchedule('x')).toEqual([own]);
      expect(await timedResumes.all('default')).toMatchObject([own, theirs, { id: 'r3' }]);
      expect(await timedResumes.all('other')).toEqual([]);
      expect(await timedResumes.countBySchedule('default')).toEqual(
        new Map([
          ['x', 1],
          ['y', 1],
        ]),
      );
      expect(await timedResumes.countBySchedule('other')).toEqual(new Map());
      expect(await timedResumes.cancelOfSchedule('x')).toEqual([own]);
      expect(await timedResumes.cancelOfSchedule('x')).toEqual([]);
      expect(await timedResumes.forAgent('default', 'boi-1')).toEqual([theirs]);
    });
  });
};
