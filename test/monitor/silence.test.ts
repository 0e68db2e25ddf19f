import { beforeEach, describe, expect, it } from 'vitest';
import type { QualityWord } from '../../src/platform/agent.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { aMonitor, type MonitorBed, minute, said } from './a-monitor.ts';

describe('while a conversation is silent', () => {
  let bed: MonitorBed;

  beforeEach(async () => {
    bed = await aMonitor();
    bed.fleet.add('lax-12');
    await bed.watch('');
  });

  const measured = async (...words: readonly QualityWord[]): Promise<readonly string[]> => {
    for (const word of words) {
      bed.fleet.measure('lax-12', word);
      await bed.poll();
    }
    return said(await bed.messages());
  };

  const mute = (minutes: number, agentId = '') =>
    bed.store().mutes.set({ ...ops, agentId, until: bed.clock.now() + minutes * minute, by: ada });

  it('a problem that begins and lasts is notified when it is over', async () => {
    await measured('good');
    await mute(4);
    expect(await measured('poor', 'poor', 'poor')).toEqual([]);
    expect(await measured('poor', 'poor')).toEqual(['post alert']);
    expect(await measured('good', 'good')).toEqual(['update alert', 'post alert end']);
  });

  it('a problem that begins and ends is not notified at all', async () => {
    await measured('good');
    await mute(5);
    expect(await measured('poor', 'poor', 'good', 'good', 'good', 'good')).toEqual([]);
    expect(await measured('good', 'good')).toEqual([]);
  });

  it('the card of a problem that ends is brought up to date, and its end notified when it is over', async () => {
    expect(await measured('good', 'poor', 'poor')).toEqual(['post alert']);
    await mute(4, 'lax-12');
    expect(await measured('good', 'good', 'good')).toEqual(['update alert']);
    expect(await measured('good', 'good')).toEqual(['post alert end']);
    expect(await measured('good')).toEqual([]);
  });

  it('a problem that ends and begins again goes on on its card', async () => {
    await measured('good', 'poor', 'poor');
    await mute(6);
    expect(await measured('good', 'good', 'poor', 'poor')).toEqual(['update alert']);
    expect(await measured('poor', 'poor')).toEqual([]);
    expect(await bed.store().alerts.current('default')).toHaveLength(1);
  });

  it('a mute of another agent changes nothing', async () => {
    await mute(10, 'boi-1');
    expect(await measured('good', 'poor', 'poor')).toEqual(['post alert']);
  });

  it('a mute of another conversation changes nothing', async () => {
    await bed.store().mutes.set({
      ...ops,
      conversationKey: '19:dev',
      agentId: '',
      until: bed.clock.now() + 60 * minute,
      by: ada,
    });
    expect(await measured('good', 'poor', 'poor')).toEqual(['post alert']);
  });

  it('its end is notified at once, not only at the next poll', async () => {
    await measured('good');
    await mute(4);
    await measured('poor', 'poor', 'poor');
    await bed.clock.advance(minute);
    await bed.settle();
    expect(said(await bed.messages())).toEqual(['post alert']);
    expect(await measured('poor')).toEqual([]);
  });

  it('a restart forgets nothing of it', async () => {
    await measured('good', 'poor', 'poor');
    await mute(4);
    await measured('good', 'good');
    await bed.restart();
    expect(await measured('good', 'good', 'good')).toEqual(['post alert end']);
  });

  it('by unmuting, what was held back is notified', async () => {
    await measured('good');
    await mute(60);
    await measured('poor', 'poor');
    await bed.store().mutes.remove(ops, '');
    expect(await measured('poor')).toEqual(['post alert']);
  });

  it.each([
    ['of these agents', 'name:lax*', [[], ['post alert']]],
    ['of others', 'name:boi*', [['post alert'], []]],
    ['of a filter that cannot be read', 'is:nothing', [['post alert'], []]],
  ])('maintenance %s', async (_, filter, told) => {
    const from = bed.clock.now();
    await bed
      .store()
      .maintenance.add({ ...ops, id: 'm1', filter, from, until: from + 4 * minute, by: ada });
    expect([await measured('good', 'poor', 'poor'), await measured('poor', 'poor')]).toEqual(told);
  });

  it('quiet hours of one watch do not hold back another one', async () => {
    const quiet = { from: '11:00', to: '12:05', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'utc' };
    await bed.watch('poor', { quiet }, '19:dev');
    bed.fleet.measure('lax-12', 'good');
    for (const word of ['good', 'poor', 'poor'] as const) {
      bed.fleet.measure('lax-12', word);
      await bed.poll();
    }
    expect((await bed.messages()).map(({ to }) => to)).toEqual(['19:ops']);
    await measured('poor');
    bed.fleet.measure('lax-12', 'poor');
    await bed.poll();
    expect((await bed.messages()).map(({ to }) => to)).toEqual(['19:dev']);
  });

  it('a group that ends is notified once, when the last silence is over', async () => {
    const site = ['boi-1', 'boi-2', 'boi-3'];
    for (const id of site) bed.fleet.add(id);
    const all = async (word: QualityWord, ids: readonly string[]) => {
      for (const id of ids) bed.fleet.measure(id, word);
      await bed.poll();
      return said(await bed.messages());
    };
    await all('good', site);
    await all('poor', site);
    expect(await all('poor', site)).toEqual(['post group']);
    await mute(3, 'boi-3');
    await all('good', site);
    expect(await all('good', site)).toEqual(['update group']);
    expect([await all('good', site), await all('good', site)]).toEqual([['post group end'], []]);
  });
});
