import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTraceReader } from '../../../src/features/history/trace-reader.ts';
import { AppError } from '../../../src/platform/errors.ts';
import type { PingPlotter } from '../../../src/platform/pingplotter.ts';
import { bucketMs, type TracePeriod, type TracePoint } from '../../../src/platform/trace.ts';

const start = Date.parse('2026-11-23T12:00:00Z');
const hour = 60 * 60_000;

/** A PingPlotter with a bucket for each five minutes, but those that `silent` names. */
const aReader = () => {
  let now = start + 60_000;
  let silent = (_at: number): boolean => false;
  let failing: AppError | undefined;
  const calls: TracePeriod[] = [];
  const pointsOf = ({ from, until }: TracePeriod): readonly TracePoint[] => {
    const points: TracePoint[] = [];
    const end = Math.min(until, now);
    for (let at = Math.floor(from / bucketMs) * bucketMs; at < end; at += bucketMs)
      if (!silent(at)) points.push({ at, sent: Math.min(300, (now - at) / 1000), lost: 0 });
    return points;
  };
  const pingPlotter = {
    trace: async (_: string, period: TracePeriod) => {
      calls.push(period);
      await Promise.resolve();
      if (failing !== undefined) throw failing;
      return { points: pointsOf(period) };
    },
  } as Partial<PingPlotter> as PingPlotter;
  const reader = createTraceReader({ pingPlotter: () => pingPlotter, clock: { now: () => now } });
  return {
    calls,
    read: (from: number, until = now, session = 's') =>
      reader.read('default', session, { from, until }).then(({ points }) => points),
    truth: (from: number, until = now) => pointsOf({ from, until }),
    advance: (ms: number) => {
      now += ms;
    },
    silence: (when: (at: number) => boolean) => {
      silent = when;
    },
    fail: (error: AppError | undefined) => {
      failing = error;
    },
    get now() {
      return now;
    },
  };
};

describe('trace data', () => {
  it('asks for each bucket once, but the running one and the one before', async () => {
    const { read, calls, advance, truth } = aReader();
    await read(start - hour);
    advance(bucketMs);
    expect(await read(start - hour)).toEqual(truth(start - hour));
    expect(calls.map(({ from }) => (from - start) / bucketMs)).toEqual([-12, -1]);
    advance(2 * bucketMs);
    await read(start - hour);
    expect((calls.at(-1)?.from ?? 0) - start).toBe(0);
  });

  it('reads only what is missing before', async () => {
    const { read, calls, truth } = aReader();
    await read(start - hour);
    expect(await read(start - 2 * hour)).toEqual(truth(start - 2 * hour));
    expect(calls.slice(1)).toEqual([
      { from: start - 2 * hour, until: start - hour },
      { from: start - bucketMs, until: start + 60_000 },
    ]);
  });

  it('asks once for all who ask at once', async () => {
    const { read, calls } = aReader();
    await Promise.all([read(start - hour), read(start - hour), read(start - hour)]);
    expect(calls.filter(({ from }) => from < start - bucketMs)).toHaveLength(1);
  });

  it('asks again for time without packets at the end: an agent sends later what it measured', async () => {
    const { read, advance, silence, truth } = aReader();
    silence((at) => at >= start - 6 * bucketMs);
    await read(start - hour);
    silence(() => false);
    advance(hour);
    expect(await read(start - hour)).toEqual(truth(start - hour));
  });

  it('fails as PingPlotter does, and asks again next time', async () => {
    const { read, fail, truth } = aReader();
    fail(new AppError('rate-limited', 'enough'));
    await expect(read(start - hour)).rejects.toMatchObject({ code: 'rate-limited' });
    fail(undefined);
    expect(await read(start - hour)).toEqual(truth(start - hour));
  });

  it('gives what PingPlotter has, whatever was asked before', async () => {
    const asked = fc.record({
      from: fc.integer({ min: -200, max: 30 }),
      length: fc.integer({ min: 1, max: 200 }),
      wait: fc.integer({ min: 0, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 12 }), async (steps) => {
        const bed = aReader();
        bed.silence((at) => (at / bucketMs) % 7 < 2);
        for (const { from, length, wait } of steps) {
          bed.advance(wait * 60_000);
          const begin = start + from * bucketMs;
          const end = Math.min(bed.now, begin + length * bucketMs);
          if (end > begin) expect(await bed.read(begin, end)).toEqual(bed.truth(begin, end));
        }
      }),
      { numRuns: 60 },
    );
  });
});
