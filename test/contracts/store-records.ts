import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/features/access/store.ts';
import type { AuditEntry } from '../../src/features/audit/store.ts';
import type { Sample } from '../../src/features/history/store.ts';
import { givenUp } from '../store/given-up.ts';
import { ada, bob, dev, type OpenBed, ops } from './store-bed.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const grant: Grant = {
  tenantId: 'contoso',
  personId: 'bob',
  personName: 'Bob',
  role: 'operator',
  by: ada,
  at: 5,
};

const entry: AuditEntry = {
  ...ops,
  tenantId: 'contoso',
  personId: 'ada',
  personName: 'Ada',
  at: 100,
  action: 'agent.rename',
  agentId: 'lax-12',
  agentName: 'lax "12" ☂',
  result: 'done',
  correlationId: 'c-1',
};

const sample = (at: number, score: number, more: Partial<Sample> = {}): Sample => ({
  agentId: 'lax-12',
  sessionId: 's-crm',
  at,
  word: score < 50 ? 'poor' : 'good',
  score,
  ...more,
});

export const recordsContract = (name: string, open: OpenBed): void => {
  describe(`grants, ${name}`, () => {
    it('gives a person one role in a tenant', async () => {
      const { grants } = (await open()).store;
      expect(await grants.list('default', 'contoso')).toEqual([]);
      await grants.set('default', { ...grant, role: 'viewer' });
      await grants.set('default', grant);
      await grants.set('default', { ...grant, personId: 'ada', personName: 'Ada', role: 'admin' });
      const listed = await grants.list('default', 'contoso');
      expect(listed.map(({ role }) => role)).toEqual(['admin', 'operator']);
      expect(listed[1]).toEqual(grant);
      expect(await grants.list('default', 'fabrikam')).toEqual([]);
      expect(await grants.list('other', 'contoso')).toEqual([]);
    });

    it('is revoked once', async () => {
      const { grants } = (await open()).store;
      await grants.set('default', grant);
      expect(await grants.remove('default', 'contoso', 'bob')).toBe(true);
      expect(await grants.remove('default', 'contoso', 'bob')).toBe(false);
    });
  });

  describe(`documents, ${name}`, () => {
    it('keeps the newest value of each name', async () => {
      const { documents } = (await open()).store;
      expect(await documents.read('default', 'fleet')).toBeUndefined();
      await documents.write('default', 'fleet', { agents: ['☂'] });
      await documents.write('default', 'fleet', { agents: [] });
      await documents.write('default', 'monitor', 5);
      await documents.write('other', 'fleet', null);
      expect(await documents.read('default', 'fleet')).toEqual({ agents: [] });
      expect(await documents.read('default', 'monitor')).toBe(5);
      expect(await documents.read('other', 'fleet')).toBeNull();
    });
  });

  describe(`seen sessions, ${name}`, () => {
    it('are listed by agent, and those that are paused by themselves', async () => {
      const { sessions } = (await open()).store;
      const crm = { id: 's1', name: 'crm', address: '203.0.113.20' };
      const voice = { id: 's2', name: 'voice' };
      await sessions.remember('default', 'lax-12', [crm, voice]);
      await sessions.remember('default', 'boi-1', [crm]);
      await sessions.remember('other', 'lax-12', [voice]);
      const pausedBy = { name: 'Ada', at: 5 };
      await sessions.markPaused('default', 'lax-12', ['s2'], pausedBy);
      const paused = { ...voice, pausedBy };
      expect(await sessions.all('default')).toEqual(
        new Map([
          ['boi-1', [crm]],
          ['lax-12', expect.arrayContaining([crm, paused])],
        ]),
      );
      expect(await sessions.paused('default')).toEqual(new Map([['lax-12', [paused]]]));
    });
  });

  describe(`audit log, ${name}`, () => {
    it('shows the newest first, filtered', async () => {
      const { audit } = (await open()).store;
      const bobs: AuditEntry = { ...entry, personId: 'bob', personName: 'Bob', at: 200 };
      const { agentId: _, agentName: __, ...elsewhere } = entry;
      await audit.append(entry);
      await audit.append(bobs);
      await audit.append({ ...elsewhere, at: 300, detail: 'to viewer' });
      await audit.append({ ...entry, account: 'other' });
      const list = async (query: object) =>
        (await audit.list({ account: 'default', limit: 10, ...query })).map(({ at }) => at);
      expect(await audit.list({ account: 'default', limit: 10 })).toEqual([
        { ...elsewhere, at: 300, detail: 'to viewer' },
        bobs,
        entry,
      ]);
      expect(await list({ limit: 2 })).toEqual([300, 200]);
      expect(await list({ agentId: 'lax-12' })).toEqual([200, 100]);
      expect(await list({ personId: 'ada' })).toEqual([300, 100]);
      expect(await list({ since: 200 })).toEqual([300, 200]);
      expect(await list({ tenantId: 'fabrikam' })).toEqual([]);
      expect((await audit.listAll({ limit: 2, skip: 1 })).map(({ at }) => at)).toEqual([300, 200]);
      expect((await audit.listAll({ limit: 10 })).map(({ account }) => account)).toEqual([
        'other',
        'default',
        'default',
        'default',
      ]);
      expect(await audit.accounts()).toEqual(['default', 'other']);
    });

    it('is one unbroken chain, whoever writes', async () => {
      const { store, another } = await open();
      const stores = [store, await another()];
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 0 });
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          stores[index % 2]?.audit.append({ ...entry, at: index }),
        ),
      );
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 20 });
      const many = Array.from({ length: 700 }, (_, index) => ({ ...entry, at: 20 + index }));
      await Promise.all([
        store.audit.appendAll(many),
        store.audit.appendAll([]),
        stores[1]?.audit.append({ ...entry, at: 0 }),
      ]);
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 721 });
      const newest = await store.audit.list({ account: entry.account, limit: 721 });
      expect(newest.map(({ at }) => at).filter((at) => at >= 20)).toEqual(
        many.map(({ at }) => at).toReversed(),
      );
    });

    it('stays whole when its oldest entries are pruned, all of them too', async () => {
      const { store } = await open();
      const now = 1000 * day;
      for (const age of [402, 401, 400, 1])
        await store.audit.append({ ...entry, at: now - age * day });
      await store.prune(now);
      expect(await store.audit.list({ account: 'default', limit: 10 })).toHaveLength(2);
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 2 });
      await store.audit.append({ ...entry, at: now });
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 3 });
      await store.prune(now + 500 * day);
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 0 });
      await store.audit.append(entry);
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 1 });
    });

    it('skips the newest, and knows ids of Entra in either case', async () => {
      const { audit } = (await open()).store;
      for (const at of [1, 2, 3]) await audit.append({ ...entry, at });
      const query = { account: 'default', tenantId: 'CONTOSO', personId: 'Ada' };
      const found = await audit.list({ ...query, skip: 1, limit: 5 });
      expect(found.map(({ at }) => at)).toEqual([2, 1]);
    });

    it('leaves no trace of an entry whose transaction failed', async () => {
      const { store } = await open();
      await store.audit.append(entry);
      const failing = store.transaction(async (tx) => {
        await tx.audit.append(entry);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await store.audit.append(entry);
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 2 });
    });
  });

  describe(`samples, ${name}`, () => {
    it('gives back a range of one agent, oldest first', async () => {
      const { samples } = (await open()).store;
      const { score: _, ...unknown } = sample(3 * minute, 0, { word: 'unknown' });
      await samples.add('default', [sample(2 * minute, 41.5), sample(20 * minute, 88)]);
      await samples.add('default', [unknown, sample(minute, 90, { sessionId: 's-dns' })]);
      await samples.add('default', [sample(minute, 10, { agentId: 'lax-13' })]);
      await samples.add('other', [sample(minute, 10)]);
      await samples.add('default', []);
      expect(await samples.list('default', 'lax-12', minute, 20 * minute)).toEqual([
        sample(minute, 90, { sessionId: 's-dns' }),
        sample(2 * minute, 41.5),
        unknown,
      ]);
      expect(await samples.list('default', 'lax-12', 2 * minute + 1, day)).toHaveLength(2);
      expect(await samples.list('default', 'nobody', 0, day)).toEqual([]);
    });

    // A1
    it('gives back a range of many agents in one pass, oldest first within each session', async () => {
      const { samples } = (await open()).store;
      const agents = Array.from({ length: 70 }, (_, index) => `agent-${index}`);
      for (let at = 0; at < 3 * hour; at += 20 * minute)
        await samples.add(
          'default',
          // Two readings that came in the wrong order.
          agents.flatMap((agentId) => [
            sample(at + minute, 50, { agentId }),
            sample(at, 40, { agentId }),
          ]),
        );
      await samples.add('other', [sample(minute, 10)]);
      const read = async (period: Parameters<typeof samples.pages>[1]) => {
        const found = new Map<string, number[]>();
        for await (const page of samples.pages('default', period))
          for (const { agentId, at } of page)
            found.set(agentId, [...(found.get(agentId) ?? []), at / minute]);
        return found;
      };
      const all = await read({ from: 20 * minute, until: 61 * minute });
      expect([...all.keys()].sort()).toEqual(agents.toSorted());
      for (const times of all.values()) expect(times).toEqual([20, 21, 40, 41, 60]);
      const some = await read({ from: 0, until: hour, agents: new Set(['agent-3', 'nobody']) });
      expect(some).toEqual(new Map([['agent-3', [0, 1, 20, 21, 40, 41]]]));
    });

    // A1
    it('reads no more at once for one agent than for all, and lets go between pages without samples', async () => {
      const { samples } = (await open()).store;
      const agents = Array.from({ length: 2000 }, (_, index) => `agent-${index}`);
      const sessionId = 's'.repeat(200);
      for (let at = 0; at < 60; at += 1)
        await samples.add(
          'default',
          agents.map((agentId) => sample(at * minute, 90, { agentId, sessionId })),
        );
      const only = new Set(['agent-3']);
      const pages: number[] = [];
      for await (const page of samples.pages('default', { from: 0, until: day, agents: only }))
        pages.push(page.length);
      // Its shard holds half a megabyte.
      expect(pages.length).toBeGreaterThan(2);
      expect(pages.reduce((a, b) => a + b)).toBe(60);
    });

    it('keeps the worst of each quarter of an hour after a day, and nothing after a week', async () => {
      const { store } = await open();
      const { samples } = store;
      const now = 30 * day;
      const yesterday = now - day - 2 * hour;
      await samples.add('default', [sample(now - 8 * day, 1), sample(now - hour, 2)]);
      await samples.add('default', [sample(now - hour + minute, 3)]);
      await samples.add('default', [
        sample(yesterday, 60),
        sample(yesterday + minute, 30),
        sample(yesterday + 2 * minute, 20, { word: 'fair' }),
        sample(yesterday, 99, { sessionId: 's-dns' }),
        sample(yesterday + 15 * minute, 70),
      ]);
      await store.prune(now);
      // What comes late is weighed against what was kept.
      await samples.add('default', [sample(yesterday + 3 * minute, 25)]);
      await store.prune(now);
      const kept = await samples.list('default', 'lax-12', 0, now);
      expect(kept.map(({ sessionId, score }) => `${sessionId} ${score}`)).toEqual([
        's-dns 99',
        's-crm 25',
        's-crm 70',
        's-crm 2',
        's-crm 3',
      ]);
    });

    it('gives the same back when it is packed, mixed with what is not, and with what came late', async () => {
      const { store, another } = await open();
      const { samples } = store;
      const now = 30 * day + 7 * hour + 20 * minute;
      const agents = Array.from({ length: 5 }, (_, index) => `agent-${index}`);
      const each = (at: number, score: number) =>
        agents.map((agentId) => sample(at, score, { agentId, word: score < 50 ? 'poor' : 'good' }));
      for (let at = now - 20 * hour; at < now; at += 7 * minute)
        await samples.add('default', each(at, at % 5 === 0 ? 40.5 : 90));
      const read = async (from: number, until: number) => {
        const found: (readonly [string, number, string, number | undefined])[] = [];
        for await (const page of samples.pages('default', { from, until }))
          for (const { agentId, at, word, score } of page) found.push([agentId, at, word, score]);
        const times = found.filter(([agentId]) => agentId === 'agent-3').map(([, at]) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        return found.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      };
      const spans = [
        [0, now],
        [now - 9 * hour - 3 * minute, now - 70 * minute],
        [now - hour, now],
      ] as const;
      const before = await Promise.all(spans.map(([from, until]) => read(from, until)));
      await store.prune(now - 3 * hour);
      await store.prune(now);
      expect(await Promise.all(spans.map(([from, until]) => read(from, until)))).toEqual(before);
      expect(await samples.list('default', 'agent-3', 0, now)).toEqual(
        await (await another()).samples.list('default', 'agent-3', 0, now),
      );
      await samples.add('default', each(now - 10 * hour + 1, 20));
      const late = await read(0, now);
      expect(late).toHaveLength((before[0]?.length ?? 0) + agents.length);
      await store.prune(now);
      expect(await read(0, now)).toEqual(late);
    });

    it('keeps the worst of each quarter of an hour of what was packed, a day later', async () => {
      const { store } = await open();
      const now = 30 * day + 7 * hour;
      for (let at = now - 12 * hour; at < now; at += minute)
        await store.samples.add('default', [sample(at, at % (15 * minute) === 0 ? 10 : 90)]);
      await store.prune(now);
      await store.prune(now + 2 * day);
      await store.prune(now + 2 * day);
      const kept = await store.samples.list('default', 'lax-12', 0, now);
      expect(kept.map(({ score }) => score)).toEqual(Array(48).fill(10));
    });

    it('leaves alone what came thinned', async () => {
      const { store } = await open();
      const now = 30 * day;
      const slot = now - 2 * day;
      await store.samples.add('default', [sample(slot, 60), sample(slot + minute, 30)], 'thinned');
      await store.prune(now);
      const kept = await store.samples.list('default', 'lax-12', 0, now);
      expect(kept.map(({ score }) => score)).toEqual([60, 30]);
    });

    it('is thinned after a stop of weeks, each statement a part of it', async () => {
      const { store } = await open();
      const now = 60 * day;
      const agents = Array.from({ length: 60 }, (_, index) => `agent-${index}`);
      for (let slot = 0; slot < 30; slot += 1)
        await store.samples.add(
          'default',
          agents.map((agentId) => sample(now - 40 * day + slot * hour, 50, { agentId })),
        );
      for (const at of [now - 3 * day, now - 3 * day + minute, now - hour])
        await store.samples.add('default', [sample(at, 40)]);
      await store.prune(now);
      const kept: number[] = [];
      for await (const page of store.samples.pages('default', { from: 0, until: now }))
        for (const { at } of page) kept.push(at);
      expect(kept).toEqual([now - 3 * day, now - hour]);
    });

    it('is thinned by two instances at once without loss or doubles', async () => {
      const { store, another } = await open();
      const other = await another();
      const now = 30 * day;
      await store.samples.add(
        'default',
        Array.from({ length: 40 }, (_, index) =>
          sample(now - 2 * day + index * minute, 50 + index, { agentId: `agent-${index % 5}` }),
        ),
      );
      await Promise.all([store.prune(now), other.prune(now)]);
      const kept = await store.samples.list('default', 'agent-0', 0, now);
      expect(kept.map(({ score }) => score)).toEqual([50, 65, 80]);
    });
  });

  describe(`seen activities, ${name}`, () => {
    it('counts each activity of a conversation once', async () => {
      const { store, another } = await open();
      const other = await another();
      const noted = await Promise.all([
        store.seenActivities.note('19:ops', 'a1', 5),
        other.seenActivities.note('19:ops', 'a1', 5),
      ]);
      expect(noted.filter(Boolean)).toHaveLength(1);
      expect(await store.seenActivities.note('19:dev', 'a1', 5)).toBe(true);
      expect(await store.seenActivities.note('19:ops', 'a2', 5)).toBe(true);
    });

    it('is forgotten after an hour', async () => {
      const { store } = await open();
      await store.seenActivities.note('19:ops', 'a1', 0);
      await store.prune(hour);
      expect(await store.seenActivities.note('19:ops', 'a1', hour)).toBe(false);
      await store.prune(hour + 1);
      expect(await store.seenActivities.note('19:ops', 'a1', hour + 1)).toBe(true);
    });
  });

  describe(`sessions of a whole poll, ${name}`, () => {
    it('are remembered by one call', async () => {
      const { sessions } = (await open()).store;
      const seen = new Map(
        Array.from({ length: 5_000 }, (_, index) => [
          `agent-${index}`,
          [
            { id: `s-${index}-a`, name: 'crm' },
            { id: `s-${index}-b`, name: 'dns' },
          ],
        ]),
      );
      await sessions.rememberAll('default', seen);
      await sessions.rememberAll('default', seen);
      expect(await sessions.seen('default', 'agent-4999')).toEqual(seen.get('agent-4999'));
    });
  });

  describe(`pruning, ${name}`, () => {
    it('drops what has served its time and keeps the rest', async () => {
      const { store, clock, url } = await open();
      const { outbox, alerts, cardMessages } = store;
      const alert = { watchId: 'w', agentId: 'a', sessionId: '', openedAt: 0, detail: 1 };
      const [over] = await alerts.open([
        { ...ops, ...alert, id: 'over' },
        { ...ops, ...alert, id: 'on', groupId: 'group' },
      ]);
      if (over === undefined) throw new Error('not opened');
      await alerts.save([{ ...over, closedAt: 1 }]);
      await cardMessages.add(ops, 'over', '1', 1);
      await cardMessages.add(ops, 'on', '2', 1);
      await cardMessages.add(ops, 'group', '3', 1);
      await outbox.enqueue([
        { ...ops, card: 'sent', kind: 'post', payload: 1, dueAt: 0 },
        { ...dev, card: 'waits', kind: 'post', payload: 1, dueAt: 0 },
      ]);
      await outbox.abandon(ops, 'dead', 1);
      await store.prune(clock.now());
      expect((await alerts.current('default')).map(({ id }) => id)).toEqual(['on']);
      expect(await alerts.find('over')).toBeUndefined();
      expect(await cardMessages.list(ops, 'over')).toEqual([]);
      expect(await cardMessages.list(ops, 'on')).toEqual(['2']);
      expect(await cardMessages.list(ops, 'group')).toEqual(['3']);
      expect((await outbox.backlog()).waiting).toBe(1);
      expect(await givenUp(url)).toEqual([]);
    });

    it('forgets old changes and tokens, but keeps fresh ones', async () => {
      const { store, clock } = await open();
      const binding = {
        tenantId: 'contoso',
        personId: bob.id,
        verb: 'agent.delete',
        subject: 'lax-12',
      } as const;
      const token = await store.confirmations.issue(binding);
      const change = {
        ...ops,
        tenantId: 'contoso',
        personId: 'bob',
        personName: 'Bob',
        agent: 'lax-12',
        kind: 'rename',
        before: 'a',
        after: 'b',
      } as const;
      await store.changes.add({ ...change, id: 'old', at: clock.now() - 31 * day });
      await store.changes.add({ ...change, id: 'new', at: clock.now() });
      await store.prune(clock.now());
      expect(await store.changes.find('old')).toBeUndefined();
      expect(await store.changes.find('new')).toBeDefined();
      await clock.advance(15 * minute);
      await store.prune(clock.now());
      expect(await store.confirmations.redeem(token, binding)).toBe('expired');
      await clock.advance(hour);
      await store.prune(clock.now());
      expect(await store.confirmations.redeem(token, binding)).toBe('unknown');
    });
  });

  describe(`texts, ${name}`, () => {
    it.each([
      ['SQL', "'; drop table watches; --"],
      ['symbols and marks of direction', '☂ 𝄞 \u202e'],
      ['lines and quotes', 'a\nb\t"\\'],
      ['a long text', 'x'.repeat(100_000)],
    ])('are kept as they are: %s', async (_, text) => {
      const { store } = await open();
      await store.watches.add({
        ...ops,
        filter: text,
        rule: { [text]: text },
        madeBy: { id: 'ada', name: text },
        createdAt: 1,
      });
      expect(await store.watches.list(ops)).toMatchObject([
        { filter: text, rule: { [text]: text }, madeBy: { name: text } },
      ]);
    });

    it('lose NUL, which PostgreSQL cannot hold', async () => {
      const { store } = await open();
      await store.grants.set('default', { ...grant, personName: 'B\0b' });
      expect(await store.grants.list('default', 'contoso')).toMatchObject([
        { personName: 'B\uFFFDb' },
      ]);
    });
  });
};
