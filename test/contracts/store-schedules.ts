import { describe, expect, it } from 'vitest';
import type { TimedResume } from '../../src/features/changes/store.ts';
import type { StoredDigest } from '../../src/features/digest/store.ts';
import type { SavedFilter } from '../../src/features/fleet/store.ts';
import type { MaintenanceWindow, Mute } from '../../src/features/silence/store.ts';
import type { StoredFile } from '../../src/platform/files.ts';
import { ada, bob, dev, type OpenBed, ops } from './store-bed.ts';

const mute: Mute = { ...ops, agentId: 'lax-12', until: 500, by: ada };
const planned: MaintenanceWindow = {
  ...ops,
  id: 'm1',
  filter: 'field.Site:Boise',
  from: 100,
  until: 500,
  by: ada,
};
const digest: StoredDigest = { ...ops, schedule: { daily: '08:00' }, dueAt: 500, by: ada };
const resume: TimedResume = {
  ...ops,
  id: 'r1',
  agentId: 'lax-12',
  sessions: ['s-crm'],
  dueAt: 500,
  by: ada,
};

export const schedulesContract = (name: string, open: OpenBed): void => {
  describe(`mutes, ${name}`, () => {
    it('holds until its time, and the last one set counts', async () => {
      const { mutes } = (await open()).store;
      await mutes.set({ ...mute, until: 300 });
      await mutes.set({ ...mute, by: bob });
      await mutes.set({ ...mute, ...dev, agentId: '', until: 600 });
      expect(await mutes.active('default', 499)).toEqual([
        { ...mute, by: bob },
        { ...mute, ...dev, agentId: '', until: 600 },
      ]);
      expect(await mutes.active('default', 500)).toHaveLength(1);
      expect(await mutes.active('other', 1)).toEqual([]);
    });

    it('ends by hand', async () => {
      const { mutes } = (await open()).store;
      await mutes.set(mute);
      expect(await mutes.remove(ops, '')).toBe(false);
      expect(await mutes.remove(ops, 'lax-12')).toBe(true);
      expect(await mutes.remove(ops, 'lax-12')).toBe(false);
    });

    it('is pruned once it is over', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.mutes.set(mute);
      await store.prune(499);
      expect(await store.mutes.active('default', 0)).toEqual([mute]);
      await Promise.all([store.prune(500), other.prune(500)]);
      expect(await store.mutes.active('default', 0)).toEqual([]);
    });
  });

  describe(`saved filters, ${name}`, () => {
    const saved: SavedFilter = {
      ...ops,
      id: 'f1',
      name: 'Boise',
      filter: 'field.Site:Boise',
      by: ada,
      at: 5,
    };

    it('holds one of each name in a conversation, however it is written', async () => {
      const { savedFilters } = (await open()).store;
      await savedFilters.save(saved);
      await savedFilters.save({
        ...saved,
        id: 'f2',
        name: 'ＢＯＩＳＥ',
        filter: 'is:poor',
        by: bob,
      });
      await savedFilters.save({ ...saved, id: 'f3', name: 'a', at: 7 });
      await savedFilters.save({ ...saved, ...dev, id: 'f4' });
      expect(await savedFilters.list(ops)).toEqual([
        { ...saved, id: 'f3', name: 'a', at: 7 },
        { ...saved, id: 'f2', name: 'ＢＯＩＳＥ', filter: 'is:poor', by: bob },
      ]);
      expect(await savedFilters.list(dev)).toEqual([{ ...saved, ...dev, id: 'f4' }]);
    });

    it('is removed once, in its conversation only', async () => {
      const { savedFilters } = (await open()).store;
      await savedFilters.save(saved);
      expect(await savedFilters.remove(dev, 'f1')).toBe(false);
      expect(await savedFilters.remove(ops, 'f1')).toBe(true);
      expect(await savedFilters.remove(ops, 'f1')).toBe(false);
      expect(await savedFilters.list(ops)).toEqual([]);
    });
  });

  describe(`files, ${name}`, () => {
    const file: StoredFile = { id: 'x1', name: 'agents.csv', text: 'Name\r\nü☂\r\n', until: 500 };

    it('are found by every instance, and pruned once they are over', async () => {
      const { store, another } = await open();
      const other = await another();
      expect(await store.files.add(file, 1)).toBe(true);
      expect(await other.files.find('x1')).toEqual({ name: file.name, text: file.text });
      expect(await other.files.find('x2')).toBeUndefined();
      await store.prune(499);
      expect(await other.files.find('x1')).toBeDefined();
      await Promise.all([store.prune(500), other.prune(500)]);
      expect(await other.files.find('x1')).toBeUndefined();
    });

    it('are a hundred at the most, and make room when they are over', async () => {
      const { files } = (await open()).store;
      for (let n = 0; n < 100; n += 1) await files.add({ ...file, id: `f${n}` }, 1);
      expect(await files.add({ ...file, id: 'more' }, 499)).toBe(false);
      expect(await files.find('more')).toBeUndefined();
      expect(await files.add({ ...file, id: 'more', until: 900 }, 500)).toBe(true);
      expect(await files.find('f0')).toBeUndefined();
    });
  });

  describe(`maintenance, ${name}`, () => {
    it('lists what is on and what is to come', async () => {
      const { maintenance } = (await open()).store;
      await maintenance.add(planned);
      await maintenance.add({ ...planned, id: 'm2', from: 50, until: 60 });
      expect((await maintenance.list('default', 1)).map(({ id }) => id)).toEqual(['m2', 'm1']);
      expect(await maintenance.list('default', 60)).toEqual([planned]);
      expect(await maintenance.list('other', 60)).toEqual([]);
    });

    it('can be called off once', async () => {
      const { maintenance } = (await open()).store;
      await maintenance.add(planned);
      expect(await maintenance.remove('m1')).toBe(true);
      expect(await maintenance.remove('m1')).toBe(false);
    });

    it('is pruned once it is over', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.maintenance.add(planned);
      await store.prune(499);
      expect(await store.maintenance.list('default', 0)).toEqual([planned]);
      await Promise.all([store.prune(500), other.prune(500)]);
      expect(await store.maintenance.list('default', 0)).toEqual([]);
    });
  });

  describe(`digests, ${name}`, () => {
    it('keeps one for each conversation', async () => {
      const { digests } = (await open()).store;
      await digests.set({ ...digest, baseline: ['lax-12'] });
      await digests.set(digest);
      expect(await digests.find(ops)).toEqual(digest);
      expect(await digests.find(dev)).toBeUndefined();
      expect(await digests.remove(ops)).toBe(true);
      expect(await digests.remove(ops)).toBe(false);
    });

    it('is made by one instance each time it is due', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.digests.set(digest);
      expect(await store.digests.due(499)).toEqual([]);
      const [due] = await store.digests.due(500);
      if (due === undefined) throw new Error('not due');
      const claims = await Promise.all([
        store.digests.claim(due, { dueAt: 900, baseline: { worst: 'lax-12' } }),
        other.digests.claim(due, { dueAt: 900, baseline: { worst: 'lax-12' } }),
      ]);
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.digests.find(ops)).toEqual({
        ...digest,
        dueAt: 900,
        baseline: { worst: 'lax-12' },
      });
    });
  });

  describe(`timed resumes, ${name}`, () => {
    it('shows what is planned for an agent, until it is cancelled', async () => {
      const { timedResumes } = (await open()).store;
      await timedResumes.add(resume);
      await timedResumes.add({ ...resume, id: 'r2', sessions: [], dueAt: 400 });
      await timedResumes.add({ ...resume, id: 'r3', agentId: 'lax-13' });
      expect(await timedResumes.forAgent('default', 'lax-12')).toEqual([
        { ...resume, id: 'r2', sessions: [], dueAt: 400 },
        resume,
      ]);
      expect(await timedResumes.cancel('r1')).toBe(true);
      expect(await timedResumes.cancel('r1')).toBe(false);
      expect(await timedResumes.forAgent('other', 'lax-12')).toEqual([]);
      const many = await timedResumes.forAgents('default', ['lax-12', 'nowhere']);
      expect([...many]).toEqual([['lax-12', await timedResumes.forAgent('default', 'lax-12')]]);
      expect(await timedResumes.forAgents('default', [])).toEqual(new Map());
      expect(await timedResumes.forAgents('other', ['lax-12'])).toEqual(new Map());
    });

    it('is done by one instance', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.timedResumes.add(resume);
      expect(await store.timedResumes.claimDue('one', 499, 100)).toEqual([]);
      const claimed = await Promise.all([
        store.timedResumes.claimDue('one', 500, 60_000),
        other.timedResumes.claimDue('two', 500, 60_000),
      ]);
      expect(claimed.flat()).toEqual([resume]);
      const holder = claimed[0].length === 1 ? 'one' : 'two';
      expect(await store.timedResumes.finish('r1', 'three')).toBe(false);
      expect(await store.timedResumes.finish('r1', holder)).toBe(true);
      expect(await store.timedResumes.claimDue('one', 900, 100)).toEqual([]);
    });

    it('is done by another instance when the first one dies', async () => {
      const { timedResumes } = (await open()).store;
      await timedResumes.add(resume);
      const over = -1;
      await timedResumes.claimDue('one', 500, over);
      expect(await timedResumes.claimDue('two', 500, 60_000)).toEqual([resume]);
      expect(await timedResumes.finish('r1', 'one')).toBe(false);
    });

    it('A5: is done by one instance, however far apart the clocks of two are', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.timedResumes.add(resume);
      const anHourAhead = 500 + 3_600_000;
      expect(await store.timedResumes.claimDue('one', 500, 60_000)).toEqual([resume]);
      expect(await other.timedResumes.claimDue('two', anHourAhead, 60_000)).toEqual([]);
      expect(await store.timedResumes.finish('r1', 'one')).toBe(true);
    });

    it('is not finished once it was cancelled', async () => {
      const { timedResumes } = (await open()).store;
      await timedResumes.add(resume);
      await timedResumes.claimDue('one', 500, 100);
      await timedResumes.cancel('r1');
      expect(await timedResumes.finish('r1', 'one')).toBe(false);
    });
  });

  describe(`hints, ${name}`, () => {
    it('A6: reach every instance, and stay until they are done', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.hints.add('default', ['lax-12', 'boi-1', 'lax-12']);
      await store.hints.add('other', ['den-1']);
      const waiting = await other.hints.waiting('default', 10);
      expect(waiting.map(({ agentId }) => agentId).toSorted()).toEqual(['boi-1', 'lax-12']);
      expect(await other.hints.waiting('default', 1)).toHaveLength(1);
      // Once more while it is being read.
      await store.hints.add('default', ['lax-12']);
      await other.hints.done('default', waiting);
      const left = await store.hints.waiting('default', 10);
      expect(left.map(({ agentId }) => agentId)).toEqual(['lax-12']);
    });

    it('of an hour ago are pruned after a day', async () => {
      const { store, clock } = await open();
      await store.hints.add('default', ['lax-12']);
      await store.prune(clock.now() + 60 * 60_000);
      expect(await store.hints.waiting('default', 10)).toHaveLength(1);
      await store.prune(clock.now() + 25 * 60 * 60_000);
      expect(await store.hints.waiting('default', 10)).toEqual([]);
    });
  });

  describe(`own changes, ${name}`, () => {
    it('A6: are known to every instance until they are over', async () => {
      const { store, another, clock } = await open();
      const other = await another();
      const now = clock.now();
      const reconnect = { agent: 'lax-12', kind: 'reconnect', until: now + 100 } as const;
      const pause = { agent: 'lax-12', session: 's1', kind: 'pause', until: now + 200 } as const;
      await store.ownChanges.addAll('default', [reconnect, pause]);
      await store.ownChanges.addAll('default', []);
      await store.ownChanges.add('default', pause);
      const known = await other.ownChanges.current('default', now);
      expect(known).toHaveLength(2);
      expect(known).toEqual(expect.arrayContaining([reconnect, pause]));
      expect(await other.ownChanges.current('other', now)).toEqual([]);
      expect(await other.ownChanges.current('default', now + 100)).toEqual([pause]);
    });

    it('are remembered for two hours, with when they were and whose', async () => {
      const { store, clock } = await open();
      const now = clock.now();
      const until = now + 100;
      const rename = { agent: 'lax-12', kind: 'rename', until, by: 'Ada', name: 'NEW' } as const;
      await store.ownChanges.add('default', rename);
      await store.prune(now + 60 * 60_000);
      expect(await store.ownChanges.recent('default', now + 60 * 60_000)).toEqual([
        { ...rename, at: now },
      ]);
      expect(await store.ownChanges.recent('other', now)).toEqual([]);
      expect(await store.ownChanges.recent('default', now + 2 * 60 * 60_000)).toEqual([]);
    });

    it('A5: are over when the clock was set back', async () => {
      const { store, clock } = await open();
      const until = clock.now() + 120_000;
      await store.ownChanges.add('default', { agent: 'lax-12', kind: 'reconnect', until });
      clock.setWall(-3_600_000);
      expect(await store.ownChanges.current('default', clock.now())).toEqual([]);
    });
  });

  describe(`known agents, ${name}`, () => {
    const agent = (id: string, more: object = {}) => ({ id, name: id, fields: [], ...more });

    it('are what was saved last of each, until they are forgotten', async () => {
      const { store } = await open();
      const { knownAgents } = store;
      await knownAgents.save('default', [agent('a'), agent('b'), agent('a', { name: 'A2' })]);
      await knownAgents.save('default', [agent('b', { goneAt: 5 })]);
      await knownAgents.save('other', [agent('a')]);
      const [a, b] = [agent('a', { name: 'A2' }), agent('b', { goneAt: 5 })];
      expect(await knownAgents.all('default')).toEqual([a, b]);
      expect(await knownAgents.find('default', ['b', 'c'])).toEqual([b]);
      expect(await knownAgents.find('default', [])).toEqual([]);
      await knownAgents.forget('default', ['a', 'c']);
      await knownAgents.forget('default', []);
      expect(await knownAgents.all('default')).toEqual([b]);
      expect(await knownAgents.all('other')).toEqual([agent('a')]);
    });

    it('are many at once', async () => {
      const { store } = await open();
      const many = Array.from({ length: 1200 }, (_, index) => agent(`a${index}`));
      await store.knownAgents.save('default', many);
      expect(await store.knownAgents.all('default')).toHaveLength(1200);
    });
  });

  describe(`leases, ${name}`, () => {
    const long = 600_000;
    /** As short as that: it has run out already. */
    const over = -1;

    it('has one holder at a time, who may extend it', async () => {
      const { leases } = (await open()).store;
      expect(await leases.acquire('monitor', 'one', long)).toBe(true);
      expect(await leases.acquire('monitor', 'two', long)).toBe(false);
      expect(await leases.acquire('digest', 'two', long)).toBe(true);
      expect(await leases.acquire('monitor', 'one', over)).toBe(true);
      expect(await leases.renew('monitor', 'one', long)).toBe(true);
      expect(await leases.acquire('monitor', 'two', long)).toBe(false);
    });

    it('passes on when it ran out, and the old holder learns of it', async () => {
      const { leases } = (await open()).store;
      await leases.acquire('monitor', 'one', over);
      expect(await leases.acquire('monitor', 'two', long)).toBe(true);
      expect(await leases.acquire('monitor', 'one', long)).toBe(false);
      expect(await leases.renew('monitor', 'one', long)).toBe(false);
    });

    it('stays with its holder after it ran out, as long as nobody else took it', async () => {
      const { leases } = (await open()).store;
      await leases.acquire('monitor', 'one', over);
      expect(await leases.renew('monitor', 'one', long)).toBe(true);
      expect(await leases.acquire('monitor', 'two', long)).toBe(false);
    });

    it('is free at once when its holder lets go, but not for a stranger', async () => {
      const { leases } = (await open()).store;
      await leases.acquire('monitor', 'one', long);
      await leases.release('monitor', 'two');
      expect(await leases.acquire('monitor', 'two', long)).toBe(false);
      await leases.release('monitor', 'one');
      expect(await leases.renew('monitor', 'one', long)).toBe(false);
      expect(await leases.acquire('monitor', 'two', long)).toBe(true);
    });

    it('goes to one of many who ask at once', async () => {
      const { store, another } = await open();
      const stores = [store, await another()];
      const asked = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          stores[index % 2]?.leases.acquire('monitor', `instance-${index}`, long),
        ),
      );
      expect(asked.filter(Boolean)).toHaveLength(1);
    });
  });
};
