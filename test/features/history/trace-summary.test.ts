import { describe, expect, it } from 'vitest';
import {
  goodShare,
  lossOf,
  summarizeTrace,
  traceSteps,
} from '../../../src/features/history/domain/trace-summary.ts';
import { bucketMs, type TracePoint } from '../../../src/platform/trace.ts';

const from = Date.parse('2026-11-23T10:00:00Z');
const until = from + 12 * bucketMs;
const point = (place: number, lost: number, more: Partial<TracePoint> = {}): TracePoint => ({
  at: from + place * bucketMs,
  sent: 100,
  lost,
  ...more,
});
const summary = (...points: readonly TracePoint[]) => summarizeTrace(points, { from, until });
/** `0-3 loss 12/300` */
const windowsOf = (...points: readonly TracePoint[]) =>
  summary(...points).windows.map(
    (window) =>
      `${(window.from - from) / bucketMs}-${(window.until - from) / bucketMs} ${
        window.outage ? 'outage' : 'loss'
      } ${window.lost}/${window.sent}`,
  );

describe('a bad window', () => {
  it.each<[string, readonly TracePoint[], readonly string[]]>([
    ['nothing bad', [point(0, 0), point(1, 1)], []],
    ['a single bucket', [point(0, 0), point(1, 2), point(2, 0)], ['1-2 loss 2/100']],
    [
      'from the start of its first bad bucket to the end of its last',
      [point(1, 5), point(2, 10), point(3, 3), point(4, 0)],
      ['1-4 loss 18/300'],
    ],
    [
      'a good bucket between',
      [point(0, 5), point(1, 0), point(2, 5)],
      ['0-1 loss 5/100', '2-3 loss 5/100'],
    ],
    ['a gap between', [point(0, 5), point(2, 5)], ['0-1 loss 5/100', '2-3 loss 5/100']],
    [
      'a bucket without packets between',
      [point(0, 5), point(1, 0, { sent: 0 }), point(2, 5)],
      ['0-1 loss 5/100', '2-3 loss 5/100'],
    ],
    [
      'an outage with ragged ends',
      [point(0, 40), point(1, 100), point(2, 9)],
      ['0-3 outage 149/300'],
    ],
    ['exactly 2 % is bad', [point(0, 2)], ['0-1 loss 2/100']],
    ['under 2 % is good', [point(0, 199, { sent: 10_000 })], []],
    ['outside of the period', [point(-1, 50), point(12, 50)], []],
  ])('%s', (_name, points, expected) => {
    expect(windowsOf(...points)).toEqual(expected);
  });

  it('ends now where its last bucket still runs', () => {
    const running = summarizeTrace([point(0, 50, { sent: 60 })], { from, until: from + 60_000 });
    expect(running.windows[0]?.until).toBe(from + 60_000);
  });
});

describe('the sums of a period', () => {
  it('count packets, not buckets', () => {
    const sums = summary(
      point(0, 10, { sent: 10 }),
      point(1, 0, { sent: 990, latencyMs: 10, jitterMs: 1 }),
      point(2, 0, { sent: 10, latencyMs: 110, jitterMs: 11 }),
    );
    expect(lossOf(sums)).toBeCloseTo(10 / 1010);
    expect(sums.latencyMs).toBeCloseTo(11);
    expect(sums.jitterMs).toBeCloseTo(1.1);
    expect(goodShare(sums)).toBeCloseTo(2 / 3);
  });

  it('count good time among buckets with packets only, and say apart what had none', () => {
    const sums = summary(point(0, 0), point(1, 0, { sent: 0 }), point(2, 50));
    expect([sums.good, sums.measured, sums.silentMs]).toEqual([1, 2, 10 * bucketMs]);
  });

  it('count no silence before there was any data', () => {
    const earliest = from + 11 * bucketMs;
    const sums = summarizeTrace([point(11, 0)], { from, until }, earliest);
    expect(sums.silentMs).toBe(0);
  });

  it('say nothing of nothing', () => {
    const sums = summary();
    expect([lossOf(sums), goodShare(sums), sums.latencyMs]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('a chart goes by packets, too, and leaves out what was not measured', () => {
  const points = [
    point(0, 10, { sent: 10 }),
    point(1, 0, { sent: 90, latencyMs: 20 }),
    point(8, 0, { latencyMs: 30 }),
    point(9, 0, { sent: 0 }),
  ];
  expect(traceSteps(points, { from, until }, 4 * bucketMs)).toEqual([
    { at: from, loss: 0.1, latencyMs: 20 },
    { at: from + 8 * bucketMs, loss: 0, latencyMs: 30 },
  ]);
});
