import { beforeEach, describe, expect, it } from 'vitest';
import { createMonitorView } from '../../src/monitor/record.ts';
import { ada } from '../contracts/store-bed.ts';
import { aMonitor, type Message, type MonitorBed, minute, said } from './a-monitor.ts';

const place = {
  account: 'default',
  conversationKey: 'a:ada',
  tenantId: 'contoso',
  serviceUrl: 'https://smba.example/emea/',
  kind: 'personal',
  botId: '28:bot',
  channelId: 'msteams',
} as const;

describe('the monitor itself', () => {
  let bed: MonitorBed;
  const site = Array.from({ length: 10 }, (_, index) => `boi-${index}`);

  beforeEach(async () => {
    bed = await aMonitor();
    for (const id of site) bed.fleet.add(id);
    await bed.watch('');
    await bed.watch('offline');
    await bed.watch('', {}, '19:dev');
    await polls(1);
  });

  const polls = async (count: number): Promise<readonly Message[]> => {
    for (let done = 0; done < count; done += 1) {
      for (const id of site) bed.fleet.measure(id, 'good');
      await bed.poll();
    }
    return bed.messages();
  };

  const view = () => createMonitorView(bed.store().documents).polls('default');

  it('notifies once that it is blind, and once that it sees again, wherever somebody watches', async () => {
    bed.fleet.fail('unavailable');
    expect(await polls(2)).toEqual([]);
    const blind = await polls(1);
    expect(said(blind)).toEqual(Array(2).fill('post sight blind'));
    expect(blind.map(({ to }) => to).sort()).toEqual(['19:dev', '19:ops']);
    const since = bed.clock.now();
    expect(blind[0]?.notice).toMatchObject({ since, at: since, why: 'unreadable' });
    await bed.restart();
    expect(await polls(3)).toEqual([]);
    expect(await view()).toEqual({
      lastAt: bed.clock.now(),
      lastGoodAt: since - 3 * minute,
      blindSince: since,
      blindWhy: 'unreadable',
      failedWith: 'unavailable',
    });
    bed.fleet.fail();
    const noOutage = await polls(1);
    expect(said(noOutage)).toEqual(Array(2).fill('post sight sighted'));
    expect(noOutage[0]?.notice).toMatchObject({ since, at: bed.clock.now() });
    expect(await polls(2)).toEqual([]);
    expect(await view()).toEqual({ lastAt: bed.clock.now(), lastGoodAt: bed.clock.now() });
  });

  it('is suspected, not the agents, when nearly all of them vanish at once', async () => {
    for (const id of site) bed.fleet.remove(id);
    await bed.poll();
    await bed.poll();
    await bed.poll();
    const messages = await bed.messages();
    expect(said(messages)).toEqual(Array(2).fill('post sight blind'));
    expect(messages[0]?.notice).toMatchObject({ why: 'vanished' });
    for (const id of site) bed.fleet.add(id);
    expect(said(await polls(3))).toEqual(Array(2).fill('post sight sighted'));
  });

  it('misses nobody who went while it was not running', async () => {
    await bed.restart();
    bed.fleet.set('boi-1', { online: false });
    await bed.poll();
    await bed.poll();
    expect((await bed.messages()).map(({ notice }) => notice.kind)).toEqual(Array(2).fill('alert'));
  });

  it('notifies everybody who watches that the key is refused, where no admin can be reached', async () => {
    bed.fleet.fail('key-wrong');
    expect(said(await polls(1))).toEqual(Array(2).fill('post sight key-wrong'));
  });

  it('notifies the admins alone that the key is refused, and that it works again', async () => {
    const { installations, grants } = bed.store();
    await installations.refresh({ ...place, personId: 'ada' });
    await installations.refresh({ ...place, conversationKey: 'a:bob', personId: 'bob' });
    await installations.refresh({ ...place, conversationKey: 'a:eve', personId: 'eve' });
    await installations.refresh({ ...place, conversationKey: 'a:old', personId: 'ada' });
    await installations.markDead({ account: 'default', conversationKey: 'a:old' }, 'gone');
    const at = bed.clock.now();
    const grant = { tenantId: 'contoso', role: 'admin', by: ada, at } as const;
    await grants.set('default', { ...grant, personId: 'bob', personName: 'Bob' });
    const calls = bed.fleet.calls.length;
    bed.fleet.fail('key-wrong');
    const refused = await polls(2);
    expect(said(refused)).toEqual(Array(2).fill('post sight key-wrong'));
    expect(refused.map(({ to }) => to).sort()).toEqual(['a:ada', 'a:bob']);
    expect(bed.fleet.calls.slice(calls)).toEqual(['agents', 'agents']);
    bed.fleet.fail();
    expect(said(await polls(2))).toEqual(Array(2).fill('post sight key-accepted'));
  });

  it('leaves hints alone while the key is refused', async () => {
    bed.fleet.fail('key-wrong');
    await bed.poll();
    const calls = bed.fleet.calls.length;
    await bed.hint('boi-1');
    expect(bed.fleet.calls).toHaveLength(calls);
  });
});
