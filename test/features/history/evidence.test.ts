import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceLines, mostLines } from '../../../src/features/history/cards/evidence-lines.ts';
import {
  listWindows,
  nearWhile,
  shareRoom,
} from '../../../src/features/history/domain/evidence.ts';
import { nearTarget } from '../../../src/features/history/domain/near-target.ts';
import { historyPeriod } from '../../../src/features/history/domain/period.ts';
import { summarizeScores } from '../../../src/features/history/domain/score-summary.ts';
import { summarizeTrace } from '../../../src/features/history/domain/trace-summary.ts';
import type { TargetHistory } from '../../../src/features/history/target-history.ts';
import { bucketMs, type TracePoint } from '../../../src/platform/trace.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const period = historyPeriod('7d', now);
const before = { from: period.beforeFrom, until: period.from };
const none = summarizeScores([], period);

/** `lost` of 100 packets in each bucket of the period; undefined = no packets. */
const aTarget = (name: string, lost: (place: number) => number | undefined): TargetHistory => {
  const points: TracePoint[] = [];
  for (let at = period.beforeFrom, place = 0; at < now; at += bucketMs) {
    const packets = at < period.from ? 0 : lost(place);
    if (at >= period.from) place += 1;
    if (packets !== undefined)
      points.push({ at, sent: 100, lost: packets, latencyMs: 40, jitterMs: 3 });
  }
  return {
    session: { id: name, name, address: '203.0.113.20' },
    points,
    steps: [],
    trace: summarizeTrace(points, period),
    traceBefore: summarizeTrace(points, before),
    scores: none,
    scoresBefore: none,
  };
};

const lines = (
  target: TargetHistory,
  more: { readonly near?: TargetHistory; readonly case?: string } = {},
  timeZone = 'Europe/Berlin',
) =>
  evidenceLines({ agent: { id: 'lax-12', name: 'LAX-12' }, period, target, ...more }, { timeZone });

describe('the lines of evidence', () => {
  it('say share of good time, outages, loss windows, the near target and the period before', () => {
    const target = aTarget('crm', (place) => {
      if (place >= 12 && place < 15) return [30, 100, 40][place - 12];
      if (place === 24) return undefined;
      return place === 36 ? 5 : 0;
    });
    const near = aTarget('router', (place) => (place === 36 ? 50 : 0));
    expect(lines(target, { near, case: '#00001' })).toEqual([
      'LAX-12 → crm (203.0.113.20)',
      '2026-11-16 13:00 – 2026-11-23 13:00 (Europe/Berlin)',
      'Case: #00001',
      'Good time: 99.8 % of the five-minute buckets with packets lost under 2 % of them',
      'Packets: 201500 sent, 175 lost (under 0.1 %)',
      'Latency: 40 ms on average · jitter: 3 ms',
      'Time without packets: 5 min',
      'The 7d before: 100 % good time, 0 % lost',
      'Near target router: 99.9 % good time; of the windows below (2) it was fine in 1, bad itself in 1',
      'Outages (nothing came back for five minutes or more): 1, 15 min together',
      '- 2026-11-16 14:00 – 14:15, 15 min, 56.7 % lost',
      'Windows with 2 % loss or more: 1, 5 min together',
      '- 2026-11-16 16:00 – 16:05, 5 min, 5 % lost',
    ]);
  });

  it('are 25 at most, and count what they do not list', () => {
    const target = aTarget('crm', (place) => {
      if (place % 10 === 0) return 100;
      return place % 10 === 5 || place % 100 === 6 ? 10 : 0;
    });
    const said = lines({ ...target, since: period.from + bucketMs }, { near: target, case: 'x' });
    expect(said).toHaveLength(mostLines);
    expect(said.filter((line) => line.startsWith('- and'))).toHaveLength(2);
    expect(said).toContainEqual(expect.stringMatching(/^Outages .*: 202, 16 h 50 min together$/u));
    // The longest are listed, in the order of time.
    const begin = said.findIndex((line) => line.startsWith('Windows'));
    const listed = said.slice(begin).filter((line) => /^- 2026/u.test(line));
    expect(listed).toEqual(listed.toSorted());
    expect(listed.some((line) => line.includes(', 10 min,'))).toBe(true);
  });

  it('never have more lines, whatever happened', () => {
    const losses = fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(losses, (pattern) => {
        const target = aTarget('crm', (place) => pattern[place % pattern.length]);
        expect(lines(target, { near: target, case: 'x' }).length).toBeLessThanOrEqual(mostLines);
      }),
      { numRuns: 20 },
    );
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no near target', lines(aTarget('crm', () => 0)), /Near target: none is traced/u],
    [
      'a near target that was not measured',
      lines(
        aTarget('crm', () => 0),
        { near: aTarget('router', () => undefined) },
      ),
      /Near target router: not measured/u,
    ],
    ['nothing bad', lines(aTarget('crm', () => 0)), /2 % loss or more: none/u],
    ['nothing measured', lines(aTarget('crm', () => undefined)), /nothing can be said of it/u],
    [
      'a zone that nobody told',
      lines(
        aTarget('crm', () => 0),
        {},
        '',
      ),
      /\(UTC\)/u,
    ],
  ])('say so where there is %s', (_name, said, expected) => {
    expect(said.join('\n')).toMatch(expected);
  });

  it('go by stored scores where there is no trace data, and say so', () => {
    const { trace: _, traceBefore: __, ...target } = aTarget('crm', () => 0);
    const samples = Array.from({ length: 96 }, (_, place) => ({
      agentId: 'lax-12',
      sessionId: 'crm',
      at: now - (96 - place) * 15 * 60_000,
      word: place % 4 === 0 ? ('poor' as const) : ('good' as const),
      score: 50,
    }));
    const said = lines({
      ...target,
      noTrace: { code: 'permission-missing' },
      scores: summarizeScores(samples, period),
      since: samples[0]?.at ?? 0,
    });
    expect(said.length).toBeLessThanOrEqual(mostLines);
    expect(said.slice(2)).toEqual([
      'Measured since 2026-11-22 13:00; nothing is known of before',
      'There is no trace data: the PingPlotter key may not read it. This is from the scores that the bot has stored',
      'Score 50 on average · Poor for 6 h',
      'Time with scores: 1 d',
      'Poor: 24 times',
      ...Array.from({ length: 12 }, () => expect.stringMatching(/^- 2026.*, 15 min$/u)),
      '- and 12 shorter ones',
    ]);
  });
});

