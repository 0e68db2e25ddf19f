import { describe, expect, it } from 'vitest';
import type { AlertState } from '../../../../src/features/alerting/domain/alert-state.ts';
import {
  type OfflineRule,
  type Presence,
  stepOffline,
} from '../../../../src/features/alerting/domain/offline-rule.ts';
import { minute } from './a-story.ts';

const rule: OfflineRule = { pollSeconds: 60 };
const start = 1_000 * minute;
const asUsual: Partial<Presence> = {};

/** One poll a minute: `+` online, `-` offline, `.` no poll. */
const watch = (
  polls: string,
  { terms = rule, everyMs = minute, presence = asUsual } = {},
): readonly string[] => {
  let state: AlertState | undefined;
  return [...polls].flatMap((sign, index) => {
    if (sign === '.') return [];
    const online = sign === '+';
    const step = stepOffline(terms, state, { online, ...presence }, start + index * everyMs);
    state = step.state;
    return step.event?.kind ?? [];
  });
};

describe('an agent that goes offline', () => {
  it.each<[string, readonly string[]]>([
    ['+-', []],
    ['+--', ['raised']],
    ['+--++', ['raised', 'cleared']],
    ['+-+-+', []],
    ['+--+-+', ['raised']],
    ['+----', ['raised']],
    ['--', ['raised']],
    ['+-......-', []],
    ['+-......--', ['raised']],
  ])('%s → %j', (polls, events) => {
    expect(watch(polls)).toEqual(events);
  });

  it('is notified once it was offline for as long as the watch waits', () => {
    const terms = { ...rule, afterMs: 5 * minute };
    expect(watch('+-----', { terms })).toEqual([]);
    expect(watch('+------', { terms })).toEqual(['raised']);
  });

  it('is not notified by two early polls that webhooks asked for', () => {
    expect(watch('+----', { everyMs: 1000 })).toEqual([]);
  });

  it('flaps when it comes and goes', () => {
    expect(watch('+-'.repeat(12))).toEqual(['flapping']);
  });

  it("is no news while it is the bot's own doing", () => {
    expect(watch('+---', { presence: { expected: true } })).toEqual([]);
  });
});

describe('an agent that was offline for long when first seen', () => {
  it('is no news, and neither is its return', () => {
    const presence = { lastSeen: start - 60 * minute };
    expect(watch('---++', { presence })).toEqual([]);
  });

  it('is news when it goes again', () => {
    const presence = { lastSeen: start - 60 * minute };
    expect(watch('---++--', { presence })).toEqual(['raised']);
  });
});

it('says nothing of an agent that never connected', () => {
  expect(watch('---', { presence: { lastSeen: 'never' } })).toEqual([]);
});

it('counts an agent that was seen a moment ago as going offline now', () => {
  expect(watch('--', { presence: { lastSeen: start - minute } })).toEqual(['raised']);
});
