import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  noOutage,
  Outage,
  type PollResult,
  stepOutage,
} from '../../../../src/features/health/domain/outage.ts';

const good: PollResult = { ok: true, online: 20, before: 20, lost: 0 };
const failed: PollResult = { ok: false, code: 'unavailable' };
const refused: PollResult = { ok: false, code: 'key-wrong' };
const vanished: PollResult = { ok: true, online: 2, before: 20, lost: 18 };
const half = (online: number): PollResult => ({ ok: true, online, before: 20, lost: 20 - online });

const run = (polls: readonly PollResult[]): { kinds: readonly string[]; state: Outage } => {
  let state = noOutage;
  const kinds = polls.flatMap((poll, index) => {
    const step = stepOutage(state, poll, 1000 + index);
    state = Outage.parse(JSON.parse(JSON.stringify(step.state)));
    return step.notices.map(({ kind }) => kind);
  });
  return { kinds, state };
};

describe('the monitor', () => {
  it.each<[string, readonly PollResult[], readonly string[]]>([
    ['two failures', [failed, failed, good], []],
    ['three failures', [failed, failed, failed], ['blind']],
    ['many failures', [failed, failed, failed, failed, failed], ['blind']],
    ['failures with a good sweep between', [failed, failed, good, failed, failed], []],
    ['an end of failures', [failed, failed, failed, good, good], ['blind', 'sighted']],
    ['nearly all gone at once', [good, vanished, vanished], ['blind']],
    ['a few that come back', [vanished, half(9)], ['blind']],
    ['half that come back', [vanished, half(10), good], ['blind', 'sighted']],
    [
      'failures, then nearly all gone',
      [failed, failed, failed, vanished, good],
      ['blind', 'sighted'],
    ],
    [
      'nearly all gone, then failures',
      [vanished, failed, failed, failed, half(10)],
      ['blind', 'sighted'],
    ],
    ['79 % gone', [{ ok: true, online: 21, before: 100, lost: 79 }], []],
    ['80 % gone', [{ ok: true, online: 20, before: 100, lost: 80 }], ['blind']],
    ['all four of a small fleet gone', [{ ok: true, online: 0, before: 4, lost: 4 }], []],
    ['all five of a small fleet gone', [{ ok: true, online: 0, before: 5, lost: 5 }], ['blind']],
    ['a refused key', [refused, refused, good], ['key-wrong', 'key-accepted']],
    ['a refused key, then no answer', [refused, failed, refused], ['key-wrong', 'blind']],
    [
      'a key refused for long',
      [refused, refused, refused, good],
      ['key-wrong', 'blind', 'key-accepted', 'sighted'],
    ],
  ])('%s', (_, polls, kinds) => {
    expect(run(polls).kinds).toEqual(kinds);
  });

  it('says to whom, since when and why', () => {
    expect(stepOutage(noOutage, vanished, 7).notices).toEqual([
      { kind: 'blind', to: 'watchers', since: 7, why: 'vanished' },
    ]);
    expect(stepOutage({ failures: 2 }, refused, 7).notices).toEqual([
      { kind: 'key-wrong', to: 'admins', since: 7 },
      { kind: 'blind', to: 'watchers', since: 7, why: 'unreadable' },
    ]);
    const blind = { failures: 3, blind: { since: 7, until: 0 }, keyWrongSince: 5 };
    expect(stepOutage(blind, good, 9).notices).toEqual([
      { kind: 'key-accepted', to: 'admins', since: 5 },
      { kind: 'sighted', to: 'watchers', since: 7 },
    ]);
  });
});

it('gives one notice and one end in turns, whatever happens, and is blind exactly between them', () => {
  const poll = fc.oneof(
    fc.constantFrom(good, failed, refused, vanished),
    fc.integer({ min: 0, max: 20 }).map(half),
  );
  fc.assert(
    fc.property(fc.array(poll, { maxLength: 60 }), (polls) => {
      const { kinds, state } = run(polls);
      const sight = kinds.filter((kind) => kind === 'blind' || kind === 'sighted');
      const key = kinds.filter((kind) => kind.startsWith('key'));
      expect(sight.every((kind, at) => kind === (at % 2 === 0 ? 'blind' : 'sighted'))).toBe(true);
      expect(key.every((kind, at) => kind === (at % 2 === 0 ? 'key-wrong' : 'key-accepted'))).toBe(
        true,
      );
      expect(state.blind !== undefined).toBe(sight.length % 2 === 1);
      expect(state.keyWrongSince !== undefined).toBe(key.length % 2 === 1);
    }),
  );
});
