import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { loadMonitorState } from '../../src/monitor/state.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aMonitor, type MonitorBed, minute, said } from '../monitor/a-monitor.ts';
import { ada, dev, ops } from './store-bed.ts';

/**
 * A database that the version before has left, in the spelling of its tables, columns and JSON. What
 * stands here is never changed to fit the code: the code has to read it.
 */

/** When the monitor starts again. */
const start = fakeClock().now();
const ago = (minutes: number): number => start - minutes * minute;
const hourLater = start + 60 * minute;

type Row = Readonly<Record<string, string | number | null>>;

const byAda = '{"id":"ada","name":"Ada"}';
const inOps = { account: 'default', conversation_key: '19:ops' };
const inDev = { account: 'default', conversation_key: '19:dev' };
const ofWatch = { account: 'default', watch_id: 'w-1' };

const alert = {
  ...inOps,
  watch_id: 'w-1',
  group_id: null,
  opened_at: ago(2),
  closed_at: null,
  acked_by: null,
  acked_at: null,
};
const detail = `"about":"quality","since":${ago(3)},"at":${ago(2)},"shown":{"word":"poor","score":41},"was":{"word":"good","score":95},"circumstances":["Site Boise"]`;

const stored: readonly (readonly [string, Row])[] = [
  [
    'installations',
    {
      ...inOps,
      tenant_id: 'contoso',
      service_url: 'https://smba.example/emea/',
      kind: 'channel',
      bot_id: '28:bot',
      channel_id: 'msteams',
      label: 'Operations',
      state: 'alive',
      sent: 4,
      failed: 1,
      last_error: '429',
      last_error_at: ago(60),
      time_zone: 'Europe/Zurich',
      locale: 'de-CH',
    },
  ],
  [
    'watches',
    {
      ...inOps,
      id: 'w-1',
      number: 3,
      filter: '',
      rule: '{"filter":"","quality":{"word":"poor"},"offline":true}',
      quiet_hours: null,
      made_by: byAda,
      created_at: ago(600),
    },
  ],
  ['numbering', { ...inOps, thing: 'watch', last: 3 }],
  ['numbering', { ...inOps, thing: 'alert', last: 8 }],
  [
    'alert_states',
    {
      ...ofWatch,
      agent_id: 'lax-12',
      session_id: 'lax-12-crm',
      state: `{"state":{"at":${ago(1)},"bad":true,"run":{"verdict":"bad","count":2,"since":${ago(3)}},"worse":0,"history":"gbb","flapping":false,"problem":{"since":${ago(3)},"told":{"word":"poor","score":41}},"lastGood":{"word":"good","score":95}}}`,
    },
  ],
  [
    'alert_states',
    {
      ...ofWatch,
      agent_id: 'lax-12',
      session_id: '',
      state: `{"state":{"at":${ago(1)},"bad":false,"run":{"verdict":"good","count":1,"since":${ago(9)}},"worse":0,"history":"g","flapping":false,"lastGood":{"word":"online"}}}`,
    },
  ],
  [
    'alert_states',
    {
      ...ofWatch,
      agent_id: 'fra-7',
      session_id: 'fra-7-crm',
      state: `{"state":{"at":${ago(1)},"bad":false,"run":{"verdict":"good","count":2,"since":${ago(2)}},"worse":0,"history":"gbbgg","flapping":false},"held":{"alertId":"a-8"}}`,
    },
  ],
  [
    'alerts',
    {
      ...alert,
      id: 'a-7',
      number: 7,
      agent_id: 'lax-12',
      session_id: 'lax-12-crm',
      detail: `{${detail},"agentName":"LAX-12","target":{"name":"crm"},"state":"open"}`,
    },
  ],
  [
    'alerts',
    {
      ...alert,
      id: 'a-8',
      number: 8,
      agent_id: 'fra-7',
      session_id: 'fra-7-crm',
      closed_at: ago(1),
      acked_by: byAda,
      acked_at: ago(2),
      detail: `{${detail},"agentName":"FRA-7","target":{"name":"crm"},"state":"over"}`,
    },
  ],
  ['card_messages', { ...inOps, card: 'a-7', message_id: 'message-1', at: ago(2) }],
  ['lanes', { ...inOps, claim: null, claimed_by: null, claimed_until: ago(2) }],
  ['lanes', { ...inDev, claim: null, claimed_by: null, claimed_until: 0 }],
  [
    'outbox',
    {
      ...inOps,
      card: 'a-7',
      kind: 'post',
      payload: '{"kind":"alert","alertId":"a-7"}',
      state: 'done',
      attempts: 0,
      due_at: ago(2),
      ended_at: ago(2),
      correlation_id: 'sweep-1',
    },
  ],
  [
    'outbox',
    {
      ...inDev,
      card: 'sight-1',
      kind: 'post',
      payload: `{"kind":"sight","what":"sighted","since":${ago(30)},"at":${ago(5)}}`,
      state: 'queued',
      attempts: 2,
      due_at: ago(5),
      failing_since: ago(5),
      correlation_id: null,
    },
  ],
  ['mutes', { ...inDev, agent_id: 'lax-13', until: hourLater, by: byAda }],
  [
    'maintenance',
    { ...inDev, id: 'm-1', filter: 'boi', from: ago(5), until: hourLater, by: byAda },
  ],
  [
    'digests',
    {
      ...inOps,
      schedule: '{"time":"08:00","timeZone":"Europe/Zurich"}',
      due_at: hourLater,
      by: byAda,
      told: `{"at":${ago(600)}}`,
    },
  ],
  [
    'timed_resumes',
    {
      ...inOps,
      id: 't-1',
      agent_id: 'lax-13',
      sessions: '["lax-13-crm"]',
      due_at: hourLater,
      by: byAda,
      claimed_by: null,
      claimed_until: 0,
    },
  ],
  [
    'seen_sessions',
    {
      account: 'default',
      agent_id: 'lax-13',
      session_id: 'lax-13-crm',
      name: 'crm',
      address: null,
      paused_by: `{"name":"Ada","at":${ago(9)}}`,
    },
  ],
  [
    'sample_pages',
    {
      account: 'default',
      shard: 53,
      at: start - 15 * minute,
      thinned: 0,
      page: '{"lax-12":[["lax-12-crm","poor",41,60000]]}',
    },
  ],
  [
    'documents',
    {
      account: 'default',
      name: 'monitor',
      value: `{"blindness":{"failures":0},"groups":{},"lastAt":${ago(1)},"lastGoodAt":${ago(1)}}`,
    },
  ],
  [
    'documents',
    {
      account: 'default',
      name: 'fleet',
      value: `{"takenAt":${ago(1)},"agents":[{"id":"lax-12","name":"LAX-12","online":true,"missed":0,"lastSeen":${ago(1)}}]}`,
    },
  ],
  [
    'changes',
    {
      id: 'c-1',
      tenant_id: 'contoso',
      conversation_key: '19:ops',
      person_id: 'ada',
      at: ago(9),
      taken_back: 0,
      change: `{"id":"c-1","account":"default","tenantId":"contoso","conversationKey":"19:ops","personId":"ada","personName":"Ada","at":${ago(9)},"agent":"lax-12","kind":"rename","before":"LAX","after":"LAX-12"}`,
    },
  ],
  [
    'grants',
    {
      account: 'default',
      tenant_id: 'contoso',
      person_id: 'bob',
      person_name: 'Bob',
      role: 'operator',
      by: byAda,
      at: ago(9),
    },
  ],
  ['seen_activities', { conversation_key: '19:ops', activity_id: 'activity-1', at: ago(9) }],
];

