import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLiveShare } from '../../../src/pingplotter/wire/live-share.ts';
import { readTrace } from '../../../src/pingplotter/wire/trace.ts';

const at = Date.parse('2025-11-05T22:00:00Z');
const minute = 60_000;
const period = { from: at, until: at + 60 * minute };
const bucket = (minutes: number, more: object = {}) => ({
  Timestamp: new Date(at + minutes * minute).toISOString(),
  AverageLatency: 41.5,
  MinimumLatency: 30,
  MaximumLatency: 90,
  Jitter: 3,
  PacketsSent: 120,
  PacketsLost: 6,
  ...more,
});
const read = (...data: readonly unknown[]) => readTrace(period)({ Data: data })?.points;
const times = (...data: readonly unknown[]) =>
  read(...data)?.map((point) => (point.at - at) / minute);

describe('trace data', () => {
  it('is read field by field', () => {
    const body = { EarliestDatapoint: '2025-11-01T00:00:00Z', Data: [bucket(5)] };
    expect(readTrace(period)(body)).toEqual({
      earliest: Date.parse('2025-11-01T00:00:00Z'),
      points: [
        {
          at: at + 5 * minute,
          latencyMs: 41.5,
          lowestMs: 30,
          highestMs: 90,
          jitterMs: 3,
          sent: 120,
          lost: 6,
        },
      ],
    });
  });

  it.each<[string, readonly unknown[], readonly number[]]>([
    ['out of order', [bucket(10), bucket(0), bucket(5)], [0, 5, 10]],
    ['with a gap', [bucket(0), bucket(30)], [0, 30]],
    ['of other times than asked for', [bucket(-5), bucket(0), bucket(60)], [0]],
    ['with a time inside the bucket', [bucket(7)], [5]],
    ['with some that cannot be read', [null, 'x', bucket(0, { Timestamp: 1 }), bucket(5)], [5]],
  ])('may come %s', (_name, data, expected) => {
    expect(times(...data)).toEqual(expected);
  });

  it('may name a bucket twice: the one with more packets counts', () => {
    const running = bucket(0, { PacketsSent: 10, PacketsLost: 0 });
    for (const data of [
      [running, bucket(0)],
      [bucket(0), running],
    ])
      expect(read(...data)).toMatchObject([{ sent: 120, lost: 6 }]);
  });

  it.each<[string, object, object]>([
    ['no packets sent', { PacketsSent: 0, PacketsLost: 0 }, { sent: 0, lost: 0 }],
    ['no numbers', { PacketsSent: '9', PacketsLost: null }, { sent: 0, lost: 0 }],
    ['more lost than sent', { PacketsSent: 5, PacketsLost: 9 }, { sent: 5, lost: 5 }],
    ['fewer than none', { PacketsSent: -5, PacketsLost: -1 }, { sent: 0, lost: 0 }],
  ])('without an answer has no latency: %s', (_name, more, expected) => {
    expect(read(bucket(0, more))).toEqual([{ at, ...expected }]);
  });

  it('leaves out a latency that is none', () => {
    const broken = { AverageLatency: -1, MinimumLatency: null, MaximumLatency: '9', Jitter: 0 };
    expect(read(bucket(0, broken))).toEqual([{ at, sent: 120, lost: 6, jitterMs: 0 }]);
  });

  it.each([null, [], 'x', {}, { Data: null }, { Data: {} }])('cannot be read from %j', (body) => {
    expect(readTrace(period)(body)).toBeUndefined();
  });

  it('is in order, each bucket once, whatever comes', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({
        Timestamp: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        PacketsSent: fc.anything(),
        PacketsLost: fc.anything(),
      }),
      fc.integer({ min: -20, max: 80 }).map((minutes) => bucket(minutes)),
    );
    fc.assert(
      fc.property(fc.array(anything), (data) => {
        const found = times(...data) ?? [];
        expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b));
        expect(found.every((minutes) => minutes > -5 && minutes < 60)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a LiveShare', () => {
  it.each<[string, unknown, unknown]>([
    [
      'a link',
      {
        ShareId: 'l1',
        ShareUrl: 'https://x.pingplotter.cloud/l1',
        ExpirationDate: '2025-12-05T22:00:00Z',
      },
      {
        id: 'l1',
        url: 'https://x.pingplotter.cloud/l1',
        expiresAt: Date.parse('2025-12-05T22:00:00Z'),
      },
    ],
    ['no address', { ShareId: 'l1' }, undefined],
    ['an address of another kind', { ShareUrl: 'javascript:alert(1)' }, undefined],
    ['no object', 'https://x.pingplotter.cloud/l1', undefined],
  ])('is read from %s', (_name, body, expected) => {
    expect(readLiveShare(body)).toEqual(expected);
  });
});
