import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clockJob } from '../../src/monitor/clock-job.ts';
import { createMonitor, type Monitor } from '../../src/monitor/loop.ts';
import type { MonitorPorts } from '../../src/monitor/state.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { settle } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from '../store/a-folder.ts';
import { aMonitor, type MonitorBed, minute, said } from './a-monitor.ts';

const second = 1000;

/** Time goes on in steps, and everybody's work is done in each; where nobody wakes nothing is waited for. */
const pass = async ({ clock }: MonitorBed, ms: number): Promise<void> => {
  await settle(40);
  for (let passed = 0; passed < ms; passed += second) {
    const woken = clock.sleepers().some((at) => at <= clock.now() + second);
    await clock.advance(second);
    if (woken) await settle(40);
  }
};

const running = (ports: MonitorPorts): Monitor => {
  const monitor = createMonitor(ports);
  onTestFinished(() => monitor.stop());
  monitor.start();
  return monitor;
};

const sweepsOf = ({ fleet }: MonitorBed): number =>
  fleet.calls.filter((call) => call === 'agents').length;

const aBed = async (): Promise<MonitorBed> => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  bed.fleet.add('boi-1', { online: false });
  await bed.watch('');
  return bed;
};

describe('the monitor', () => {
  it('polls at once and then at every interval', async () => {
    const bed = await aBed();
    running(bed.ports());
    await pass(bed, second);
    expect(sweepsOf(bed)).toBe(1);
    await pass(bed, 5 * minute);
    expect(sweepsOf(bed)).toBe(6);
  });

  it('shows the fleet that it swept last, worst first', async () => {
    const bed = await aBed();
    const startedAt = bed.clock.now();
    const monitor = running(bed.ports());
    expect(monitor.latest()).toBeUndefined();
    await pass(bed, 90 * second);
    expect(monitor.latest()).toMatchObject({ takenAt: startedAt + minute, skipped: 0 });
    expect(monitor.latest()?.agents.map(({ agent }) => agent.id)).toEqual(['boi-1', 'lax-12']);
  });

  it('polls agents early that were hinted at, once for many hints', async () => {
    const bed = await aBed();
    const monitor = running(bed.ports());
    await pass(bed, 10 * second);
    const looks = () => bed.fleet.calls.filter((call) => call === 'agent lax-12').length;
    for (let hint = 0; hint < 20; hint += 1) await monitor.hint(['lax-12']);
    await pass(bed, second);
    expect(looks()).toBe(1);
    await monitor.hint(['lax-12']);
    await pass(bed, 3 * second);
    expect(looks()).toBe(1);
    await pass(bed, 3 * second);
    expect(looks()).toBe(2);
    expect(sweepsOf(bed)).toBe(1);
  });

  it('goes on after PingPlotter or the store was away', async () => {
    const bed = await aBed();
    const store = bed.store();
    let down = false;
    const shaky: BotStore = {
      ...store,
      transaction: (work) =>
        down ? Promise.reject(new Error('disk full')) : store.transaction(work),
    };
    const outcomes: string[] = [];
    running({
      ...bed.ports(),
      store: shaky,
      metrics: { poll: (outcome) => outcomes.push(outcome), alert: () => {} },
    });
    await pass(bed, 30 * second);
    bed.fleet.fail('unavailable');
    await pass(bed, minute);
    bed.fleet.fail();
    down = true;
    await pass(bed, minute);
    down = false;
    await pass(bed, minute);
    expect(outcomes).toEqual(['read', 'unavailable', 'read']);
  });

  it('stops within moments, in the middle of a poll too', async () => {
    const bed = await aBed();
    const { pingPlotter } = bed.fleet;
    const monitor = running({
      ...bed.ports(),
      pingPlotter: () => ({
        ...pingPlotter,
        agents: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(new Error('stopped')));
          }),
      }),
    });
    await settle(10);
    await monitor.stop();
    expect(await bed.store().leases.acquire('monitor:default', 'next', 1)).toBe(true);
    const view = await bed.store().documents.read('default', 'monitor');
    expect(view).toBeUndefined();
  });
});

