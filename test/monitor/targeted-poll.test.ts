import { beforeEach, describe, expect, it } from 'vitest';
import { aMonitor, type MonitorBed, said } from './a-monitor.ts';

const seconds = 1000;

describe('a hint', () => {
  let bed: MonitorBed;

  beforeEach(async () => {
    bed = await aMonitor();
    for (const id of ['lax-12', 'boi-1']) bed.fleet.add(id);
    await bed.watch('');
    for (const id of ['lax-12', 'boi-1']) bed.fleet.measure(id, 'good');
    await bed.poll();
  });

  const hinted = async (...agents: readonly string[]): Promise<readonly string[]> => {
    await bed.clock.advance(10 * seconds);
    await bed.hint(...agents);
    return said(await bed.messages());
  };

  it('makes a problem known before the next poll', async () => {
    bed.fleet.measure('lax-12', 'poor');
    await bed.poll();
    bed.fleet.measure('lax-12', 'poor');
    expect(await hinted('lax-12')).toEqual(['post alert']);
  });

  it('that comes twice counts once', async () => {
    bed.fleet.measure('lax-12', 'poor');
    expect([await hinted('lax-12'), await hinted('lax-12'), await hinted('lax-12')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('that comes late, when all is well again, sends nothing', async () => {
    bed.fleet.measure('lax-12', 'poor');
    await hinted('lax-12');
    bed.fleet.measure('lax-12', 'good');
    expect([await hinted('lax-12'), await hinted('lax-12')]).toEqual([[], []]);
  });

  it('does not make an agent offline faster than two polls would', async () => {
    bed.fleet.set('lax-12', { online: false });
    expect([await hinted('lax-12'), await hinted('lax-12')]).toEqual([[], []]);
    await bed.poll();
    expect(said(await bed.messages())).toEqual([]);
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['post alert']);
  });

  it('at a deleted agent ends its problems', async () => {
    for (const _ of [1, 2]) {
      bed.fleet.measure('lax-12', 'poor');
      await bed.poll();
    }
    await bed.messages();
    bed.fleet.set('lax-12', { deleted: true });
    expect(await hinted('lax-12')).toEqual(['update alert']);
  });

  it('at nobody, or when PingPlotter is away, changes nothing', async () => {
    expect(await hinted('nobody')).toEqual([]);
    bed.fleet.fail('unavailable');
    expect(await hinted('lax-12')).toEqual([]);
    bed.fleet.fail();
    await bed.poll();
    await bed.poll();
    expect(await bed.messages()).toEqual([]);
  });

  it('at a new agent makes it known', async () => {
    bed.fleet.add('new-1', { name: 'New' });
    await hinted('new-1');
    bed.fleet.set('new-1', { online: false });
    await bed.poll();
    await bed.poll();
    expect(said(await bed.messages())).toEqual(['post alert']);
  });
});
