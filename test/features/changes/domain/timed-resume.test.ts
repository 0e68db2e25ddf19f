import { describe, expect, it } from 'vitest';
import { leftOf, resumeTimes } from '../../../../src/features/changes/domain/timed-resume.ts';
import type { TimedResume } from '../../../../src/features/changes/store.ts';

const resume = (sessions: readonly string[], dueAt = 100): TimedResume => ({
  account: 'default',
  conversationKey: 'c',
  id: 'r',
  agentId: 'a',
  sessions,
  dueAt,
  by: { id: 'ada', name: 'Ada' },
});

describe('what is left of a timed resume', () => {
  it.each([
    [[], 'all', undefined],
    [['s'], 'all', undefined],
    [['s'], ['s'], undefined],
    [['s', 't'], ['s'], ['t']],
    [[], ['s'], ['t', 'u']],
    [[], ['s', 't', 'u'], undefined],
  ] as const)('for %o, once %o is touched', (sessions, touched, left) => {
    expect(leftOf(resume(sessions), touched, ['s', 't', 'u'])?.sessions).toEqual(left);
  });

  it('is the resume itself when none of its sessions is touched', () => {
    const untouched = resume(['s']);
    expect(leftOf(untouched, ['t'], ['s', 't'])).toBe(untouched);
  });
});

describe('resume times', () => {
  it('hold the earliest for each session, and all of the agent’s under an empty name', () => {
    const times = resumeTimes([resume(['s', 't'], 100), resume(['s'], 200), resume([], 300)]);
    expect(Object.fromEntries(times)).toEqual({ s: 100, t: 100, '': 300 });
  });
});
