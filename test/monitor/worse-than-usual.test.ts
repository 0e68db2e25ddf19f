import { expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import type { UsualScore } from '../../src/features/history/domain/usual-score.ts';
import { aMonitor, said } from './a-monitor.ts';

it('asks for what is usual where a watch does, and says what it was on the alert', async () => {
  const asked: number[] = [];
  let known: UsualScore | undefined = { score: 92, worse: 82, days: 9 };
  const bed = await aMonitor({
    usualScores: {
      at: async (_, now) => {
        asked.push(now);
        return () => known;
      },
    },
  });
  const poll = async (score: number, times = 2): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      bed.fleet.measure('lax-12', score < 50 ? 'poor' : 'good', score);
      await bed.poll();
    }
  };
  bed.fleet.add('lax-12');
  await bed.watch('lax below 30');
  await poll(90);
  expect(asked).toEqual([]);
  await bed.watch('lax worse than usual');
  await poll(90);
  expect(asked).toHaveLength(2);
  await poll(71);
  expect(said(await bed.messages())).toEqual(['post alert']);
  const [alert] = await bed.store().alerts.current('default');
  expect(alert && readDetail(alert)?.rows[0]?.shown).toEqual({
    ...{ word: 'good', score: 71, usual: { score: 92, worse: 82 } },
  });
  // A store that has it survives a restart.
  await bed.restart();
  known = undefined;
  await poll(60);
  expect(said(await bed.messages())).toEqual([]);
  await poll(91);
  expect(said(await bed.messages())).toEqual(['update alert', 'post alert end']);
});