describe('A5: a wall clock that is set', () => {
  it.each([-3600, 3600, -400])('by %d s delays no poll', async (seconds) => {
    const bed = await aBed();
    running(bed.ports());
    await pass(bed, 30 * second);
    bed.clock.setWall(seconds * second);
    await pass(bed, 10 * second);
    // At once, since all that was known has times of before.
    expect(sweepsOf(bed)).toBe(2);
    await pass(bed, 3 * minute);
    expect(sweepsOf(bed)).toBe(5);
  });

  it.each([-3600, -400, 400])('by %d s delays no alert', async (seconds) => {
    const bed = await aBed();
    running(bed.ports());
    const measured = async (word: 'good' | 'poor', polls: number): Promise<void> => {
      for (let made = 0; made < polls; made += 1) {
        bed.fleet.measure('lax-12', word);
        await pass(bed, minute);
      }
    };
    const clockWatch = clockJob({ clock: bed.clock, store: bed.store(), log: silentLog });
    await measured('good', 5);
    await bed.messages();
    bed.clock.setWall(seconds * second);
    await clockWatch.run(new AbortController().signal);
    await measured('good', 1);
    await measured('poor', 3);
    expect(said(await bed.messages())).toEqual(['post alert']);
    bed.clock.setWall(seconds * second);
    await clockWatch.run(new AbortController().signal);
    bed.fleet.set('lax-12', { online: false });
    await pass(bed, 3 * minute);
    expect(said(await bed.messages())).toHaveLength(1);
  });
});

describe('A2: with hourly polls', () => {
  it('the same picture for 15 minutes is the truth', async () => {
    const bed = await aMonitor();
    for (let index = 0; index < 8; index += 1) bed.fleet.add(`lax-${index}`);
    await bed.watch('');
    running({ ...bed.ports(), pollSeconds: 3600 });
    await pass(bed, second);
    for (let index = 0; index < 7; index += 1) bed.fleet.remove(`lax-${index}`);
    await pass(bed, 60 * minute);
    expect(said(await bed.messages())).toEqual(['post sight blind']);
    await pass(bed, 18 * minute);
    expect(said(await bed.messages())).toContain('post sight sighted');
  });
});

describe('of several instances', () => {
  const two = async () => {
    const bed = await aBed();
    const url = `file:${join(aFolder(), 'shared.db')}`;
    const counts = [0, 0];
    const instance = async (index: number): Promise<Monitor> => {
      const store = await openStore({ url, clock: bed.clock, log: silentLog });
      onTestFinished(() => store.close());
      const { pingPlotter } = bed.fleet;
      return running({
        ...bed.ports(),
        store,
        instance: `instance-${index}`,
        pingPlotter: () => ({
          ...pingPlotter,
          agents: (...args) => {
            counts[index] = (counts[index] ?? 0) + 1;
            return pingPlotter.agents(...args);
          },
        }),
      });
    };
    const first = await instance(0);
    await pass(bed, 2 * second);
    return { bed, counts, first, second: await instance(1) };
  };

  it('one polls', async () => {
    const { bed, counts } = await two();
    await pass(bed, 3 * minute);
    expect(counts).toEqual([4, 0]);
  });

  it('A6: polls what another one was hinted at', async () => {
    const { bed, counts, second: idle } = await two();
    const looks = () => bed.fleet.calls.filter((call) => call === 'agent lax-12').length;
    await pass(bed, 20 * second);
    await idle.hint(['lax-12']);
    await pass(bed, 10 * second);
    expect(looks()).toBe(1);
    expect(counts).toEqual([1, 0]);
  });

  it('another one takes over at once when the first one stops', async () => {
    const { bed, counts, first } = await two();
    await pass(bed, minute);
    await first.stop();
    await pass(bed, minute);
    expect(counts[0]).toBe(2);
    expect(counts[1]).toBeGreaterThanOrEqual(1);
  });
});

