import { beforeEach, describe, expect, it } from 'vitest';
import type { QualityWord } from '../../src/platform/agent.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { aMonitor, type MonitorBed, minute } from './a-monitor.ts';

describe('messages that are held back', () => {
  let bed: MonitorBed;

  beforeEach(async () => {
    bed = await aMonitor();
    bed.fleet.add('lax-12');
    await bed.watch('');
  });

  const measured = async (...words: readonly QualityWord[]): Promise<void> => {
    for (const word of words) {
      bed.fleet.measure('lax-12', word);
      await bed.poll();
    }
  };

  const mute = (minutes: number, agentId = '') =>
    bed.store().mutes.set({ ...ops, agentId, until: bed.clock.now() + minutes * minute, by: ada });

  /** Like `begin mute`, the oldest first. */
  const suppressed = async (conversationKey = ops.conversationKey): Promise<readonly string[]> => {
    const page = { skip: 0, limit: 99 };
    const here = { ...ops, conversationKey };
    const { messages } = await bed.store().suppressions.list(here, 0, page);
    return messages.map(({ what, why }) => `${what} ${why}`).toReversed();
  };

  it('are none while nothing is silent', async () => {
    await measured('good', 'poor', 'poor', 'good', 'good');
    expect(await suppressed()).toEqual([]);
  });

  it('are the beginning and the end of a problem in a mute, each once', async () => {
    await measured('good');
    await mute(60);
    await measured('poor', 'poor', 'poor', 'poor');
    expect(await suppressed()).toEqual(['begin mute']);
    await measured('good', 'good', 'good');
    expect(await suppressed()).toEqual(['begin mute', 'end mute']);
    await measured('poor', 'poor', 'poor');
    expect(await suppressed()).toEqual(['begin mute', 'end mute', 'begin mute']);
  });

  it('count once over restarts', async () => {
    await measured('good');
    await mute(60);
    await measured('poor', 'poor');
    await bed.restart();
    await measured('poor', 'poor');
    await bed.restart();
    await measured('good');
    await bed.restart();
    await measured('good', 'good');
    expect(await suppressed()).toEqual(['begin mute', 'end mute']);
  });

  it('count a problem that outlasts the mute once, and its end is sent', async () => {
    await measured('good');
    await mute(4);
    await measured('poor', 'poor', 'poor', 'poor', 'poor', 'good', 'good', 'good');
    expect(await suppressed()).toEqual(['begin mute']);
  });

  it('are the end of an alert that was sent, and that it got worse', async () => {
    await bed.watch('fair');
    await measured('good', 'fair', 'fair');
    await mute(60);
    await measured('poor', 'poor', 'poor', 'poor');
    expect(await suppressed()).toEqual(['worse mute']);
    await measured('good', 'good', 'good');
    expect(await suppressed()).toEqual(['worse mute', 'end mute']);
  });

  it('are counted by the rule that holds them', async () => {
    const quiet = { from: '11:00', to: '13:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'utc' };
    await bed.watch('poor', { quiet }, '19:dev');
    const from = bed.clock.now();
    const window = { from, until: from + 60 * minute, by: ada };
    await bed.store().maintenance.add({ ...ops, ...window, id: 'm1', filter: 'name:lax*' });
    await measured('good', 'poor', 'poor', 'good', 'good');
    expect(await suppressed()).toEqual(['begin maintenance', 'end maintenance']);
    expect(await suppressed('19:dev')).toEqual(['begin quiet', 'end quiet']);
  });

  it('are what flapping keeps from people', async () => {
    const twice = ['poor', 'poor', 'good', 'good'] as const;
    await measured('good', ...twice, ...twice, ...twice, ...twice, ...twice, ...twice);
    const sent = (await bed.messages()).filter(({ kind }) => kind === 'post').length;
    const kept = await suppressed();
    expect(kept.length).toBeGreaterThan(1);
    expect(new Set(kept)).toEqual(new Set(['begin flapping', 'end flapping']));
    // Six times it began and ended: each of them was sent or held back.
    expect(sent + kept.length).toBe(12);
    await bed.restart();
    await measured('good', 'good');
    expect(await suppressed()).toEqual(kept);
  });

  it('are none that were due before anybody counted', async () => {
    await measured('good');
    await mute(60);
    await measured('poor', 'poor');
    // As a version left it that did not count.
    const { suppressions, documents } = bed.store();
    await suppressions.forgetAlerts(await suppressions.alerts('default'));
    await documents.write('default', 'suppressions', null);
    await bed.store().prune(bed.clock.now() + 30 * 24 * 60 * minute);
    await mute(60);
    await bed.restart();
    await measured('poor', 'poor');
    expect(await suppressed()).toEqual([]);
    expect(await bed.store().documents.read('default', 'suppressions')).toEqual({
      since: bed.clock.now() - minute,
    });
    await measured('good', 'good');
    expect(await suppressed()).toEqual(['end mute']);
  });

  it('end with the watch, without a message', async () => {
    const watch = await bed.watch('', {}, '19:dev');
    await bed.store().mutes.set({
      ...ops,
      conversationKey: '19:dev',
      agentId: '',
      until: bed.clock.now() + 60 * minute,
      by: ada,
    });
    await measured('good', 'poor', 'poor');
    expect(await bed.store().suppressions.alerts('default')).toHaveLength(1);
    await bed.store().watches.remove({ ...ops, conversationKey: '19:dev' }, watch.number);
    await measured('poor', 'good', 'good');
    expect(await suppressed('19:dev')).toEqual(['begin mute']);
    expect(await bed.store().suppressions.alerts('default')).toEqual([]);
  });
});
