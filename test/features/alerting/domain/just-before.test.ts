import { describe, expect, it } from 'vitest';
import {
  commonChange,
  findJustBefore,
} from '../../../../src/features/alerting/domain/just-before.ts';
import type { OwnChange } from '../../../../src/features/changes/domain/own-change.ts';
import type { ConnectionChange } from '../../../../src/features/fleet/domain/connection-change.ts';

const minute = 60_000;
const since = 100 * minute;

const change = (at: number, more: Partial<ConnectionChange> = {}): ConnectionChange => ({
  what: 'to-wifi',
  at: at * minute,
  after: (at - 1) * minute,
  ...more,
});
const act = (at: number, more: Partial<OwnChange> = {}): OwnChange => ({
  agent: 'lax-12',
  kind: 'reconnect',
  until: 0,
  at: at * minute,
  by: 'Alex',
  ...more,
});
const found = (changes: readonly ConnectionChange[], own: readonly OwnChange[] = []) =>
  findJustBefore(since, ['crm'], changes, own);

describe('what changed just before a problem', () => {
  it('is the nearest change before it', () => {
    expect(found([change(80), change(95, { what: 'vpn-on' })])).toEqual({
      what: 'vpn-on',
      at: 95 * minute,
    });
  });

  it.each([
    ['more than half an hour before', [change(69)], []],
    ['after it', [change(102)], []],
    ['by the bot after it', [], [act(101)]],
    ['on another target', [], [act(95, { kind: 'resume', session: 'dns' })]],
    ['a pause', [], [act(95, { kind: 'pause' })]],
    ['a deletion', [], [act(95, { kind: 'delete' })]],
    ['of an older version, without a time', [], [{ agent: 'a', kind: 'reconnect', until: 9 }]],
  ] as const)('is nothing %s', (_, changes, own) => {
    expect(found(changes, own)).toBeUndefined();
  });

  it('is half an hour old at the most', () => {
    expect(found([change(70)])?.at).toBe(70 * minute);
  });

  it('is unsure where both came between the same two polls', () => {
    expect(found([change(100.5, { after: 99.5 * minute })])).toMatchObject({ isUnsure: true });
    expect(found([change(100.5, { after: since })])).toBeUndefined();
  });

  it('is our own act, with whose it was', () => {
    const own = [
      act(95, { kind: 'rename', name: 'NEW' }),
      act(90, { kind: 'resume', session: 'crm' }),
    ];
    expect(found([change(94)], own)).toEqual({
      what: 'rename',
      at: 95 * minute,
      by: 'Alex',
      to: 'NEW',
    });
  });

  it('is common only if all have the same', () => {
    const [a, b] = [
      { what: 'vpn-on', at: 1 },
      { what: 'vpn-on', at: 5, isUnsure: true },
    ] as const;
    expect(commonChange([b, a])).toEqual({
      change: { what: 'vpn-on', at: 1, isUnsure: true },
      until: 5,
    });
    expect(commonChange([a, undefined])).toBeUndefined();
    expect(commonChange([a, { what: 'to-wifi', at: 1 }])).toBeUndefined();
    expect(commonChange([])).toBeUndefined();
  });
});