describe('a hint', () => {
  it('G6: that came while nobody held the lease is looked at after the next poll began', async () => {
    const bed = await aBed();
    await bed.store().hints.add('default', ['lax-12']);
    running({ ...bed.ports(), pollSeconds: 3600 });
    await pass(bed, 3 * second);
    expect(sweepsOf(bed)).toBe(1);
    expect(await bed.store().hints.waiting('default', 10)).toEqual([]);
  });

  it('outlives an outage of PingPlotter', async () => {
    const bed = await aBed();
    const monitor = running({ ...bed.ports(), pollSeconds: 3600 });
    await pass(bed, 10 * second);
    bed.fleet.fail('unavailable');
    await monitor.hint(['lax-12']);
    await pass(bed, 10 * second);
    bed.fleet.fail();
    const looks = () => bed.fleet.calls.filter((call) => call === 'agent lax-12').length;
    const before = looks();
    await pass(bed, 2 * minute);
    expect(looks()).toBeGreaterThan(before);
    expect(await bed.store().hints.waiting('default', 10)).toEqual([]);
  });

  it('among more than a targeted poll reads makes a whole poll', async () => {
    const bed = await aBed();
    const monitor = running({ ...bed.ports(), pollSeconds: 3600 });
    await pass(bed, 2 * minute);
    await monitor.hint(Array.from({ length: 30 }, (_, index) => `agent-${index}`));
    await pass(bed, second);
    expect(sweepsOf(bed)).toBe(2);
  });
});

describe('the lease', () => {
  it('A9: is taken at once by the process that comes after, where it has the name of the dead one', async () => {
    const bed = await aBed();
    await bed.store().leases.acquire('monitor:default', 'only', 30 * second);
    running({ ...bed.ports(), pollSeconds: 3600 });
    await pass(bed, second);
    expect(sweepsOf(bed)).toBe(1);
  });

  it('G6: of an instance that died is taken over within moments, whatever the poll interval', async () => {
    const bed = await aBed();
    const { leases } = bed.store();
    await leases.acquire('monitor:default', 'dead', 30 * second);
    running({ ...bed.ports(), pollSeconds: 3600 });
    await pass(bed, 25 * second);
    expect(sweepsOf(bed)).toBe(0);
    await pass(bed, 10 * second);
    expect(sweepsOf(bed)).toBe(1);
  });

  it('G6: of one that polls each hour runs out within a minute once it is dead', async () => {
    const bed = await aBed();
    const store = bed.store();
    let isDead = false;
    const alive = <T>(work: () => Promise<T>): Promise<T> =>
      isDead ? Promise.reject(new Error('dead')) : work();
    const { leases } = store;
    running({
      ...bed.ports(),
      pollSeconds: 3600,
      instance: 'killed',
      store: {
        ...store,
        leases: {
          ...leases,
          acquire: (...args) => alive(() => leases.acquire(...args)),
          renew: (...args) => alive(() => leases.renew(...args)),
          release: (...args) => alive(() => leases.release(...args)),
        },
      },
    });
    await pass(bed, minute);
    expect(sweepsOf(bed)).toBe(1);
    isDead = true;
    running({ ...bed.ports(), pollSeconds: 3600, instance: 'next' });
    await pass(bed, minute);
    expect(sweepsOf(bed)).toBe(2);
  });

  it('that was lost in the middle of a poll lets it store nothing', async () => {
    const bed = await aBed();
    const { pingPlotter } = bed.fleet;
    let robbed = false;
    running({
      ...bed.ports(),
      pingPlotter: () => ({
        ...pingPlotter,
        agents: async () => {
          const { leases } = bed.store();
          await leases.release('monitor:default', 'only');
          robbed = await leases.acquire('monitor:default', 'thief', minute);
          return pingPlotter.agents();
        },
      }),
    });
    await settle(40);
    expect(robbed).toBe(true);
    expect(await bed.store().documents.read('default', 'monitor')).toBeUndefined();
  });
});
