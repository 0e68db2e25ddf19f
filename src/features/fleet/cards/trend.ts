import type { Reader } from '../../../platform/messenger.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import type { Trend } from '../ports.ts';

/** More lines than these cannot be distinguished, and the colours of states must not mean targets. */
const colors = ['categoricalBlue', 'categoricalMarigold', 'categoricalTeal'] as const;
const shownPoints = 24;

/**
 * Nothing when there is nothing to draw: one point is no line. Along the axis stand hours from now,
 * as numbers: clients cut two dozen times of day to their first digit.
 */
export const trendCharts = (trend: readonly Trend[], { now }: Pick<Reader, 'now'>) => {
  const lines = trend
    .map((line) => ({ ...line, points: line.points.slice(-shownPoints) }))
    .filter(({ points }) => points.length > 1)
    .slice(0, colors.length);
  if (lines.length === 0) return [];
  return [
    {
      lines: lines.map(({ name, points }, index) => ({
        legend: plainName(name, 30),
        color: colors[index] ?? colors[0],
        values: points.map(({ at, score }) => ({ x: hours(at - now), y: Math.round(score) })),
      })),
      said: `Quality, 24 h: ${lines.map(lineText).join(', ')}`,
    },
  ];
};

/** To a tenth. */
const hours = (ms: number): number => Math.round(ms / 360_000) / 10;

/** `crm 92 → 41`; markdown. */
const lineText = ({ name, points }: Trend): string =>
  `${markdownName(name, 30)} ${[points[0], points.at(-1)]
    .map((point) => Math.round(point?.score ?? 0))
    .join(' → ')}`;
