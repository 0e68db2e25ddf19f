import type { Reader } from '../../../platform/messenger.ts';
import { whyUnread } from '../../../ui/explanations/unread.ts';
import { dots } from '../../../ui/rich-text.ts';
import { clock, spanText, timeRange } from '../../../ui/time.ts';
import { type BadWindow, goodShare, lossOf, type TraceSummary } from '../domain/trace-summary.ts';
import type { NoTrace, TargetHistory } from '../target-history.ts';

/** `1.3 %`; what is there is never rounded to nothing. */
export const lossText = (share: number): string => {
  if (share === 0) return '0 %';
  return share < 0.001 ? 'under 0.1 %' : `${Math.round(share * 1000) / 10} %`;
};

/** Rounded down: 100 % means all of it. */
export const goodText = (share: number): string => `${Math.floor(share * 1000) / 10} %`;

export const msText = (ms: number): string =>
  `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;

/** `Outage · 11:20 – 11:45 · 25 min · 82 % lost` */
export const windowText = (
  { from, until, sent, lost, outage }: BadWindow,
  reader: Reader,
): string =>
  dots([
    outage ? 'Outage' : 'Loss',
    timeRange(from, until, reader),
    spanText(until - from),
    `${lossText(lost / sent)} lost`,
  ]);

/** `96.2 % good · 1.3 % lost · 41 ms · jitter 3 ms`; nothing where nothing was measured. */
export const traceText = (trace: TraceSummary): string => {
  const [good, loss] = [goodShare(trace), lossOf(trace)];
  return dots([
    good !== undefined && `${goodText(good)} good time`,
    loss !== undefined && `${lossText(loss)} lost`,
    trace.latencyMs !== undefined && msText(trace.latencyMs),
    trace.jitterMs !== undefined && `jitter ${msText(trace.jitterMs)}`,
  ]);
};

/** Where the figures come from, and what they do not reach. Plain text. */
export const sourceNotes = (
  {
    noTrace,
    since,
    scoresSince,
    hourlyUntil,
  }: Pick<TargetHistory, 'noTrace' | 'since' | 'scoresSince' | 'hourlyUntil'>,
  reader: Reader,
): readonly string[] => [
  ...(noTrace === undefined ? [] : [noTraceText(noTrace, reader)]),
  ...(since === undefined ? [] : [`Since ${clock(since, reader)}: nothing is known of before.`]),
  ...(scoresSince === undefined ? [] : [`Scores are stored since ${clock(scoresSince, reader)}.`]),
  ...(hourlyUntil === undefined
    ? []
    : [`Scores from before ${clock(hourlyUntil, reader)} are stored by the hour.`]),
];

const noTraceText = ({ code, againAt }: NoTrace, reader: Reader): string => {
  const stored = 'This is from the scores that the bot has stored.';
  if (code === 'permission-missing')
    return `The PingPlotter key may not read trace data. ${stored}`;
  if (code === 'not-found') return `PingPlotter has no trace data of this target. ${stored}`;
  if (againAt !== undefined)
    return `PingPlotter gives no more trace data of this target for now: ask again at ${clock(againAt, reader)}. ${stored}`;
  return `There is no trace data: ${whyUnread(code)}. ${stored}`;
};
