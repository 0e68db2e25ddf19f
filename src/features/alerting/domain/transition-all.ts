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
  /** When the first silence ends that suppresses something, in ms since 1970. */
  readonly silentUntil?: number;
}

export interface Known {
  readonly watches: ReadonlyMap<string, Watch>;
  readonly silences: Silences;
  readonly open: readonly StoredAlert[];
  /** Alerts that closed during a silence, by id. */
  readonly closedInSilence: ReadonlyMap<string, StoredAlert>;
}

/** Decides what follows from each evaluation: a change of its state, and a transition, if any. */
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
    if (decision.suppressed !== undefined)
      silentUntil = Math.min(silentUntil, until ?? silentUntil);
    if (decision.act === undefined) continue;
    const closed = known.closedInSilence.get(before?.held?.alertId ?? '');
    const transition: AlertTransition = {
      evaluation,
      act: decision.act,
      ...optional('alert', decision.act.kind === 'late-end' ? closed : alert),
    };
    const others = byWatch.get(watchId);
    if (others === undefined) byWatch.set(watchId, [transition]);
    else others.push(transition);
  }
  return {
    changes,
    worthStoring,
    byWatch,
    ...(silentUntil === Number.POSITIVE_INFINITY ? {} : { silentUntil }),
  };
};

export const thingKey = ({ watchId, agentId, sessionId }: AlertStateKey): string =>
  `${watchId}\n${agentId}\n${sessionId}`;

/** Most evaluations are no news, so silences and alerts are not looked up for them. */
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
  { suppressed }: TransitionDecision,
): StateChange => ({
  watchId,
  agentId,
  sessionId,
  after: state && { state, ...optional('held', suppressed) },
});

const isStored = (before: WatchState | undefined, after: WatchState | undefined): boolean =>
  after === undefined || before?.held !== after.held || isWorthStoring(before?.state, after.state);

export interface Silences {
  /** When the silence ends that suppresses this watch for this agent, in ms since 1970, if any. */
  until(watch: Watch, view: AgentView): number | undefined;
}
