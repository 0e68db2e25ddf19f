import { dots } from '../../../ui/rich-text.ts';
import { spanText } from '../../../ui/time.ts';
import type { ScoreSummary } from '../domain/score-summary.ts';
import { goodShare, lossOf } from '../domain/trace-summary.ts';
import type { TargetHistory } from '../target-history.ts';
import { goodText, lossText, msText } from './figures.ts';

interface Fact {
  readonly title: string;
  readonly value: string;
}

/** What was measured, and the same of the period before. */
export const targetFacts = ({
  trace,
  traceBefore,
  scores,
  scoresBefore,
}: TargetHistory): readonly Fact[] => [
  ...compared(
    'Good time',
    goodText,
    trace && goodShare(trace),
    traceBefore && goodShare(traceBefore),
  ),
  ...compared('Packets lost', lossText, trace && lossOf(trace), traceBefore && lossOf(traceBefore)),
  ...compared('Latency', msText, trace?.latencyMs, traceBefore?.latencyMs),
  ...compared('Jitter', msText, trace?.jitterMs, traceBefore?.jitterMs),
  ...(trace === undefined || trace.silentMs < shortestSilenceMs
    ? []
    : [{ title: 'Without packets', value: spanText(trace.silentMs) }]),
  ...scoreFacts(scores, scoresBefore),
];

/** The running bucket has not been reported yet. */
const shortestSilenceMs = 10 * 60_000;

const compared = (
  title: string,
  text: (value: number) => string,
  now: number | undefined,
  before: number | undefined,
): readonly Fact[] =>
  now === undefined
    ? []
    : [{ title, value: dots([text(now), before !== undefined && `before ${text(before)}`]) }];

const scoreFacts = (now: ScoreSummary, before: ScoreSummary): readonly Fact[] => [
  ...(now.mean === undefined
    ? []
    : [
        {
          title: 'Score',
          value: dots([
            `${Math.round(now.mean)} on average`,
            now.lowest !== undefined && `lowest ${Math.round(now.lowest)}`,
            before.mean !== undefined && `before ${Math.round(before.mean)}`,
          ]),
        },
      ]),
  ...(now.measuredMs === 0
    ? []
    : [
        {
          title: 'Poor',
          value: dots([
            now.poorMs === 0 ? 'never' : spanText(now.poorMs),
            `of ${spanText(now.measuredMs)}`,
            before.measuredMs > 0 &&
              `before ${before.poorMs === 0 ? 'never' : spanText(before.poorMs)}`,
          ]),
        },
      ]),
];

/** `71 on average · Poor for 40 min`; nothing where no score is stored. */
export const scoreText = ({ mean, poorMs, measuredMs }: ScoreSummary): string =>
  measuredMs === 0
    ? ''
    : dots([
        mean !== undefined && `score ${Math.round(mean)} on average`,
        poorMs === 0 ? 'never Poor' : `Poor for ${spanText(poorMs)}`,
      ]);
