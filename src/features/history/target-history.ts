import type { AgentId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { TraceData, TracePoint } from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';
import type { SessionView } from '../fleet/domain/session-view.ts';
import type { HistoryPeriod } from './domain/period.ts';
import { hourMs } from './domain/rolled-hour.ts';
import { type ScoreSummary, summarizeScores } from './domain/score-summary.ts';
import {
  summarizeTrace,
  type TraceStep,
  type TraceSummary,
  traceSteps,
} from './domain/trace-summary.ts';
import { readStoredScores, type StoredScores, type StoredScoresPorts } from './stored-scores.ts';
import type { TraceReader } from './trace-reader.ts';

/** Why there is no trace data, and the stored scores have to do. */
export interface NoTrace {
  readonly code: ErrorCode;
  /** When to ask again, ms since 1970. */
  readonly againAt?: number;
}

export interface TargetHistory {
  readonly session: Pick<SessionView, 'id' | 'name' | 'address'>;
  readonly trace?: TraceSummary;
  readonly traceBefore?: TraceSummary;
  /** Of this period and the one before, the oldest first. */
  readonly points: readonly TracePoint[];
  readonly steps: readonly TraceStep[];
  readonly noTrace?: NoTrace;
  readonly scores: ScoreSummary;
  readonly scoresBefore: ScoreSummary;
  /** The first moment of the period that anything is known of, where that is later than its begin. */
  readonly since?: number;
  /** The same of scores, where there is trace data too. */
  readonly scoresSince?: number;
  /** Up to then scores of the period are known by the hour. */
  readonly hourlyUntil?: number;
}

export interface HistoryPorts extends StoredScoresPorts {
  readonly traces: TraceReader;
  readonly clock: Clock;
}

/** Reading more of an agent takes more of PingPlotter than a person reads. */
export const mostTargets = 12;

/** The limit is that of a rolling window of ten minutes: by then there is room again. */
const rollingMs = 10 * 60_000;

/** The targets of one agent over time, in the order in which they are given. */
export const readHistories = async (
  ports: HistoryPorts,
  account: string,
  {
    agent,
    sessions,
    period,
  }: {
    readonly agent: AgentId;
    readonly sessions: readonly SessionView[];
    readonly period: HistoryPeriod;
  },
): Promise<readonly TargetHistory[]> => {
  const { beforeFrom, until } = period;
  const scoresOf = await readStoredScores(ports, account, agent, { from: beforeFrom, until });
  const [first, ...others] = sessions;
  if (first === undefined) return [];
  const read = (session: SessionView) => readTrace(ports, account, session, period);
  const traceOfFirst = await read(first);
  // What the key may not read of one target, it may not read of the others.
  const rest =
    'code' in traceOfFirst && traceOfFirst.code === 'permission-missing'
      ? others.map(() => traceOfFirst)
      : await Promise.all(others.map(read));
  return sessions.map((session, index) =>
    historyOf(
      session,
      [traceOfFirst, ...rest][index] ?? traceOfFirst,
      scoresOf(session.id),
      period,
    ),
  );
};

const readTrace = async (
  { traces, clock }: HistoryPorts,
  account: string,
  { id }: SessionView,
  { beforeFrom, until }: HistoryPeriod,
): Promise<TraceData | NoTrace> => {
  try {
    return await traces.read(account, id, { from: beforeFrom, until });
  } catch (error) {
    const { code, detail } = asAppError(error);
    // A key that is refused reads nothing else either.
    if (code === 'key-wrong' || code === 'internal') throw error;
    return code === 'rate-limited'
      ? { code, againAt: clock.now() + (detail.retryAfterMs ?? rollingMs) }
      : { code };
  }
};

const historyOf = (
  session: SessionView,
  read: TraceData | NoTrace,
  { samples, hours }: StoredScores,
  period: HistoryPeriod,
): TargetHistory => {
  const before = { from: period.beforeFrom, until: period.from };
  const within = hours.filter(({ at }) => at >= period.from);
  const last = within.at(-1);
  const first = within[0]?.at ?? samples.find(({ at }) => at >= period.from)?.at;
  const common = {
    session,
    scores: summarizeScores(samples, period, hours),
    scoresBefore: summarizeScores(samples, before, hours),
    ...optional('hourlyUntil', last && last.at + hourMs),
  };
  if ('code' in read) {
    return {
      ...common,
      points: [],
      steps: [],
      noTrace: read,
      ...optional('since', laterThan(period, first)),
    };
  }
  const { points, earliest } = read;
  return {
    ...common,
    points,
    trace: summarizeTrace(points, period, earliest),
    traceBefore: summarizeTrace(points, before, earliest),
    steps: traceSteps(points, period, period.stepMs),
    ...optional('since', laterThan(period, earliest)),
    ...optional('scoresSince', laterThan(period, first)),
  };
};

/** What begins within an hour of the period's begin is no younger than it. */
const laterThan = ({ from }: HistoryPeriod, at: number | undefined): number | undefined =>
  at !== undefined && at > from + 60 * 60_000 ? at : undefined;
