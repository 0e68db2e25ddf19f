import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { KeptWatch } from '../../watches/domain/watch.ts';
import type { AlertStateKey, StoredAlert } from '../store.ts';
import { readDetail } from './alert-detail.ts';
import { isWorthKeeping, type KeptState } from './alert-state.ts';
import type { StateChange } from './alert-states.ts';
import type { Occurrence } from './evaluate.ts';
import type { Ruling } from './group-alerts.ts';
import { type Decision, decide } from './transition.ts';

export interface Rulings {
  readonly changes: readonly StateChange[];
  /** Of the changes, those that a restart must not lose. */
  readonly worthKeeping: readonly StateChange[];
  readonly byWatch: ReadonlyMap<string, readonly Ruling[]>;
  /** When the first silence ends that holds something back, ms since 1970. */
  readonly silentUntil?: number;
}

export interface Known {
  readonly watches: ReadonlyMap<string, KeptWatch>;
  readonly silences: Silences;
  readonly open: readonly StoredAlert[];
  /** Alerts that were closed in silence, by id. */
  readonly held: ReadonlyMap<string, StoredAlert>;
}

/** What follows from each occurrence: what is kept of it, and what is to be done. */
export const ruleOn = (occurrences: readonly Occurrence[], known: Known): Rulings => {
  const open = new Map(known.open.map((alert) => [thingKey(alert), alert]));
  const changes: StateChange[] = [];
  const worthKeeping: StateChange[] = [];
  const byWatch = new Map<string, Ruling[]>();
  let silentUntil = Number.POSITIVE_INFINITY;
  for (const occurrence of occurrences) {
    const { watchId, before } = occurrence;
    const watch = known.watches.get(watchId);
    if (watch === undefined) continue;
    const alert = open.size === 0 ? undefined : open.get(thingKey(occurrence));
    const until = silenceOver(occurrence, alert, watch, known.silences);
    const decision = decideOn(occurrence, alert, until !== undefined);
    const change = changeOf(occurrence, decision);
    changes.push(change);
    if (isKept(before, change.after)) worthKeeping.push(change);
    if (decision.held !== undefined) silentUntil = Math.min(silentUntil, until ?? silentUntil);
    if (decision.act === undefined) continue;
    const held = before?.held?.alertId;
    const about = decision.act.kind === 'late-end' ? known.held.get(held ?? '') : alert;
    const ruling: Ruling = { occurrence, act: decision.act, ...optional('alert', about) };
    const others = byWatch.get(watchId);
    if (others === undefined) byWatch.set(watchId, [ruling]);
    else others.push(ruling);
  }
  return {
    changes,
    worthKeeping,
    byWatch,
    ...(silentUntil === Number.POSITIVE_INFINITY ? {} : { silentUntil }),
  };
};

/** One thing of one watch. */
export const thingKey = ({ watchId, agentId, sessionId }: AlertStateKey): string =>
  `${watchId}\n${agentId}\n${sessionId}`;

/** Most occurrences are no news to anybody: nothing about them has to be asked. */
const isNews = ({ before, event }: Occurrence, alert: StoredAlert | undefined): boolean =>
  event !== undefined || before?.held !== undefined || alert !== undefined;

const silenceOver = (
  occurrence: Occurrence,
  alert: StoredAlert | undefined,
  watch: KeptWatch,
  silences: Silences,
): number | undefined =>
  isNews(occurrence, alert) && occurrence.view !== undefined
    ? silences.until(watch, occurrence.view)
    : undefined;

const decideOn = (
  occurrence: Occurrence,
  alert: StoredAlert | undefined,
  silent: boolean,
): Decision => {
  if (!isNews(occurrence, alert)) return {};
  const told = alert && { id: alert.id, shown: readDetail(alert)?.shown };
  return decide(occurrence, told, silent);
};

const changeOf = (
  { watchId, agentId, sessionId, after: state }: Occurrence,
  { held }: Decision,
): StateChange => ({
  watchId,
  agentId,
  sessionId,
  after: state && { state, ...optional('held', held) },
});

const isKept = (before: KeptState | undefined, after: KeptState | undefined): boolean =>
  after === undefined || before?.held !== after.held || isWorthKeeping(before?.state, after.state);

export interface Silences {
  /** Until when nothing of this agent is told for this watch, ms since 1970; absent = it is told. */
  until(watch: KeptWatch, view: AgentView): number | undefined;
}
