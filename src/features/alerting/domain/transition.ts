import type { InTheMaking } from '../../../shared/in-the-making.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import {
  type AlertDetail,
  type AlertRow,
  circumstancesOf,
  countTargets,
  describeTarget,
  isOpenRow,
  severity,
  worstFirst,
  worstRow,
} from './alert-detail.ts';
import type { Shown } from './alert-state.ts';
import type { EndReason, Problem } from './problems.ts';
import { shownOf } from './quality-rule.ts';

/** What is so now with one agent in one conversation. */
export interface AgentNow {
  /** Absent if the agent is gone, or no poll has seen it yet. */
  readonly view: AgentView | undefined;
  /** At most one for each session. */
  readonly problems: readonly Problem[];
  /** Why the problem of a row has ended; asked only for those that have. */
  readonly endOf: (row: AlertRow) => EndReason;
  /** What is known of it comes from another account than the one that is read now. */
  readonly anotherAccount?: boolean;
  /** A silence suppresses all of it. */
  readonly silent: boolean;
  /** ms since 1970 */
  readonly now: number;
}

/**
 * What happens to one alert:
 * - `raise`: it begins, with a message.
 * - `worsen`: it goes on and is clearly worse, with a message.
 * - `update`: its card changes.
 * - `note`: only what is stored changes.
 * - `resolve`: its problems are over, with a message.
 * - `announce`: they were over in a silence, and the message comes after it.
 * - `drop`: it ends without one: nobody watches it any more, it was deleted or closed, or is away as usual.
 */
export interface Transition {
  readonly kind: 'raise' | 'worsen' | 'update' | 'note' | 'resolve' | 'announce' | 'drop';
  readonly detail: AlertDetail;
}

/**
 * Undefined if nothing changes. A silence suppresses messages, not states: a problem that is
 * suppressed has no alert yet, and one that ended in a silence is resolved after it.
 */
export const transition = (
  before: AlertDetail | undefined,
  now: AgentNow,
): Transition | undefined => {
  const agent = { ...now, problems: withoutNewDoubted(before, now.problems) };
  if (before === undefined) return beginning(agent);
  if (agent.problems.length > 0) return continuing(before, agent);
  if (before.endDue === undefined) return ending(before, agent);
  if (agent.silent) return undefined;
  const { endDue: _, ...detail } = before;
  return { kind: 'announce', detail };
};

/** What nobody was told of, as it was suppressed, waits for a reading that is not good. */
const withoutNewDoubted = (
  before: AlertDetail | undefined,
  problems: readonly Problem[],
): readonly Problem[] => {
  if (!problems.some(({ isDoubted }) => isDoubted)) return problems;
  const known = new Set(before?.rows.filter(isOpenRow).map(({ sessionId }) => sessionId));
  return problems.filter(({ isDoubted, sessionId }) => !isDoubted || known.has(sessionId));
};

const beginning = ({ view, problems, silent }: AgentNow): Transition | undefined => {
  const rows = problems.map((problem) => rowOf(problem, view, undefined)).toSorted(worstFirst);
  const [worst] = rows;
  if (worst === undefined || view === undefined || silent) return undefined;
  return {
    kind: 'raise',
    detail: {
      agentName: fullName(view.agent),
      state: 'open',
      rows,
      targets: countTargets(view),
      notified: worst.shown,
      circumstances: circumstancesOf(view),
    },
  };
};

const continuing = (before: AlertDetail, agent: AgentNow): Transition | undefined => {
  const { view, problems, silent } = agent;
  const current = new Map(problems.map((problem) => [problem.sessionId, problem]));
  const earlier = new Map(before.rows.map((row) => [row.sessionId, row]));
  const rows = [
    ...problems.map((problem) => rowOf(problem, view, earlier.get(problem.sessionId))),
    ...before.rows
      .filter(({ sessionId }) => !current.has(sessionId))
      .map((row) => endedRow(row, agent)),
  ].toSorted(worstFirst);
  const worst = worstRow(rows);
  if (worst === undefined) return undefined;
  const { worseAt, endDue: _, endedAt: __, ...rest } = before;
  const detail: AlertDetail = {
    ...rest,
    state: 'open',
    rows,
    ...(view === undefined ? {} : { agentName: fullName(view.agent), targets: countTargets(view) }),
  };
  if (isClearlyWorse(before.notified, worst.shown)) {
    // One reading alone may be an outlier. Being offline was seen twice before it is a problem.
    const isSure =
      current.get(worst.sessionId)?.isDoubted === false &&
      (worst.sessionId === '' || (worseAt !== undefined && worst.at > worseAt));
    if (isSure && !silent) return { kind: 'worsen', detail: { ...detail, notified: worst.shown } };
    const noted = { ...detail, worseAt: worseAt ?? worst.at };
    return { kind: isWorthShowing(before, detail) ? 'update' : 'note', detail: noted };
  }
  if (isWorthShowing(before, detail)) return { kind: 'update', detail };
  return worseAt === undefined ? undefined : { kind: 'note', detail };
};

