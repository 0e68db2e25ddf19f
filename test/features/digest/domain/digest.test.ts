import { describe, expect, it } from 'vitest';
import { type DigestInput, makeDigest } from '../../../../src/features/digest/domain/digest.ts';
import type { AgentMark, FleetSnapshot } from '../../../../src/features/fleet/domain/snapshot.ts';
import { foldQualityTimes } from '../../../../src/features/history/domain/quality-time.ts';
import type { Sample } from '../../../../src/features/history/store.ts';

const qualityTimes = (samples: readonly Sample[], until: number) => {
  const fold = foldQualityTimes();
  fold.add(samples);
  return fold.times(until);
};

const hour = 3_600_000;
const day = 24 * hour;
const to = 100 * day;
const from = to - day;

const mark = (id: string, overrides: Partial<AgentMark> = {}): AgentMark => ({
  id,
  name: id.toUpperCase(),
  online: true,
  missed: 0,
  ...overrides,
});
const fleet = (...agents: readonly AgentMark[]): FleetSnapshot => ({ takenAt: 0, agents });
const still = mark('lax');
const calm: DigestInput = {
  from,
  to,
  times: qualityTimes([{ agentId: 'lax', sessionId: 'crm', at: from, word: 'good' }], to),
  before: fleet(still),
  after: fleet(still),
  pauses: [],
};
const poor: Sample = { agentId: 'lax', sessionId: 'crm', at: from, word: 'poor' };
const pausedAt = (at: number) => ({ agent: 'lax', session: 'crm', name: 'crm', by: 'Alex', at });
const longOffline = mark('bos', { online: false, lastSeen: to - 7 * day - 1 });

describe('a digest', () => {
  it('has nothing to report when all was good and is as it was', () => {
    expect(makeDigest(calm)).toEqual({
      from,
      to,
      worst: [],
      came: [],
      gone: [],
      neverConnected: [],
      longOffline: [],
      forgottenPauses: [],
      nothingChanged: true,
    });
  });

  it('reports who was bad', () => {
    const { worst, nothingChanged } = makeDigest({ ...calm, times: qualityTimes([poor], to) });
    expect(worst).toMatchObject([{ agent: 'lax', session: 'crm', poorMs: hour / 4 }]);
    expect(nothingChanged).toBe(false);
  });

  it('reports who came and who is gone', () => {
    const changed = {
      ...calm,
      before: fleet(still, mark('old')),
      after: fleet(still, mark('new')),
    };
    expect(makeDigest(changed)).toMatchObject({
      came: [{ id: 'new' }],
      gone: [{ id: 'old' }],
      nothingChanged: false,
    });
  });

  it('reports a new name', () => {
    const changed = { ...calm, after: fleet({ ...still, name: 'LAX-13' }) };
    expect(makeDigest(changed).nothingChanged).toBe(false);
  });

  it('reports who never connected, who is offline for a week, and which pause may be forgotten', () => {
    const never = mark('new', { online: false, lastSeen: 'never' });
    const away = mark('bos', { online: false, lastSeen: to - 7 * day });
    const pauses = [pausedAt(to - day), { ...pausedAt(to - day - 1), session: 'web' }];
    const digest = makeDigest({ ...calm, after: fleet(still, never, longOffline, away), pauses });
    expect(digest.neverConnected).toEqual([never]);
    expect(digest.longOffline).toEqual([longOffline]);
    expect(digest.forgottenPauses).toEqual([pauses[1]]);
  });

  it('counts a trouble once: what was notified before is no change', () => {
    const old = { ...longOffline, lastSeen: from - 8 * day };
    const same = { before: fleet(still, old), after: fleet(still, old), pauses: [pausedAt(0)] };
    expect(makeDigest({ ...calm, ...same }).nothingChanged).toBe(true);
  });

  it('finds that somebody is offline for a week now a change', () => {
    const same = { before: fleet(longOffline), after: fleet(longOffline) };
    expect(makeDigest({ ...calm, ...same }).nothingChanged).toBe(false);
  });

  it('overlooks that agents went offline and came back', () => {
    const changed = { ...calm, before: fleet({ ...still, online: false }) };
    expect(makeDigest(changed).nothingChanged).toBe(true);
  });

  it('always has something to report the first time', () => {
    expect(makeDigest({ ...calm, before: undefined })).toMatchObject({
      came: [],
      gone: [],
      nothingChanged: false,
    });
  });
});