const window = (begin: number, length: number) => ({
  from: begin * bucketMs,
  until: (begin + length) * bucketMs,
  sent: 100 * length,
  lost: 10 * length,
  outage: false,
});

it('lists the longest windows in the order of time', () => {
  const all = [window(0, 1), window(5, 3), window(10, 2), window(20, 1)];
  expect(listWindows(all, 2)).toEqual({
    count: 4,
    totalMs: 7 * bucketMs,
    listed: [all[1], all[2]],
    restMs: 2 * bucketMs,
  });
});

it.each([
  [20, 0, 11, { outages: 11, losses: 0 }],
  [0, 20, 11, { outages: 0, losses: 11 }],
  [20, 20, 11, { outages: 6, losses: 5 }],
  [2, 20, 11, { outages: 2, losses: 9 }],
  [20, 3, 11, { outages: 8, losses: 3 }],
])('of %i outages and %i losses %i lines show both', (outages, losses, room, expected) => {
  expect(shareRoom(outages, losses, room)).toEqual(expected);
});

it('says how the near target was in each window', () => {
  const near = [0, 1, 2].map((place) => ({
    at: place * bucketMs,
    sent: 100,
    lost: place === 2 ? 9 : 0,
  }));
  expect(nearWhile([window(0, 2), window(1, 2), window(7, 1)], near)).toEqual({
    fine: 1,
    bad: 1,
    unmeasured: 1,
  });
});

describe('the near target', () => {
  const network = { gateway: '192.168.0.1', address: '192.168.0.17' };
  const session = (id: string, address?: string) => ({ id, name: id, address });
  it.each([
    [
      'the gateway',
      [session('far', '203.0.113.9'), session('router', '192.168.0.1')],
      false,
      'router',
    ],
    ['one in its own network', [session('printer', '192.168.0.40')], false, 'printer'],
    ['none in another network', [session('other', '192.168.1.40')], false, undefined],
    ['none that is asked about', [session('asked', '192.168.0.1')], false, undefined],
    ['none behind a VPN', [session('router', '192.168.0.1')], true, undefined],
    ['none without an address', [session('router')], false, undefined],
  ])('is %s', (_name, sessions, vpn, expected) => {
    expect(nearTarget({ network, vpn }, sessions, 'asked')?.id).toBe(expected);
  });
});
