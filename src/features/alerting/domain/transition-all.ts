import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { AlertStateKey, StoredAlert } from '../store.ts';
import { readDetail } from './alert-detail.ts';
import { isWorthStoring, type WatchState } from './alert-state.ts';
import type { StateChange } from './alert-states.ts';
import type { Evaluation } from './evaluate.ts';
import type { AlertTransition } from './group-alerts.ts';
import { decide, type TransitionDecision } from './transition.ts';

export interface AlertTransitions {
  readonly changes: readonly StateChange[];
  /** Of the changes, those that a restart must not lose. */
  readonly worthStoring: readonly StateChange[];
  readonly byWatch: ReadonlyMap<string, readonly AlertTransition[]>;
  /** When the first silence ends that holds something back, ms since 1970. */
  readonly silentUntil?: number;
}

export interface Known {
  readonly watches: ReadonlyMap<string, Watch>;
  readonly silences: Silences;
  readonly open: readonly StoredAlert[];
  /** Alerts that were closed in silence, by id. */
  readonly held: ReadonlyMap<string, StoredAlert>;
}

/** What follows from each evaluation: what is kept of it, and what is to be done. */
export const transitionAll = (
  evaluations: readonly Evaluation[],
  known: Known,
): AlertTransitions => {
  const open = new Map(known.open.map((alert) => [thingKey(alert), alert]));
  const changes: StateChange[] = [];
  const worthStoring: StateChange[] = [];
  const byWatch = new Map<string, AlertTransition[]>();
  let silentUntil = Number.POSITIVE_INFINITY;
  for (const evaluation of evaluations) {
    const { watchId, before } = evaluation;
    const watch = known.watches.get(watchId);
    if (watch === undefined) continue;
    const alert = open.size === 0 ? undefined : open.get(thingKey(evaluation));
    const until = silenceOver(evaluation, alert, watch, known.silences);
    const decision = decideOn(evaluation, alert, until !== undefined);
    const change = changeOf(evaluation, decision);
    changes.push(change);
    if (isStored(before, change.after)) worthStoring.push(change);
    if (decision.held !== undefined) silentUntil = Math.min(silentUntil, until ?? silentUntil);
    if (decision.act === undefined) continue;
    const held = before?.held?.alertId;
    const about = decision.act.kind === 'late-end' ? known.held.get(held ?? '') : alert;
    const transition: AlertTransition = {
      evaluation: evaluation,
      act: decision.act,
      ...optional('alert', about),
    };
    const others = byWatch.get(watchId);
    if (others === undefined) byWatch.set(watchId, [transition]);
    else others.push(transition);
  }
  return {
    changes,
    worthStoring: worthStoring,
    byWatch,
    ...(silentUntil === Number.POSITIVE_INFINITY ? {} : { silentUntil }),
  };
};

/** One thing of one watch. */
export const thingKey = ({ watchId, agentId, sessionId }: AlertStateKey): string =>
  `${watchId}\n${agentId}\n${sessionId}`;

/** Most evaluations are no news to anybody: nothing about them has to be asked. */
const isNews = ({ before, event }: Evaluation, alert: StoredAlert | undefined): boolean =>
  event !== undefined || before?.held !== undefined || alert !== undefined;

const silenceOver = (
  evaluation: Evaluation,
  alert: StoredAlert | undefined,
  watch: Watch,
  silences: Silences,
): number | undefined =>
  isNews(evaluation, alert) && evaluation.view !== undefined
    ? silences.until(watch, evaluation.view)
    : undefined;

const decideOn = (
  evaluation: Evaluation,
  alert: StoredAlert | undefined,
  silent: boolean,
): TransitionDecision => {
  if (!isNews(evaluation, alert)) return {};
  const shownAlert = alert && { id: alert.id, shown: readDetail(alert)?.shown };
  return decide(evaluation, shownAlert, silent);
};

const changeOf = (
  { watchId, agentId, sessionId, after: state }: Evaluation,
  { held }: TransitionDecision,
): StateChange => ({
  watchId,
  agentId,
  sessionId,
  after: state && { state, ...optional('held', held) },
});

const isStored = (before: WatchState | undefined, after: WatchState | undefined): boolean =>
  after === undefined || before?.held !== after.held || isWorthStoring(before?.state, after.state);

export interface Silences {
  /** Until when nothing of this agent is told for this watch, ms since 1970; absent = it is told. */
  until(watch: Watch, view: AgentView): number | undefined;
}
