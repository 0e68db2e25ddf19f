import { DateTime } from 'luxon';
import type { Reader } from '../../../platform/messenger.ts';
import { sentenceCase } from '../../../shared/text.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { whyUnread } from '../../../ui/explanations/unread.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { spanText } from '../../../ui/time.ts';
import {
  type ListedWindows,
  listWindows,
  nearWhile,
  shareRoom,
  splitWindows,
} from '../domain/evidence.ts';
import type { HistoryPeriod } from '../domain/period.ts';
import { goodShare, lossOf, type TraceSummary } from '../domain/trace-summary.ts';
import type { TargetHistory } from '../target-history.ts';
import { scoreText } from './facts.ts';
import { goodText, lossText, msText } from './figures.ts';

export interface EvidenceModel {
  readonly agent: { readonly id: string; readonly name: string };
  readonly period: HistoryPeriod;
  readonly target: TargetHistory;
  /** The target on the agent's own side of the line, where it traces one. */
  readonly near?: TargetHistory;
  /** The number or name that the provider gave it. */
  readonly case?: string;
}

/** Contract: a provider reads no more. */
export const mostLines = 25;

type Zone = Pick<Reader, 'timeZone'>;

/** What an internet provider needs to see, as text to send. At most 25 lines. */
export const evidenceLines = (model: EvidenceModel, reader: Zone): readonly string[] => {
  const { agent, target, period } = model;
  const { name, address } = target.session;
  const zone = zoneOf(reader);
  const head = [
    `${plainName(agent.name)} → ${plainName(name, 40)}${address === undefined || address === name ? '' : ` (${plain(address, 60)})`}`,
    `${rangeText(period.from, period.until, zone)} (${zone})`,
    ...(model.case === undefined ? [] : [`Case: ${plain(model.case, mostCase)}`]),
    ...(target.since === undefined
      ? []
      : [`Measured since ${timeText(target.since, zone)}; nothing is known of before`]),
  ];
  const facts = target.trace === undefined ? [] : traceLines(target.trace, model);
  if (target.trace === undefined) return [...head, ...storedLines(target, zone)];
  const room = mostLines - head.length - facts.length - headingLines;
  return [...head, ...facts, ...windowLines(target.trace, room, zone)];
};

/** Of a case, longer than any number that a provider gives. */
export const mostCase = 100;

/** A heading and a rest for each kind of window. */
const headingLines = 4;

const traceLines = (
  trace: TraceSummary,
  { target: { traceBefore }, near, period }: EvidenceModel,
): readonly string[] => {
  const [good, loss] = [goodShare(trace), lossOf(trace)];
  if (good === undefined || loss === undefined)
    return ['Nothing was measured in this time, so nothing can be said of it'];
  const before = traceBefore === undefined ? undefined : comparedText(traceBefore);
  return [
    `Good time: ${goodText(good)} of the five-minute buckets with packets lost under 2 % of them`,
    `Packets: ${trace.sent} sent, ${trace.lost} lost (${lossText(loss)})`,
    dots([
      trace.latencyMs !== undefined && `Latency: ${msText(trace.latencyMs)} on average`,
      trace.jitterMs !== undefined && `jitter: ${msText(trace.jitterMs)}`,
    ]) || 'Latency: unknown, nothing came back',
    `Time without packets: ${trace.silentMs === 0 ? 'none' : spanText(trace.silentMs)}`,
    ...(before === undefined ? [] : [`The ${period.span} before: ${before}`]),
    nearLine(trace, near),
  ];
};

const comparedText = (before: TraceSummary): string | undefined => {
  const [good, loss] = [goodShare(before), lossOf(before)];
  return good === undefined || loss === undefined
    ? undefined
    : `${goodText(good)} good time, ${lossText(loss)} lost`;
};

