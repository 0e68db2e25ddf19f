import { expect, it } from 'vitest';
import { historyPeriod } from '../../../src/features/history/domain/period.ts';
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
      store: { samples: { list: async () => [sample] } },
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
