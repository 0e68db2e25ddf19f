import type { Reading, SessionId, TargetStatus } from '../../../platform/agent.ts';
import type { ErrorCode } from '../../../platform/errors.ts';
import { type AgentFacts, type AgentView, viewAgent } from './agent-view.ts';
import { byWorstReading, isStale, statusReading } from './quality.ts';
import { isPaused } from './session-view.ts';

/** When a look was taken, and what was old then; both in ms, one for all that it saw. */
export interface Moment {
  readonly now: number;
  readonly staleMs: number;
}

/**
 * One agent as one look found it. Its view is put together only for those who ask: most agents of a
 * poll are no news to anybody, and the views of a whole fleet cost as much as judging it.
 */
export class AgentObservation {
  readonly facts: AgentFacts;
  readonly #moment: Moment;
  #view: AgentView | undefined;

  constructor(facts: AgentFacts, moment: Moment) {
    this.facts = facts;
    this.#moment = moment;
  }

  get view(): AgentView {
    const { now, staleMs } = this.#moment;
    this.#view ??= viewAgent(this.facts, now, staleMs);
    return this.#view;
  }

  /** Those of its sessions that measured something, the worst first; others teach nobody. */
  measured(): readonly MeasuredSession[] {
    const { status, seen } = this.facts;
    const found: MeasuredSession[] = [];
    for (const target of status?.targets ?? []) {
      const reading = this.#standing(target);
      if (reading === undefined) continue;
      const remembered = seen?.find(({ id }) => id === target.sessionId);
      const paused = isPaused(target, remembered);
      found.push({ id: target.sessionId, reading, stale: !this.#isFresh(reading), paused });
    }
    return isWorstFirst(found) ? found : found.sort(byReading);
  }

  /** When the session measured what stood for it, ms since 1970. */
  measuredAt(session: SessionId): number | undefined {
    const target = this.facts.status?.targets.find(({ sessionId }) => sessionId === session);
    return target && this.#standing(target)?.measuredAt;
  }

  #standing({ readings }: TargetStatus): Reading | undefined {
    const { expected } = this.facts.agent;
    return statusReading(readings, expected?.id, (reading) => this.#isFresh(reading));
  }

  #isFresh(reading: Reading): boolean {
    return !isStale(reading, this.#moment.now, this.#moment.staleMs);
  }
}

const byReading = (a: MeasuredSession, b: MeasuredSession): number =>
  byWorstReading(a.reading, b.reading);

/** Nearly always: to sort two sessions costs more than all else that is done with them. */
const isWorstFirst = (sessions: readonly MeasuredSession[]): boolean => {
  let before: MeasuredSession | undefined;
  for (const session of sessions) {
    if (before !== undefined && byReading(before, session) > 0) return false;
    before = session;
  }
  return true;
};

export interface MeasuredSession {
  readonly id: SessionId;
  /** The one that stands for the session. */
  readonly reading: Reading;
  /** Too old to count. */
  readonly stale: boolean;
  readonly paused: boolean;
}

/** The fleet at one moment, in the order in which PingPlotter gave it. */
export interface ObservedFleet {
  readonly observations: readonly AgentObservation[];
  /** ms since 1970 */
  readonly takenAt: number;
  /** The same moment by the monotonic clock. */
  readonly readAt: number;
  /** Why there are no scores. */
  readonly noScores?: ErrorCode;
  /** Of how many agents; of all if left out. */
  readonly noScoresOf?: number;
  readonly skipped: number;
}

/** All that was seen, ready to be shown: for those who ask about the whole fleet. */
export const viewsOf = (fleet: ObservedFleet | undefined): readonly AgentView[] =>
  (fleet?.observations ?? []).map(({ view }) => view);
