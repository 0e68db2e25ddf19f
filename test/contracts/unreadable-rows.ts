import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { connect } from '../../src/store/sql/connect.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { givenUp } from '../store/given-up.ts';
import { ada, bob, dev, ops, opsPlace } from './store-bed.ts';

/** G2: one stored row that cannot be read is set aside and counted, and the others go on. */

const rule = { filter: '', quality: { word: 'poor' }, offline: true };
const watch = { ...ops, filter: '', rule, madeBy: ada, createdAt: 1 };
const entry = {
  account: 'default',
  tenantId: 'contoso',
  conversationKey: '19:ops',
  personId: 'ada',
  personName: 'Ada',
  at: 5,
  action: 'pause',
  result: 'done',
  correlationId: 'c',
};

export const unreadableRowsContract = (name: string, newUrl: () => Promise<string>): void => {
  describe(`a row that cannot be read, ${name}`, () => {
    const open = async () => {
      const url = await newUrl();
      const clock = fakeClock();
      const store = await openStore({ url, clock, log: silentLog });
      const raw = await connect(url, silentLog);
      onTestFinished(async () => {
        await raw.close();
        await store.close();
      });
      return { store, db: raw.db, clock, url };
    };

    it('hides no watch, and is counted once however often it is read', async () => {
      const { store, db } = await open();
      const bad = await store.watches.add(watch);
      const good = await store.watches.add({ ...watch, ...dev });
      await db.updateTable('watches').set({ madeBy: '{' }).where('id', '=', bad.id).execute();
      // It goes on without its maker.
      const nameless = { ...bad, madeBy: { id: '', name: '' } };
      expect(await store.watches.all('default')).toEqual([good, nameless]);
      expect(await store.watches.all('default')).toEqual([good, nameless]);
      expect(await store.watches.find(bad.id)).toEqual(nameless);
      expect(store.unreadable()).toEqual([{ table: 'watches', rows: 1 }]);
    });

    it.each([
      ['{', undefined],
      ['{"of":"later"}', { of: 'later' }],
    ])('G2: a watch with the rule %s is no watch that has ended', async (text, rule) => {
      const { store, db } = await open();
      const bad = await store.watches.add(watch);
      await db.updateTable('watches').set({ rule: text }).where('id', '=', bad.id).execute();
      expect(await store.watches.all('default')).toEqual([{ ...bad, rule }]);
      expect(await store.watches.remove(ops, bad.number)).toEqual({ ...bad, rule });
      expect(store.unreadable()).toEqual([{ table: 'watches', rows: 1 }]);
    });

    it('G2: is counted once each, whatever reads it', async () => {
      const { store, db } = await open();
      for (const [id, personId] of [
        ['c-1', 'ada'],
        ['c-2', 'bob'],
      ] as const)
        await store.changes.add({
          ...ops,
          id,
          personId,
          tenantId: 'contoso',
          personName: '',
          at: 1,
          agent: 'a',
          kind: 'rename',
          before: '',
          after: '',
        });
      for (const name of ['one', 'two']) await store.documents.write('default', name, 1);
      await store.sessions.remember('default', 'lax-12', [{ id: 's', name: 'crm' }]);
      await db.updateTable('changes').set({ change: '{' }).execute();
      await db.updateTable('documents').set({ value: '{' }).execute();
      await db.updateTable('seenSessions').set({ pausedBy: '{' }).execute();
      for (let again = 0; again < 2; again += 1) {
        for (const id of ['c-1', 'c-2']) await store.changes.find(id);
        await store.changes.last('contoso', '19:ops', 'ada');
        for (const name of ['one', 'two']) await store.documents.read('default', name);
        await store.sessions.seen('default', 'lax-12');
        await store.sessions.all('default');
        await store.sessions.paused('default');
      }
      expect(store.unreadable()).toEqual([
        { table: 'changes', rows: 2 },
        { table: 'documents', rows: 2 },
        { table: 'seenSessions', rows: 1 },
      ]);
    });

    it('G2: a page of samples outlives its thinning, and is counted once', async () => {
      const { store, db } = await open();
      const day = 24 * 60 * 60_000;
      const sample = { sessionId: 's', at: 20 * day, word: 'good', score: 90 } as const;
      await store.samples.add('default', [{ ...sample, agentId: 'a' }]);
      await db.updateTable('samplePages').set({ page: '{"of":"later"}' }).execute();
      await store.samples.add('default', [{ ...sample, agentId: 'a' }]);
      for (let again = 0; again < 2; again += 1) await store.prune(22 * day);
      const pages = await db.selectFrom('samplePages').select(['page', 'thinned']).execute();
      expect(pages).toContainEqual({ page: '{"of":"later"}', thinned: 4 });
      expect(pages).toHaveLength(2);
      expect(await store.samples.list('default', 'a', 0, 30 * day)).toHaveLength(1);
      expect(store.unreadable()).toEqual([{ table: 'samplePages', rows: 1 }]);
    });

    it('G2: a packed page that was spoilt hides no other, and outlives its thinning', async () => {
      const { store, db } = await open();
      const hour = 60 * 60_000;
      const begin = 20 * 24 * hour;
      const sample = { sessionId: 's', word: 'good', score: 90, agentId: 'a' } as const;
      for (const at of [begin, begin + hour, begin + 2 * hour])
        await store.samples.add('default', [{ ...sample, at }]);
      await store.prune(begin + 3 * hour);
      const packed = await db
        .selectFrom('samplePages')
        .select(['id', 'page'])
        .orderBy('at')
        .execute();
      expect(packed).toHaveLength(3);
      const spoilt = packed[1]?.page.slice(0, -6) ?? '';
      await db
        .updateTable('samplePages')
        .set({ page: spoilt })
        .where('id', '=', packed[1]?.id ?? 0)
        .execute();
      const read = async () =>
        (await store.samples.list('default', 'a', 0, 30 * 24 * hour)).map(({ at }) => at - begin);
      expect(await read()).toEqual([0, 2 * hour]);
      for (let again = 0; again < 2; again += 1) await store.prune(begin + 40 * hour);
      expect(await read()).toEqual([0, 2 * hour]);
      const pages = await db.selectFrom('samplePages').select(['page', 'thinned']).execute();
      expect(pages).toContainEqual({ page: spoilt, thinned: 4 });
      expect(pages).toHaveLength(2);
      expect(store.unreadable()).toEqual([{ table: 'samplePages', rows: 1 }]);
      await store.prune(begin + 9 * 24 * hour);
      expect(await db.selectFrom('samplePages').select('id').execute()).toEqual([]);
    });

    it('is counted where the rule of a watch means nothing, and can still be ended', async () => {
      const { store, db } = await open();
      const bad = await store.watches.add(watch);
      await db.updateTable('watches').set({ rule: '{"of":"later"}' }).execute();
      expect(await store.watches.list(ops)).toMatchObject([{ id: bad.id }]);
      expect(store.unreadable()).toEqual([{ table: 'watches', rows: 1 }]);
      expect(await store.watches.remove(ops, bad.number)).toMatchObject({ id: bad.id });
    });

    it('holds up nothing in the outbox', async () => {
      const { store, db, clock, url } = await open();
      await store.installations.refresh(opsPlace);
      const draft = { ...ops, kind: 'post' as const, payload: {}, dueAt: 0 };
      await store.outbox.enqueue([{ ...draft, card: 'bad' }]);
      await store.outbox.enqueue([{ ...draft, card: 'good' }]);
      await db.updateTable('outbox').set({ payload: '{' }).where('card', '=', 'bad').execute();
      const queue = await store.outbox.claimQueue(clock.now(), 1000);
      if (queue === undefined) throw new Error('no queue');
      expect(await store.outbox.next(queue, clock.now())).toMatchObject({ card: 'good' });
      expect(await givenUp(url)).toMatchObject([{ card: 'bad', error: 'unreadable' }]);
      expect(store.unreadable()).toEqual([{ table: 'outbox', rows: 1 }]);
    });

    it('hides no other entry of the audit log, whose chain says where it broke', async () => {
      const { store, db } = await open();
      for (const at of [1, 2, 3]) await store.audit.append({ ...entry, at });
      await db.updateTable('audit').set({ entry: '{}' }).where('at', '=', 2).execute();
      const list = await store.audit.list({ account: 'default', limit: 10 });
      expect(list.map(({ at, result }) => [at, result])).toEqual([
        [3, 'done'],
        [2, 'unreadable'],
        [1, 'done'],
      ]);
      expect(await store.audit.verify()).toEqual({ intact: false, brokenAt: 2 });
      expect(store.unreadable()).toEqual([{ table: 'audit', rows: 1 }]);
    });

    it('gives nobody the default role for a grant', async () => {
      const { store, db } = await open();
      const grant = {
        tenantId: 'contoso',
        personName: 'Ada',
        role: 'viewer',
        by: bob,
        at: 1,
      } as const;
      await store.grants.set('default', { ...grant, personId: 'ada' });
      await store.grants.set('default', { ...grant, personId: 'eve' });
      await db.updateTable('grants').set({ by: '{' }).where('personId', '=', 'ada').execute();
      expect(await store.grants.list('default', 'contoso')).toMatchObject(
        [
          { personId: 'ada', role: 'none' },
          { personId: 'eve', role: 'viewer' },
        ].toSorted((a, b) => (a.role === 'none' ? -1 : 1) - (b.role === 'none' ? -1 : 1)),
      );
    });

    it('leaves the alerts, mutes and documents beside it', async () => {
      const { store, db } = await open();
      const alert = { ...ops, watchId: 'w', sessionId: '', openedAt: 1, detail: {} } as const;
      await store.alerts.open([
        { ...alert, id: 'bad', agentId: 'a' },
        { ...alert, id: 'good', agentId: 'b' },
      ]);
      await db.updateTable('alerts').set({ detail: '{' }).where('id', '=', 'bad').execute();
      expect(await store.alerts.current('default')).toMatchObject([{ id: 'good' }]);
      await store.mutes.set({ ...ops, agentId: 'a', until: 100, by: ada });
      await store.mutes.set({ ...ops, agentId: 'b', until: 100, by: ada });
      await db.updateTable('mutes').set({ by: '{' }).where('agentId', '=', 'a').execute();
      expect(await store.mutes.active('default', 5)).toMatchObject([{ agentId: 'b' }]);
      await store.documents.write('default', 'monitor', { failures: 0 });
      await db.updateTable('documents').set({ value: '{' }).execute();
      expect(await store.documents.read('default', 'monitor')).toBeUndefined();
      expect(store.unreadable()).toEqual([
        { table: 'alerts', rows: 1 },
        { table: 'mutes', rows: 1 },
        { table: 'documents', rows: 1 },
      ]);
    });
  });
};