const nearLine = (trace: TraceSummary, near: TargetHistory | undefined): string => {
  if (near === undefined)
    return 'Near target: none is traced, so the local network is not told apart';
  const good = near.trace && goodShare(near.trace);
  const name = plainName(near.session.name, 40);
  if (good === undefined) return `Near target ${name}: not measured in this time`;
  const { fine, bad, unmeasured } = nearWhile(trace.windows, near.points);
  const then =
    trace.windows.length === 0
      ? ''
      : `; of the windows below (${trace.windows.length}) it was ${[
          `fine in ${fine}`,
          ...(bad > 0 ? [`bad itself in ${bad}`] : []),
          ...(unmeasured > 0 ? [`not measured in ${unmeasured}`] : []),
        ].join(', ')}`;
  return `Near target ${name}: ${goodText(good)} good time${then}`;
};

const windowLines = (trace: TraceSummary, room: number, zone: string): readonly string[] => {
  if (trace.measured === 0) return [];
  const { outages, losses } = splitWindows(trace);
  const share = shareRoom(outages.length, losses.length, room);
  return [
    ...kindLines(
      'Outages (nothing came back for five minutes or more)',
      listWindows(outages, share.outages),
      zone,
    ),
    ...kindLines('Windows with 2 % loss or more', listWindows(losses, share.losses), zone),
  ];
};

const kindLines = (
  title: string,
  { count, totalMs, listed, restMs }: ListedWindows,
  zone: string,
): readonly string[] => {
  if (count === 0) return [`${title}: none`];
  const rest = count - listed.length;
  return [
    `${title}: ${count}, ${spanText(totalMs)} together`,
    ...listed.map(
      ({ from, until, sent, lost }) =>
        `- ${rangeText(from, until, zone)}, ${spanText(until - from)}, ${lossText(lost / sent)} lost`,
    ),
    ...(rest > 0 ? [`- and ${rest} shorter ones, ${spanText(restMs)} together`] : []),
  ];
};

/** Without trace data there are only the bot's own scores, which is said. */
const storedLines = (
  { scores, noTrace, hourlyUntil }: TargetHistory,
  zone: string,
): readonly string[] => {
  const why = noTrace === undefined ? '' : `: ${whyNot(noTrace.code)}`;
  const shown = scores.poorRuns
    .toSorted((a, b) => b.until - b.from - (a.until - a.from))
    .slice(0, mostRuns)
    .toSorted((a, b) => a.from - b.from);
  const rest = scores.poorRuns.length - shown.length;
  return [
    `There is no trace data${why}. This is from the scores that the bot has stored`,
    sentenceCase(scoreText(scores)) ||
      'No score was stored in this time, so nothing can be said of it',
    ...(scores.measuredMs === 0 ? [] : [`Time with scores: ${spanText(scores.measuredMs)}`]),
    ...(hourlyUntil === undefined
      ? []
      : [
          `Before ${timeText(hourlyUntil, zone)} by the hour: those that were Poor for half of it or more are listed`,
        ]),
    ...(shown.length === 0 ? [] : [`Poor: ${counted(scores.poorRuns.length, 'time')}`]),
    ...shown.map(
      ({ from, until }) => `- ${rangeText(from, until, zone)}, ${spanText(until - from)}`,
    ),
    ...(rest > 0 ? [`- and ${counted(rest, 'shorter one')}`] : []),
  ];
};

const mostRuns = 12;

const whyNot = (code: Parameters<typeof whyUnread>[0]): string => {
  if (code === 'permission-missing') return 'the PingPlotter key may not read it';
  return code === 'not-found' ? 'PingPlotter has none of this target' : whyUnread(code);
};

/** Whoever gets it reads it elsewhere and later: dates are whole, and the zone has a name. */
const zoneOf = ({ timeZone }: Zone): string =>
  DateTime.fromMillis(0, { zone: timeZone }).isValid && timeZone !== '' ? timeZone : 'UTC';

const timeText = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm');

const rangeText = (from: number, until: number, zone: string): string => {
  const [begin, end] = [timeText(from, zone), timeText(until, zone)];
  return `${begin} – ${end.slice(0, 10) === begin.slice(0, 10) ? end.slice(11) : end}`;
};
