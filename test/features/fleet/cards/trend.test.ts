import { describe, expect, it } from 'vitest';
import { trendCharts } from '../../../../src/features/fleet/cards/trend.ts';
import { hour, minute, now } from '../../../cards/a-fleet.ts';

const reader = { now };

const aLine = (name: string, ...scores: readonly number[]) => ({
  session: `session-${name}`,
  name,
  points: scores.map((score, index) => ({ at: now - (scores.length - 1 - index) * hour, score })),
});

describe('the trend', () => {
  it('goes along hours from now', () => {
    const points = [
      { at: now - 24 * hour, score: 92.4 },
      { at: now - 90 * minute, score: 70.5 },
      { at: now, score: 41 },
    ];
    const [chart] = trendCharts([{ session: 's', name: 'crm', points }], reader);
    expect(chart?.lines[0]?.values).toEqual([
      { x: -24, y: 92 },
      { x: -1.5, y: 71 },
      { x: 0, y: 41 },
    ]);
  });

  it('is said for those who cannot see it', () => {
    const [chart] = trendCharts([aLine('crm', 92, 90, 41), aLine('a*b', 88, 87)], reader);
    expect(chart?.said).toBe('Quality, 24 h: crm 92 → 41, a\\*b 88 → 87');
  });

  it('keeps to three lines of two dozen points, the newest', () => {
    const long = Array.from({ length: 40 }, (_, index) => index);
    const [chart] = trendCharts(
      ['a', 'b', 'c', 'd'].map((name) => aLine(name, ...long)),
      reader,
    );
    expect(chart?.lines.map(({ legend }) => legend)).toEqual(['a', 'b', 'c']);
    expect(chart?.lines[0]?.values.map(({ y }) => y)).toEqual(long.slice(-24));
  });

  it.each([
    ['no session', []],
    ['no point', [aLine('crm')]],
    ['one point', [aLine('crm', 92)]],
  ])('is not drawn of %s', (_case, lines) => {
    expect(trendCharts(lines, reader)).toEqual([]);
  });
});
