import { describe, expect, it } from 'vitest';
import { historyPeriod } from '../../../src/features/history/domain/period.ts';
import { summarizeScores } from '../../../src/features/history/domain/score-summary.ts';
import { readHistories } from '../../../src/features/history/target-history.ts';
import { AppError, type ErrorDetail } from '../../../src/platform/errors.ts';
import { aReading, aTarget, aView, hour, minute, now } from '../../cards/a-fleet.ts';
import { fakeClock } from '../../fakes/clock.ts';

const reading = aReading('good', 90);
const { sessions } = aView({ targets: [aTarget('crm', reading), aTarget('voice', reading)] });
const period = historyPeriod('24h', now);
const sample = {
  agentId: 'a',
  sessionId: sessions[0]?.id ?? '',
  at: now - 3 * hour,
  word: 'poor',
} as const;

const read = async (code: AppError['code'], detail: ErrorDetail = {}) => {
  const asked: string[] = [];
  const targets = await readHistories(
    {
      clock: fakeClock(now),
      traces: {
        read: async (_, session) => {
          asked.push(session);
          throw new AppError(code, 'no', detail);
        },
      },
      store: { samples: { list: async () => [sample] }, rollUps: { visit: async () => {} } },
    },
    'default',
    { agent: 'a', sessions, period },
  );
  return { asked, targets };
};

it.each([
  ['with a time', { retryAfterMs: 90_000 }, now + 90_000],
  ['without one, when the rolling window is over', {}, now + 10 * minute],
])(
  'says when to ask again after a 429 %s, and gives what is stored',
  async (_name, detail, againAt) => {
    const { targets } = await read('rate-limited', detail);
    expect(targets[0]).toMatchObject({
      noTrace: { code: 'rate-limited', againAt },
      scores: { poorMs: 15 * minute },
      since: sample.at,
    });
  },
);

it.each([
  ['permission-missing', 1],
  ['not-found', sessions.length],
  ['timeout', sessions.length],
] as const)('goes by stored scores after %s, with %i calls', async (code, calls) => {
  const { asked, targets } = await read(code);
  expect(asked).toHaveLength(calls);
  expect(targets.map(({ noTrace }) => noTrace)).toEqual(sessions.map(() => ({ code })));
});

it('fails where the key is refused: nothing else can be read either', async () => {
  await expect(read('key-wrong')).rejects.toMatchObject({ code: 'key-wrong' });
});

describe('over more than the seven days that samples are stored', () => {
  const month = historyPeriod('30d', now);
  const midnight = Math.floor(now / (24 * hour)) * 24 * hour;
  /** Poor for 40 minutes at midnight, before samples and among them. */
  const rolled = [45, 20, 19, 3].map((days) => ({
    ...{ at: midnight - days * 24 * hour, mean: 50, lowest: 20 },
    ...{ good: 20, fair: 0, poor: 40 },
  }));
  const kept = { ...sample, at: now - 6 * 24 * hour, score: 80, word: 'good' } as const;
  const readMonth = async (traced: boolean) => {
    const asked: unknown[] = [];
    const [crm, voice] = await readHistories(
      {
        clock: fakeClock(now),
        traces: {
          read: async () => {
            if (traced) return { points: [], earliest: month.from };
            throw new AppError('permission-missing', 'no');
          },
        },
        store: {
          samples: { list: async () => [kept] },
          rollUps: {
            visit: async (_, period, visit) => {
              asked.push(period);
              const whose = { agentId: 'a', sessionId: sample.sessionId };
              for (const one of rolled) visit(whose, one);
            },
          },
        },
      },
      'default',
      { agent: 'a', sessions, period: month },
    );
    return { asked, crm, voice };
  };

  it('goes by the hour before the first sample, and says up to when', async () => {
    const { asked, crm, voice } = await readMonth(false);
    expect(asked).toEqual([{ from: month.beforeFrom, until: month.until, agents: new Set(['a']) }]);
    const [before, , third] = rolled;
    expect(crm).toMatchObject({
      scores: {
        ...{ lowest: 20, poorMs: 80 * minute, measuredMs: 135 * minute },
        mean: (120 * 50 + 15 * 80) / 135,
        poorRuns: [
          { from: midnight - 20 * 24 * hour, until: midnight - 20 * 24 * hour + hour },
          { from: midnight - 19 * 24 * hour, until: midnight - 19 * 24 * hour + hour },
        ],
      },
      scoresBefore: { mean: before?.mean, measuredMs: 60 * minute },
      hourlyUntil: (third?.at ?? 0) + hour,
      since: rolled[1]?.at,
    });
    expect(voice).not.toHaveProperty('hourlyUntil');
  });

  it('says since when scores are stored where trace data goes further back', async () => {
    const { crm } = await readMonth(true);
    expect(crm).toMatchObject({ scoresSince: rolled[1]?.at });
    expect(crm).not.toHaveProperty('since');
  });

  it('puts hours in a row together, and leaves out those that were mostly fine', () => {
    const hours = [1, 2, 4].map((at) => ({
      ...{ at: midnight + at * hour, mean: 30, lowest: 10 },
      ...{ good: at === 4 ? 31 : 30, fair: 0, poor: at === 4 ? 29 : 30 },
    }));
    const period = { from: midnight, until: midnight + 24 * hour };
    expect(summarizeScores([], period, hours).poorRuns).toEqual([
      { from: midnight + hour, until: midnight + 3 * hour },
    ]);
  });
});
