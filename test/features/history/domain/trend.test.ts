import { describe, expect, it } from 'vitest';
import { trendsOf } from '../../../../src/features/history/domain/trend.ts';
import type { Sample } from '../../../../src/features/history/store.ts';

const hour = 3_600_000;

const sample = (sessionId: string, at: number, score?: number): Sample => ({
  agentId: 'a',
  sessionId,
  at,
  word: 'good',
  ...(score === undefined ? {} : { score }),
});

describe('trends', () => {
  it('hold the lowest score of each hour, for each session in the given order', () => {
    const samples = [
      sample('s', 5 * hour, 90),
      sample('s', 5 * hour + 1, 40),
      sample('s', 5 * hour + 2, 80),
      sample('s', 7 * hour + 5, 70),
      sample('t', 5 * hour, 60),
      sample('gone', 5 * hour, 10),
    ];
    const sessions = [
      { id: 't', name: 'T' },
      { id: 's', name: 'S' },
    ];
    expect(trendsOf(sessions, samples)).toEqual([
      { session: 't', name: 'T', points: [{ at: 5 * hour, score: 60 }] },
      {
        session: 's',
        name: 'S',
        points: [
          { at: 5 * hour, score: 40 },
          { at: 7 * hour, score: 70 },
        ],
      },
    ]);
  });

  it('leave out a session that was not measured', () => {
    expect(
      trendsOf(
        [
          { id: 's', name: 'S' },
          { id: 't', name: 'T' },
        ],
        [sample('s', 1)],
      ),
    ).toEqual([]);
  });
});
