import { describe, expect, it } from 'vitest';
import { readDetail } from '../../../src/features/alerting/domain/alert-detail.ts';
import type { SessionState } from '../../../src/platform/agent.ts';
import { ada, ops } from '../../contracts/store-bed.ts';
import { aMonitor, type MonitorBed, minute, said } from '../../monitor/a-monitor.ts';

/** An agent that goes on measuring: else monitoring would be blind. */
const measured = 'den-9';

/** Each of them is Poor, and that was notified. */
const allPoor = async (ids: readonly string[], typed = ''): Promise<MonitorBed> => {
  const bed = await aMonitor();
  for (const id of [...ids, measured]) bed.fleet.add(id);
  await bed.watch(typed);
  for (const word of ['good', 'poor', 'poor'] as const) {
    for (const id of ids) bed.fleet.measure(id, word);
    await bed.poll();
  }
  await bed.messages();
  return bed;
};

/** What was said in each of so many polls, while nothing else was measured. */
const silentSweeps = async (bed: MonitorBed, count: number): Promise<readonly string[]> => {
  const told: string[] = [];
  for (let poll = 0; poll < count; poll += 1) {
    bed.fleet.measure(measured, 'good');
    await bed.poll();
    told.push(...said(await bed.messages()));
  }
  return told;
};

const asked = ({ fleet }: MonitorBed): readonly string[] =>
  fleet.calls.filter((call) => call.startsWith('sessions'));

const open = async (bed: MonitorBed): Promise<readonly string[]> =>
  (await bed.store().alerts.current('default')).map(({ agentId }) => agentId);

/** Polls until it is asked about: its last reading is older than one and a half by then. */
const untilSilent = 0;

describe('a bad target that is closed in PingPlotter', () => {
  it.each<[string, Readonly<Record<string, SessionState>>]>([
    ['that the list calls closed', { 'lax-12-crm': 'closed', 'lax-12-web': 'active' }],
    ['that the list does not know any more', { 'lax-12-web': 'active' }],
    ['whose agent has no other', {}],
  ])('%s ends without a word', async (_, sessions) => {
    const bed = await allPoor(['lax-12']);
    const [alert] = await bed.store().alerts.current('default');
    bed.fleet.list('lax-12', sessions);
    bed.fleet.unmeasure('lax-12', 'lax-12-crm');
    expect(await silentSweeps(bed, untilSilent)).toEqual([]);
    expect(await silentSweeps(bed, 1)).toEqual(['update alert']);
    const closed = await bed.store().alerts.find(alert?.id ?? '');
    expect(closed?.closedAt).toBe(bed.clock.now());
    expect(closed && readDetail(closed)).toMatchObject({
      state: 'closed',
      endedAt: bed.clock.now(),
      rows: [{ state: 'closed', target: { name: 'crm' }, shown: { word: 'poor', score: 41 } }],
    });
    const states = await bed.store().alertStates.all('default');
    expect(
      states.filter(({ agentId, sessionId }) => sessionId !== '' && agentId !== measured),
    ).toEqual([]);
  });

  it('stays ended while the status goes on to show its last reading', async () => {
    const bed = await allPoor(['lax-12']);
    bed.fleet.list('lax-12', { 'lax-12-crm': 'closed' });
    expect(await silentSweeps(bed, 30)).toEqual(['update alert']);
    expect(asked(bed)).toHaveLength(1);
    expect(await open(bed)).toEqual([]);
  });

  it('is notified again when it is opened again and bad', async () => {
    const bed = await allPoor(['lax-12']);
    bed.fleet.list('lax-12', { 'lax-12-crm': 'closed' });
    await silentSweeps(bed, 6);
    for (const word of ['good', 'poor'] as const) {
      bed.fleet.measure('lax-12', word);
      expect(await silentSweeps(bed, 1)).toEqual([]);
    }
    bed.fleet.measure('lax-12', 'poor');
    expect(await silentSweeps(bed, 1)).toEqual(['post alert']);
  });

  it('ends in a silence too', async () => {
    const bed = await allPoor(['lax-12']);
    const until = bed.clock.now() + 60 * minute;
    await bed.store().mutes.set({ ...ops, agentId: 'lax-12', until, by: ada });
    bed.fleet.list('lax-12', { 'lax-12-crm': 'closed' });
    expect(await silentSweeps(bed, 70)).toEqual(['update alert']);
  });

  it('leaves a group to those that are still bad', async () => {
    const site = ['boi-1', 'boi-2', 'boi-3', 'boi-4', 'boi-5'];
    const bed = await allPoor(site);
    for (const id of site) bed.fleet.list(id, { [`${id}-crm`]: 'closed' });
    const still = async (): Promise<readonly string[]> => {
      bed.fleet.measure('boi-5', 'poor');
      return silentSweeps(bed, 1);
    };
    for (let poll = 0; poll < untilSilent; poll += 1) expect(await still()).toEqual([]);
    expect(await still()).toEqual(['update group']);
    expect(await open(bed)).toEqual(['boi-5']);
  });
});

describe('a bad target that fell silent', () => {
  const stays = async (bed: MonitorBed): Promise<void> => {
    expect(await silentSweeps(bed, 30)).toEqual([]);
    expect(await open(bed)).toEqual(['lax-12']);
  };

  it.each<SessionState>(['active', 'paused', 'unknown'])('and is %s stays open', async (state) => {
    const bed = await allPoor(['lax-12']);
    bed.fleet.list('lax-12', { 'lax-12-crm': state });
    await stays(bed);
    expect(asked(bed)).toEqual(Array.from({ length: 15 }, () => 'sessions lax-12'));
  });

  it('stays open where the list may not be read', async () => {
    await stays(await allPoor(['lax-12']));
  });

  it('stays open while the list cannot be read, and ends when it can', async () => {
    const bed = await allPoor(['lax-12']);
    bed.fleet.list('lax-12', { 'lax-12-crm': 'closed' });
    const { sessions } = bed.fleet.pingPlotter;
    let down = true;
    Object.assign(bed.fleet.pingPlotter, {
      sessions: (id: string) => (down ? Promise.reject(new Error('down')) : sessions(id)),
    });
    expect(await silentSweeps(bed, 9)).toEqual([]);
    down = false;
    expect(await silentSweeps(bed, 10)).toEqual(['update alert']);
  });

  it('is not asked about while its agent is offline, which explains it', async () => {
    const bed = await allPoor(['lax-12'], 'poor');
    bed.fleet.list('lax-12', { 'lax-12-crm': 'closed' });
    bed.fleet.set('lax-12', { online: false });
    await stays(bed);
    expect(asked(bed)).toEqual([]);
  });

  it('is not asked about while it measures', async () => {
    const bed = await allPoor(['lax-12']);
    for (let poll = 0; poll < 20; poll += 1) {
      bed.fleet.measure('lax-12', 'poor');
      await bed.poll();
    }
    expect(asked(bed)).toEqual([]);
  });
});

it('asks about a few agents in one poll, and about all of them in turn', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `lax-${index}`);
  const bed = await allPoor(ids);
  await silentSweeps(bed, untilSilent);
  const each: number[] = [];
  for (let poll = 0; poll < 4; poll += 1) {
    const before = asked(bed).length;
    await bed.poll();
    each.push(asked(bed).length - before);
  }
  expect(each).toEqual([5, 5, 5, 5]);
  expect(new Set(asked(bed)).size).toBe(12);
});
