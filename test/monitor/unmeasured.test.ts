import { describe, expect, it } from 'vitest';
import { createMonitorView } from '../../src/monitor/record.ts';
import { aMonitor, type MonitorBed, minute, said } from './a-monitor.ts';

const start = async (): Promise<MonitorBed> => {
  const bed = await aMonitor();
  for (const id of ['lax-1', 'lax-2']) {
    bed.fleet.add(id);
    bed.fleet.measure(id, 'good');
  }
  await bed.watch('');
  await bed.poll();
  return bed;
};

const polls = async (bed: MonitorBed, count: number): Promise<readonly string[]> => {
  for (let made = 0; made < count; made += 1) await bed.poll();
  return said(await bed.messages());
};

const stateOf = (bed: MonitorBed) => createMonitorView(bed.store().documents).polls('default');

describe('A5: a fleet without one usable reading', () => {
  it.each([
    ['too old', 20 * minute],
    ['of a time to come', -20 * minute],
  ])('is outage when all are %s, until there is one', async (_, agoMs) => {
    const bed = await start();
    bed.clock.setWall(-agoMs);
    for (const id of ['lax-1', 'lax-2']) bed.fleet.measure(id, 'poor');
    bed.clock.setWall(agoMs);
    expect(await polls(bed, 2)).toEqual([]);
    expect(await polls(bed, 1)).toEqual(['post sight blind']);
    expect(await polls(bed, 1)).toEqual([]);
    expect((await stateOf(bed)).unmeasured).toMatchObject({ why: 'no-fresh' });
    bed.fleet.measure('lax-1', 'good');
    expect(await polls(bed, 1)).toEqual(['post sight sighted']);
    expect((await stateOf(bed)).unmeasured).toBeUndefined();
  });

  it('still notifies of who goes offline', async () => {
    const bed = await start();
    await polls(bed, 10);
    bed.fleet.set('lax-2', { online: false });
    expect(await polls(bed, 3)).toEqual(['post alert']);
  });

  it('is none where nobody is online, nothing was measured yet, or all is paused', async () => {
    const bed = await start();
    await bed
      .store()
      .sessions.markPaused('default', 'lax-1', ['lax-1-crm'], { name: 'A', at: bed.clock.now() });
    bed.fleet.set('lax-2', { online: false });
    bed.fleet.add('new-1');
    expect(await polls(bed, 12)).not.toContain('post sight blind');
  });
});

describe('C3: statuses that cannot be read', () => {
  it.each(['permission-missing', 'unavailable'] as const)(
    '(%s) hide no agent, and are notified as outage with the reason',
    async (code) => {
      const bed = await start();
      bed.fleet.failStatus(code);
      expect(await polls(bed, 3)).toEqual(['post sight blind']);
      expect((await stateOf(bed)).unmeasured).toMatchObject({ why: 'statuses', code });
      bed.fleet.set('lax-2', { online: false });
      expect(await polls(bed, 3)).toEqual(['post alert']);
      bed.fleet.failStatus();
      bed.fleet.measure('lax-1', 'good');
      expect(await polls(bed, 1)).toEqual(['post sight sighted']);
    },
  );

  it('of some agents hide no score of the others, and end no alert', async () => {
    const bed = await start();
    const measured = async (word: 'good' | 'poor', count: number): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let made = 0; made < count; made += 1) {
        for (const id of ['lax-1', 'lax-2']) bed.fleet.measure(id, word);
        found.push(...(await polls(bed, 1)));
      }
      return found;
    };
    expect(await measured('poor', 3)).toEqual(['post alert', 'post alert']);
    const before = await stateOf(bed);
    bed.fleet.failStatus('unavailable', ['lax-2']);
    expect(await measured('good', 4)).toEqual(['update alert', 'post alert end']);
    const [open, ...others] = await bed.store().alerts.current('default');
    expect([open?.agentId, others]).toEqual(['lax-2', []]);
    const state = await stateOf(bed);
    expect(state.unmeasured).toBeUndefined();
    // The fleet was not read whole, which the readiness goes by.
    expect(state.lastGoodAt).toBe(before.lastGoodAt);
    bed.fleet.failStatus();
    expect(await measured('good', 3)).toEqual(['update alert', 'post alert end']);
  });

  it('because the key is refused are a failed poll', async () => {
    const bed = await start();
    bed.fleet.failStatus('key-wrong');
    expect(await polls(bed, 3)).toContain('post sight key-wrong');
  });
});
