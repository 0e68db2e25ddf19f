import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { timedResumesJob } from '../../src/features/changes/jobs.ts';
import type { TimedResume } from '../../src/features/changes/store.ts';
import {
  DigestBaseline,
  fleetDocument,
  fleetDocuments,
} from '../../src/features/digest/domain/baseline.ts';
import { digestsJob } from '../../src/features/digest/jobs.ts';
import { createDigestLoader } from '../../src/features/digest/load-digest.ts';
import { FleetSnapshot } from '../../src/features/fleet/domain/snapshot.ts';
import { createSchedule, type Schedule } from '../../src/monitor/jobs.ts';
import { pruneJob } from '../../src/monitor/prune-job.ts';
import { connect } from '../../src/store/sql/connect.ts';
import { ada, ops, opsPlace } from '../contracts/store-bed.ts';
import { settle } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { aMonitor, type MonitorBed, minute } from './a-monitor.ts';

const hour = 60 * minute;
const day = 24 * hour;

describe('the schedule', () => {
  let bed: MonitorBed;
  let url: string;

  beforeEach(async () => {
    url = await aDatabase();
    bed = await aMonitor({}, url);
    bed.fleet.add('lax-12');
    bed.fleet.measure('lax-12', 'good');
    await bed.watch('');
    await bed.poll();
  });

  const running = (): Schedule => {
    const ports = { ...bed.ports(), store: bed.store() };
    const jobs = [timedResumesJob(ports), digestsJob(ports), pruneJob(ports)];
    const schedule = createSchedule({ ...ports, jobs });
    onTestFinished(() => schedule.stop());
    schedule.start();
    return schedule;
  };

  const pass = async (ms: number): Promise<void> => {
    await settle(40);
    for (let passed = 0; passed < ms; passed += 5000) {
      await bed.clock.advance(5000);
      await settle(20);
    }
  };

  const resumes = () => bed.fleet.calls.filter((call) => call.startsWith('resume'));

  const notices = async () => (await bed.messages()).map(({ notice }) => notice);

  describe('ends a timed pause', () => {
    const plan = async (more: Partial<TimedResume> = {}): Promise<TimedResume> => {
      const dueAt = bed.clock.now() + minute;
      const sessions = ['lax-12-crm'];
      const resume = { ...ops, id: 'r1', agentId: 'lax-12', sessions, dueAt, by: ada, ...more };
      await bed.store().timedResumes.add(resume);
      const by = { name: 'Ada', at: bed.clock.now() };
      await bed.store().sessions.markPaused('default', 'lax-12', ['lax-12-crm'], by);
      return resume;
    };

    it('once, when its time has come, and says so', async () => {
      const { dueAt } = await plan();
      running();
      running();
      await pass(50_000);
      expect(resumes()).toEqual([]);
      await pass(5 * minute);
      expect(resumes()).toEqual(['resume lax-12-crm']);
      expect(await notices()).toEqual([
        {
          kind: 'resumed',
          agentId: 'lax-12',
          agentName: 'LAX-12',
          sessions: ['lax-12-crm'],
          by: 'Ada',
          dueAt,
          at: dueAt,
        },
      ]);
      expect((await bed.store().sessions.paused('default')).size).toBe(0);
    });

    it('of all sessions by one call', async () => {
      await plan({ sessions: [] });
      running();
      await pass(2 * minute);
      expect(resumes()).toEqual(['resume all of lax-12']);
      expect(await notices()).toMatchObject([{ sessions: [] }]);
    });

    it('that was due while nobody ran, and says when it should have been', async () => {
      const { dueAt } = await plan();
      await bed.clock.jump(3 * hour);
      await bed.restart();
      running();
      await pass(minute);
      expect(await notices()).toMatchObject([{ dueAt, at: dueAt + 3 * hour - minute }]);
    });

    it('later, when PingPlotter is away', async () => {
      await plan();
      running();
      bed.fleet.fail('unavailable');
      await pass(3 * minute);
      expect(await notices()).toEqual([]);
      bed.fleet.fail();
      await pass(2 * minute);
      expect(await notices()).toMatchObject([{ kind: 'resumed' }]);
      expect(await bed.store().timedResumes.forAgent('default', 'lax-12')).toEqual([]);
    });

    it.each([
      ['not-found', 'PingPlotter does not know this agent or target any more.'],
      ['permission-missing', /TargetManagement/u],
      ['rejected', 'PingPlotter refused to resume it.'],
    ] as const)('or says why it cannot: %s', async (code, failed) => {
      await plan();
      bed.fleet.fail(code);
      running();
      await pass(2 * minute);
      expect(await notices()).toMatchObject([{ failed: expect.stringMatching(failed) }]);
      await pass(5 * minute);
      expect(resumes()).toHaveLength(1);
    });

    it('not, when somebody was faster', async () => {
      await plan();
      await bed.store().timedResumes.cancel('r1');
      running();
      await pass(2 * minute);
      expect([resumes(), await notices()]).toEqual([[], []]);
    });

    it('and writes it down', async () => {
      await bed.store().installations.refresh(opsPlace);
      await plan();
      running();
      await pass(2 * minute);
      expect(await bed.store().audit.list({ account: 'default', limit: 5 })).toMatchObject([
        { personId: 'ada', action: 'session.resume', agentName: 'LAX-12', result: 'done' },
      ]);
    });
  });

  describe('asks for a digest', () => {
    const daily = { time: '12:30', timeZone: 'utc' };

    it('once at its time, from the last one on, and remembers the fleet', async () => {
      const dueAt = bed.clock.now() + 29 * minute;
      await bed.store().digests.set({ ...ops, schedule: daily, dueAt, by: ada });
      running();
      running();
      await pass(minute);
      await bed.clock.jump(26 * minute);
      await pass(minute);
      expect(await notices()).toEqual([]);
      await pass(minute);
      expect(await notices()).toEqual([{ kind: 'digest', from: dueAt - day, to: dueAt }]);
      await bed.clock.jump(day);
      await pass(minute);
      const [second] = await notices();
      expect(second).toMatchObject({ kind: 'digest', from: dueAt });
      const told = DigestBaseline.parse((await bed.store().digests.find(ops))?.baseline);
      const fleetAt = async (at: number | undefined) =>
        FleetSnapshot.parse(await bed.store().documents.read('default', fleetDocument(at ?? 0)));
      const fleet = await fleetAt(told.fleetAt);
      expect(told.fleetAt).toBeGreaterThan(told.beforeAt ?? Number.POSITIVE_INFINITY);
      expect(fleet.agents).toEqual((await fleetAt(told.beforeAt)).agents);
      expect(fleet.agents.map(({ id }) => id)).toEqual(['lax-12']);
    });

    it('of one period in all conversations whose time it is, so that one pass over the samples does (A1)', async () => {
      const places = [ops, { ...ops, conversationKey: 'other' }];
      for (const place of places)
        await bed.store().digests.set({ ...place, schedule: daily, dueAt: 1, by: ada });
      let calls = 0;
      const moving = () => {
        calls += 1;
        return bed.clock.now() + calls;
      };
      const ports = { ...bed.ports(), store: bed.store() };
      await digestsJob({ ...ports, clock: { ...ports.clock, now: moving } }).run(
        new AbortController().signal,
      );
      const due = await Promise.all(places.map((place) => bed.store().digests.find(place)));
      const ends = due.map((one) => DigestBaseline.parse(one?.baseline).at);
      expect(new Set(ends).size).toBe(1);
    });

    it('E: with one copy of the fleet for all conversations, and none that no digest names', async () => {
      const places = Array.from({ length: 20 }, (_, index) => ({
        ...ops,
        conversationKey: `chat-${index}`,
      }));
      for (const place of places)
        await bed.store().digests.set({ ...place, schedule: daily, dueAt: 1, by: ada });
      running();
      for (let days = 0; days < 4; days += 1) {
        await pass(10_000);
        await bed.clock.jump(day);
      }
      await pass(10_000);
      await bed.clock.jump(2 * hour);
      await pass(10_000);
      const { db, close } = await connect(url, silentLog);
      const documents = await db.selectFrom('documents').select(['name', 'value']).execute();
      const told = await db.selectFrom('digests').select('told').execute();
      await close();
      const fleets = documents.filter(({ name }) => name.startsWith(fleetDocuments));
      expect(fleets).toHaveLength(2);
      expect(fleets.every(({ value }) => value.includes('lax-12'))).toBe(true);
      expect(told.some((one) => one.told?.includes('lax-12'))).toBe(false);
    });

    it('E: compares with the fleet that an older version has stored with the digest', async () => {
      const fleet = { takenAt: 1, agents: [{ id: 'old', name: 'OLD', online: true, missed: 0 }] };
      const stored = { ...ops, schedule: daily, dueAt: 1, by: ada };
      await bed.store().digests.set({ ...stored, baseline: { at: 1, fleet, before: fleet } });
      const load = createDigestLoader({ store: bed.store() });
      const gone = async () => (await load(ops, { from: 1, to: bed.clock.now() }))?.digest.gone;
      expect(await gone()).toMatchObject([{ id: 'old' }]);
      running();
      await pass(minute);
      expect(await gone()).toMatchObject([{ id: 'old' }]);
      await bed.clock.jump(day);
      await pass(minute);
      expect(await gone()).toEqual([]);
    });

    it('once, however many were missed', async () => {
      const dueAt = bed.clock.now() + minute;
      await bed.store().digests.set({ ...ops, schedule: daily, dueAt, by: ada });
      await bed.clock.jump(3 * day);
      running();
      await pass(minute);
      expect(await notices()).toHaveLength(1);
    });
  });

  it('clears up every quarter of an hour', async () => {
    const until = bed.clock.now() + minute;
    await bed.store().mutes.set({ ...ops, agentId: '', until, by: ada });
    running();
    await pass(10 * minute);
    const kept = () => bed.store().mutes.active('default', until - 1);
    expect(await kept()).toHaveLength(1);
    await bed.clock.jump(15 * minute);
    await pass(minute);
    expect(await kept()).toEqual([]);
  });
});
