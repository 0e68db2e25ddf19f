import { markdown } from '../../../ui/escape.ts';
import { spanText } from '../../../ui/time.ts';
import type { QualityTime } from '../../history/domain/quality-time.ts';

/** How long one target was Poor, Fair and Good, in hours or minutes. */
interface Bar {
  readonly title: string;
  readonly data: readonly {
    readonly legend: 'Poor' | 'Fair' | 'Good';
    readonly value: number;
    readonly color: 'attention' | 'warning' | 'good';
  }[];
}

export interface DigestChart {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Markdown for clients that cannot draw charts. */
  readonly said: string;
}

/** Some clients draw at most four bars. */
const shownBars = 4;

const hour = 60 * 60_000;

/** Empty if no target was worse than Good. `nameOf` gives plain text. */
export const digestChart = (
  worst: readonly QualityTime[],
  nameOf: (time: QualityTime) => string,
): readonly DigestChart[] => {
  const shown = worst.slice(0, shownBars);
  if (shown.length === 0) return [];
  const inHours = Math.max(...shown.map(({ measuredMs }) => measuredMs)) >= 3 * hour;
  const unit = inHours ? 'hours' : 'minutes';
  const amount = (ms: number): number =>
    inHours ? Math.round((ms / hour) * 10) / 10 : Math.round(ms / 60_000);
  return [
    {
      title: 'Time by quality',
      bars: shown.map((time) => bar(time, `${nameOf(time)}, ${unit}`, amount)),
      said: shown.map((time) => `${markdown(nameOf(time), 100)}: ${timesText(time)}`).join('; '),
    },
  ];
};

const timesText = ({ poorMs, fairMs }: QualityTime): string =>
  [
    ...(poorMs > 0 ? [`Poor ${spanText(poorMs)}`] : []),
    ...(fairMs > 0 ? [`Fair ${spanText(fairMs)}`] : []),
  ].join(', ');

const bar = (
  { poorMs, fairMs, measuredMs }: QualityTime,
  title: string,
  amount: (ms: number) => number,
): Bar => ({
  title,
  data: [
    { legend: 'Poor', value: amount(poorMs), color: 'attention' },
    { legend: 'Fair', value: amount(fairMs), color: 'warning' },
    { legend: 'Good', value: amount(measuredMs - poorMs - fairMs), color: 'good' },
  ],
});