const ending = (before: AlertDetail, agent: AgentNow): Transition | undefined => {
  if (before.state !== 'open') return undefined;
  const rows = before.rows.map((row) => (isOpenRow(row) ? endedRow(row, agent) : row));
  const reasons = new Set(before.rows.filter(isOpenRow).map(agent.endOf));
  const { worseAt: _, ...rest } = before;
  const ended = { ...rest, rows, endedAt: agent.now };
  if (reasons.has('over')) {
    const detail = { ...ended, state: 'over' as const };
    return agent.silent
      ? { kind: 'update', detail: { ...detail, endDue: true } }
      : { kind: 'resolve', detail };
  }
  const state =
    (['gone', 'closed', 'usual'] as const).find((one) => reasons.has(one)) ?? 'unwatched';
  const elsewhere = state === 'gone' && agent.anotherAccount === true;
  return {
    kind: 'drop',
    detail: { ...ended, state, ...(elsewhere ? { anotherAccount: true } : {}) },
  };
};

const rowOf = (
  { sessionId, watchIds, isUnsteady, since, at, shown, atFirst, was, missing }: Problem,
  view: AgentView | undefined,
  before: AlertRow | undefined,
): AlertRow => {
  const described = describeTarget(view, sessionId);
  const target = described.target ?? before?.target;
  const expected = described.expected ?? before?.expected;
  const absence = missing ?? (before && isOpenRow(before) ? before.missing : undefined);
  const row: InTheMaking<AlertRow> = {
    sessionId,
    watchIds,
    state: isUnsteady ? 'unsteady' : 'open',
    since,
    at,
    shown: sessionId === '' ? { word: 'offline' } : (shown ?? before?.shown ?? atFirst),
  };
  // A storm makes tens of thousands, and copies by spread take several times as long.
  if (target !== undefined) row.target = target;
  if (expected !== undefined) row.expected = expected;
  if (was !== undefined) row.was = was;
  if (absence !== undefined) row.missing = absence;
  return row;
};

/** How it is now that it has ended, as far as it still can be seen. */
const endedRow = (row: AlertRow, { view, endOf, now }: AgentNow): AlertRow => {
  if (!isOpenRow(row)) return row;
  const reason = endOf(row);
  if (reason !== 'over') return { ...row, state: reason === 'gone' ? 'over' : reason };
  const session = view?.sessions.find(({ id }) => id === row.sessionId);
  const reading = session?.stale === false ? session.readings[0] : undefined;
  const shown: Shown =
    row.sessionId === ''
      ? { word: 'online' }
      : reading === undefined
        ? { word: row.shown.over === undefined ? 'good' : 'unknown' }
        : shownOf(reading);
  return { ...row, state: 'over', shown, was: row.shown, at: reading?.measuredAt ?? now };
};

/** This far below the last message, a score makes a new one (contract, Alerts). */
const worseBy = 15;

const isClearlyWorse = (notified: Shown, shown: Shown): boolean =>
  (severity(shown) > severity(notified) && shown.word !== 'unknown') ||
  (severity(shown) === severity(notified) &&
    (notified.score ?? 0) - (shown.score ?? 100) >= worseBy);

/** A card is updated only if a score moved this far: every update counts towards Teams' limits. */
const worthShowing = 10;

const isWorthShowing = (before: AlertDetail, after: AlertDetail): boolean =>
  before.state !== after.state ||
  before.agentName !== after.agentName ||
  before.rows.length !== after.rows.length ||
  after.rows.some((row) => {
    const earlier = before.rows.find(({ sessionId }) => sessionId === row.sessionId);
    return earlier === undefined || isRowWorthShowing(earlier, row);
  });

const isRowWorthShowing = (before: AlertRow, after: AlertRow): boolean =>
  before.state !== after.state ||
  before.shown.word !== after.shown.word ||
  before.watchIds.join() !== after.watchIds.join() ||
  isOverWorthShowing(before.shown, after.shown) ||
  Math.abs((before.shown.score ?? 0) - (after.shown.score ?? 0)) >= worthShowing;

/** Latency, loss and jitter move all the time: a value that is a quarter off says something new. */
const isOverWorthShowing = ({ over: before = [] }: Shown, { over: after = [] }: Shown): boolean =>
  before.length !== after.length ||
  after.some(({ what, value }) => {
    const earlier = before.find((one) => one.what === what);
    return earlier === undefined || Math.abs(value - earlier.value) >= earlier.value / 4;
  });