const fill = async (url: string): Promise<void> => {
  const { db, close } = await connectUpToDate({ url, log: silentLog });
  try {
    for (const [table, row] of stored) {
      const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
      await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
        db.withoutPlugins(),
      );
    }
  } finally {
    await close();
  }
};

export const versionBeforeContract = (name: string, newUrl: () => Promise<string>): void => {
  describe(`the database of the version before, ${name}`, () => {
    const reopened = async (): Promise<MonitorBed> => {
      const url = await newUrl();
      await fill(url);
      const bed = await aMonitor({}, url);
      bed.fleet.add('lax-12');
      return bed;
    };

    it('is read, every collection of it', async () => {
      const store = (await reopened()).store();
      expect(await store.installations.find(ops)).toMatchObject({ label: 'Operations', sent: 4 });
      expect(await store.watches.list(ops)).toMatchObject([{ id: 'w-1', number: 3, madeBy: ada }]);
      expect(await store.alerts.current('default')).toMatchObject([{ id: 'a-7', number: 7 }]);
      expect(await store.alerts.find('a-8')).toMatchObject({ ackedBy: ada, closedAt: ago(1) });
      expect(await store.cardMessages.list(ops, 'a-7')).toEqual(['message-1']);
      expect(await store.mutes.active('default', start)).toMatchObject([{ agentId: 'lax-13' }]);
      expect(await store.maintenance.list('default', start)).toMatchObject([{ id: 'm-1' }]);
      expect(await store.digests.find(ops)).toMatchObject({ baseline: { at: ago(600) } });
      expect(await store.timedResumes.forAgent('default', 'lax-13')).toMatchObject([
        { sessions: ['lax-13-crm'] },
      ]);
      expect(await store.sessions.paused('default')).toMatchObject(
        new Map([['lax-13', [{ pausedBy: { name: 'Ada' } }]]]),
      );
      expect(await store.samples.list('default', 'lax-12', 0, start)).toMatchObject([
        { score: 41 },
      ]);
      expect(await store.changes.last('contoso', '19:ops', 'ada')).toMatchObject({
        after: 'LAX-12',
      });
      expect(await store.grants.list('default', 'contoso')).toMatchObject([{ role: 'operator' }]);
      expect(await store.audit.verify()).toEqual({ intact: true, entries: 0 });
      expect(await store.seenActivities.note('19:ops', 'activity-1', start)).toBe(false);
      expect(store.unreadable()).toEqual([]);
    });

    it('has its samples packed beside new ones, and none is lost', async () => {
      const store = (await reopened()).store();
      const at = start - 90_000;
      const fresh = {
        agentId: 'lax-12',
        sessionId: 'lax-12-crm',
        at,
        word: 'good',
        score: 90,
      } as const;
      await store.samples.add('default', [fresh]);
      const before = await store.samples.list('default', 'lax-12', 0, start);
      expect(before).toMatchObject([{ score: 41 }, { score: 90 }]);
      await store.prune(start + 20 * minute);
      expect(await store.samples.list('default', 'lax-12', 0, start)).toEqual(before);
      await store.prune(start + 8 * 60 * minute);
      expect(await store.samples.list('default', 'lax-12', 0, start)).toEqual(before);
      expect(store.unreadable()).toEqual([]);
    });

    it('gives the monitor all that it knew', async () => {
      const { record, snapshot, book } = await loadMonitorState(
        (await reopened()).store(),
        'default',
      );
      expect(record).toMatchObject({ blindness: { failures: 0 }, lastGoodAt: ago(1) });
      expect(snapshot?.agents).toMatchObject([{ id: 'lax-12', online: true }]);
      expect([...(book.ofWatch('w-1').get('lax-12')?.keys() ?? [])].sort()).toEqual([
        '',
        'lax-12-crm',
      ]);
    });

    it('sends what was waiting', async () => {
      const bed = await reopened();
      expect(await bed.messages()).toMatchObject([
        { to: dev.conversationKey, card: 'sight-1', notice: { kind: 'sight', what: 'sighted' } },
      ]);
    });

    it('lets an open problem go on, and end on the card that it has', async () => {
      const bed = await reopened();
      await bed.messages();
      bed.fleet.measure('lax-12', 'poor');
      await bed.poll();
      expect(await bed.messages()).toEqual([]);
      bed.fleet.measure('lax-12', 'good');
      await bed.poll();
      bed.fleet.measure('lax-12', 'good');
      await bed.poll();
      const messages = await bed.messages();
      expect(said(messages).toSorted()).toEqual(['post alert end', 'update alert']);
      expect(messages.find(({ kind }) => kind === 'update')?.card).toBe('a-7');
      expect(await bed.store().alerts.current('default')).toEqual([]);
      expect(await bed.store().cardMessages.list(ops, 'a-7')).toEqual(['message-1']);
    });

    it('goes on with its numbers', async () => {
      const bed = await reopened();
      expect(await bed.watch('offline')).toMatchObject({ number: 4 });
      for (let polls = 0; polls < 2; polls += 1) {
        bed.fleet.measure('lax-12', 'good');
        await bed.poll();
      }
      bed.fleet.set('lax-12', { online: false });
      for (let polls = 0; polls < 3; polls += 1) await bed.poll();
      const opened = (await bed.store().alerts.current('default')).map(({ number }) => number);
      expect(opened).toEqual([9]);
    });
  });
};
