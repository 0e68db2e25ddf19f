import { describe, expect, it } from 'vitest';
import { fleetChanges, takeSnapshot } from '../../../../src/features/fleet/domain/snapshot.ts';
import { pollResult } from '../../../../src/features/health/domain/picture.ts';
import { anAgent } from '../an-agent.ts';

const lax = anAgent({ id: 'lax', name: 'LAX-12' });
const bos = anAgent({ id: 'bos', name: 'BOS-01' });
const snapshot = (...agents: readonly (typeof lax)[]) =>
  takeSnapshot(undefined, { agents, skipped: 0 }, 1);

describe('what changed in the fleet', () => {
  it.each([
    ['nothing', snapshot(lax, bos), snapshot(bos, lax), []],
    ['nothing at first sight', undefined, snapshot(lax), []],
    ['came', snapshot(lax), snapshot(lax, bos), [{ kind: 'came', agent: 'bos', name: 'BOS-01' }]],
    ['gone', snapshot(lax, bos), snapshot(lax), [{ kind: 'gone', agent: 'bos', name: 'BOS-01' }]],
    [
      'offline',
      snapshot(lax),
      snapshot({ ...lax, online: false }),
      [{ kind: 'offline', agent: 'lax', name: 'LAX-12' }],
    ],
    [
      'online',
      snapshot({ ...lax, online: false }),
      snapshot(lax),
      [{ kind: 'online', agent: 'lax', name: 'LAX-12' }],
    ],
    [
      'renamed',
      snapshot(lax),
      snapshot({ ...lax, name: 'LAX-13' }),
      [{ kind: 'renamed', agent: 'lax', name: 'LAX-13', before: 'LAX-12' }],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(fleetChanges(before, after)).toEqual(changes);
  });
});

describe('a poll from far away', () => {
  const before = snapshot(lax, bos, anAgent({ id: 'off', online: false }));
  it.each([
    ['all there', [lax, bos], 0, { online: 2, lost: 0 }],
    ['one absent', [lax], 0, { online: 1, lost: 1 }],
    ['one offline', [lax, { ...bos, online: false }], 0, { online: 1, lost: 1 }],
    ['one deleted', [lax, { ...bos, online: false, deleted: true }], 0, { online: 1, lost: 0 }],
    ['one that could not be read', [lax], 1, { online: 1, lost: 0 }],
    ['more unread than lost', [lax], 5, { online: 1, lost: 0 }],
  ])('%s', (_, agents, skipped, result) => {
    expect(pollResult(before, { agents, skipped })).toEqual({ ok: true, before: 2, ...result });
  });

  it('loses nobody at the first sight', () => {
    expect(pollResult(undefined, { agents: [lax], skipped: 0 })).toEqual({
      ok: true,
      online: 1,
      before: 0,
      lost: 0,
    });
  });
});
