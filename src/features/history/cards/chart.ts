import type { HistoryPeriod } from '../domain/period.ts';
import type { TraceStep } from '../domain/trace-summary.ts';
import type { TargetHistory } from '../target-history.ts';
import { lossText, msText } from './figures.ts';

/** Nothing where there is nothing to draw: one point is no line. Along the axis stand hours or days from now. */
export const historyChart = ({ steps }: TargetHistory, { span, until }: HistoryPeriod) => {
  if (steps.length < 2) return [];
  const unit = span === '24h' ? { name: 'Hours', ms: 3_600_000 } : { name: 'Days', ms: 86_400_000 };
  const place = (at: number): number => Math.round(((at - until) / unit.ms) * 10) / 10;
  return [
    {
      title: `Loss and latency, ${span}`,
      axis: `${unit.name} from now`,
      lines: [
        {
          legend: 'Packets lost, %',
          color: 'categoricalMarigold',
          values: steps.map(({ at, loss }) => ({ x: place(at), y: Math.round(loss * 1000) / 10 })),
        },
        {
          legend: 'Latency, ms',
          color: 'categoricalBlue',
          values: steps.flatMap(({ at, latencyMs }) =>
            latencyMs === undefined ? [] : [{ x: place(at), y: Math.round(latencyMs) }],
          ),
        },
      ],
      said: saidOf(steps, span),
    },
  ];
};

/** `Loss, 24h: at most 12 %. Latency: 20 ms to 90 ms.` */
const saidOf = (steps: readonly TraceStep[], span: string): string => {
  const latencies = steps.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs]));
  const loss = `Packets lost, ${span}: at most ${lossText(Math.max(...steps.map((step) => step.loss)))}.`;
  return latencies.length === 0
    ? loss
    : `${loss} Latency: ${msText(Math.min(...latencies))} to ${msText(Math.max(...latencies))}.`;
};
