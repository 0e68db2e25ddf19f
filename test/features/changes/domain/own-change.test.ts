import { describe, expect, it } from 'vitest';
import {
  isOwnChange,
  type OwnChange,
  ownChangeLifetimeMs,
  ownChangesByAgent,
} from '../../../../src/features/changes/domain/own-change.ts';

const lax = { agent: 'lax', until: 100 };

describe('what the bot did itself', () => {
  it.each<[OwnChange, { agent: string; session?: string }, boolean]>([
    [{ ...lax, kind: 'reconnect' }, { agent: 'lax' }, true],
    [{ ...lax, kind: 'delete' }, { agent: 'lax' }, true],
    [{ ...lax, kind: 'pause' }, { agent: 'lax' }, false],
    [{ ...lax, kind: 'resume' }, { agent: 'lax' }, false],
    [{ ...lax, kind: 'reconnect' }, { agent: 'bos' }, false],
    [{ ...lax, kind: 'reconnect' }, { agent: 'lax', session: 'crm' }, true],
    [{ ...lax, kind: 'pause' }, { agent: 'lax', session: 'crm' }, true],
    [{ ...lax, kind: 'pause', session: 'crm' }, { agent: 'lax', session: 'crm' }, true],
    [{ ...lax, kind: 'pause', session: 'crm' }, { agent: 'lax', session: 'web' }, false],
  ])('%j explains trouble with %j: %j', (done, subject, expected) => {
    expect(isOwnChange(ownChangesByAgent([done]), subject, 99)).toBe(expected);
  });

  it('explains nothing any more when its time is over', () => {
    const over = ownChangesByAgent([{ ...lax, kind: 'delete' }]);
    expect(isOwnChange(over, { agent: 'lax' }, 100)).toBe(false);
  });

  it('is read once for each session, however many agents were changed at once', () => {
    const agents = Array.from({ length: 1000 }, (_, index) => `agent-${index}`);
    let reads = 0;
    const ownChanges = ownChangesByAgent(
      agents.map((agent) => ({
        agent,
        until: 100,
        get kind() {
          reads += 1;
          return 'pause' as const;
        },
      })),
    );
    for (const agent of agents)
      for (const session of ['crm', 'web'])
        expect(isOwnChange(ownChanges, { agent, session }, 99)).toBe(true);
    expect(reads).toBe(2 * agents.length);
  });

  it.each([
    [60, 120_000],
    [5, 120_000],
    [600, 1_200_000],
  ])('at one poll in %i s explains for %i ms', (pollSeconds, ms) => {
    expect(ownChangeLifetimeMs(pollSeconds)).toBe(ms);
  });
});
