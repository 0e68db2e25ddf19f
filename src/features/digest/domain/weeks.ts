import type { AgentId, SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { dayMs, hourMs, minutesOf, type VisitHour } from '../../history/domain/rolled-hour.ts';

export const weekMs = 7 * dayMs;

/** What the scores of a week came to. */
export interface WeekSum {
  /** Time in Poor of the time that was measured, 0–1. */
  readonly poorShare: number;
  /** 0–100, each minute counts the same. */
  readonly mean?: number;
}

/** A target whose mean score fell. */
export interface Mover {
  readonly agent: AgentId;
  readonly session: SessionId;
  /** 0–100 */
  readonly before: number;
  readonly now: number;
}

/** The last seven days and the seven before, as far as scores are rolled up. */
export interface WeekComparison {
  /** ms since 1970: where the last week ends. */
  readonly until: number;
  readonly now: WeekSum;
  readonly before: WeekSum;
  /** The worst first. */
  readonly movers: readonly Mover[];
}

/** Not enough is stored; `since` = from when on there is anything, ms since 1970. */
export interface NoComparison {
  readonly since?: number;
}

export type Weeks = WeekComparison | NoComparison;

/** Scores are rolled up by parts of a day, half an hour after them at the latest (store/collections/sample-packing.ts). */
const partMs = 6 * hourMs;
const lateMs = 30 * 60_000;
export const weekEnd = (now: number): number => Math.floor((now - lateMs) / partMs) * partMs;

/** Of a target of which less is known in either week it cannot be said that it moved. */
const leastMinutes = 12 * 60;
/** In points of the mean score. */
const leastFall = 5;
/** A store that is as old as that has the whole week before. */
const youngMs = dayMs;

interface Sum {
  minutes: number;
  poor: number;
  scored: number;
  points: number;
}

const nothing = (): Sum => ({ minutes: 0, poor: 0, scored: 0, points: 0 });

interface Both {
  readonly agent: AgentId;
  readonly before: Sum;
  readonly now: Sum;
}

export interface WeeksFold {
  readonly visit: VisitHour;
  result(): Weeks;
}

/** Adds up the hours of both weeks in one pass. */
export const foldWeeks = (until: number): WeeksFold => {
  const sessions = new Map<SessionId, Both>();
  let since = Number.POSITIVE_INFINITY;
  return {
    visit: ({ agentId, sessionId }, hour) => {
      since = Math.min(since, hour.at);
      const known = sessions.get(sessionId);
      const both = known ?? { agent: agentId, before: nothing(), now: nothing() };
      if (known === undefined) sessions.set(sessionId, both);
      const sum = hour.at < until - weekMs ? both.before : both.now;
      const minutes = minutesOf(hour);
      sum.minutes += minutes;
      sum.poor += hour.poor;
      if (Number.isNaN(hour.mean)) return;
      sum.scored += minutes;
      sum.points += hour.mean * minutes;
    },
    result: () => {
      const [before, now] = [nothing(), nothing()];
      const movers: Mover[] = [];
      for (const [session, both] of sessions) {
        add(before, both.before);
        add(now, both.now);
        const mover = moverOf(session, both);
        if (mover !== undefined) movers.push(mover);
      }
      const isYoung = since > until - 2 * weekMs + youngMs;
      if (isYoung || before.minutes === 0 || now.minutes === 0)
        return optional('since', Number.isFinite(since) ? since : undefined);
      return {
        until,
        now: weekSum(now),
        before: weekSum(before),
        movers: movers.sort((a, b) => b.before - b.now - (a.before - a.now)),
      };
    },
  };
};

const add = (to: Sum, sum: Sum): void => {
  to.minutes += sum.minutes;
  to.poor += sum.poor;
  to.scored += sum.scored;
  to.points += sum.points;
};

const meanOf = ({ points, scored }: Sum): number | undefined =>
  scored === 0 ? undefined : points / scored;

const weekSum = (sum: Sum): WeekSum => ({
  poorShare: sum.poor / sum.minutes,
  ...optional('mean', meanOf(sum)),
});

const moverOf = (session: SessionId, { agent, before, now }: Both): Mover | undefined => {
  const [then, after] = [meanOf(before), meanOf(now)];
  if (then === undefined || after === undefined || then - after < leastFall) return undefined;
  if (before.scored < leastMinutes || now.scored < leastMinutes) return undefined;
  return { agent, session, before: then, now: after };
};
