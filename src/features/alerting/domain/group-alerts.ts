import { optional } from '../../../shared/optional.ts';
import type { createDiagnoses } from '../../diagnosis/domain/facts.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { AlertDraft, StoredAlert } from '../store.ts';
import { type AlertDetail, describeProblem, readDetail } from './alert-detail.ts';
import type { Evaluation } from './evaluate.ts';
import { groupProblems, type Problem } from './grouping.ts';
import type { Transition } from './transition.ts';

/** One transition, and the alert that it changes, if there is one. */
export interface AlertTransition {
  readonly evaluation: Evaluation;
  readonly act: Transition;
  /** A closed alert for 'late-end', the open one for all other kinds. */
  readonly alert?: StoredAlert;
}

/** One alert as it will be stored. 'move' = it had its own card and joins a group. */
export interface AlertChange {
  readonly kind: Transition['kind'] | 'move';
  readonly alert: AlertDraft | StoredAlert;
}

export interface GroupingContext {
  readonly windowMs: number;
  readonly now: number;
  readonly newId: () => string;
  readonly diagnosis: ReturnType<typeof createDiagnoses>;
}

/** The alerts of one watch after one poll. `open` = the alerts that were open before it. */
export const groupAlerts = (
  watch: Watch,
  transitions: readonly AlertTransition[],
  open: readonly StoredAlert[],
  grouping: GroupingContext,
): readonly AlertChange[] => {
  const changed = transitions.flatMap((transition) => changeAlert(transition, grouping) ?? []);
  const ended = new Set(changed.filter(isClosed).map(({ alert }) => alert.id));
  const still = open.filter(({ id }) => !ended.has(id));
  const raised = transitions.filter(({ act }) => act.kind === 'raise');
  const returned = transitions.filter(({ act }) => act.kind === 'return');
  const newer = new Map(changed.map(({ alert }) => [alert.id, alert]));
  return [
    ...changed,
    ...openAlerts(watch, raised, still, grouping).map((alertChange) => ({
      ...alertChange,
      // One poll may change an alert and move it into a group: the newest detail must win.
      alert: {
        ...alertChange.alert,
        detail: newer.get(alertChange.alert.id)?.detail ?? alertChange.alert.detail,
      },
    })),
    ...openAlerts(watch, returned, [], grouping),
  ];
};

const isClosed = ({ alert }: AlertChange): boolean => alert.closedAt !== undefined;

const changeAlert = (
  { evaluation, act, alert }: AlertTransition,
  { now }: GroupingContext,
): AlertChange | undefined => {
  if (alert === undefined || act.kind === 'raise' || act.kind === 'return') return undefined;
  if (act.kind === 'late-end') return { kind: act.kind, alert };
  const detail = changedDetail(evaluation, act, alert) ?? alert.detail;
  const closes = act.kind === 'end' || act.kind === 'close' || act.kind === 'gone';
  return { kind: act.kind, alert: { ...alert, detail, ...(closes ? { closedAt: now } : {}) } };
};

const changedDetail = (
  { view, sessionId, after }: Evaluation,
  { kind, account }: Transition,
  alert: StoredAlert,
): AlertDetail | undefined => {
  const before = readDetail(alert);
  if (view === undefined || after === undefined)
    return (
      before && {
        ...before,
        state: view === undefined ? 'gone' : 'closed',
        at: account.at,
        ...optional('anotherAccount', account.anotherAccount),
      }
    );
  const over = kind === 'end' || kind === 'close';
  const state = over ? 'over' : after.flapping ? 'unsteady' : 'open';
  return describeProblem(view, sessionId, state, account, before?.diagnosis);
};

/** New alerts, each on its own card or all on one, and the open alerts that join that card. */
const openAlerts = (
  watch: Watch,
  transitions: readonly AlertTransition[],
  open: readonly StoredAlert[],
  grouping: GroupingContext,
): readonly AlertChange[] => {
  if (transitions.length === 0) return [];
  const { windowMs, now, newId } = grouping;
  const drafts = transitions.map((transition) => ({ id: newId(), transition }));
  const problems = drafts.map(({ id, transition }) => problemOf(id, transition, now));
  const place = groupProblems(open.map(openProblem), problems, windowMs, now);
  const groupId = place.kind === 'group' ? (place.group ?? newId()) : undefined;
  const movers = new Set(place.kind === 'group' ? place.members.map(({ id }) => id) : []);
  const moved = open.filter(({ id }) => movers.has(id));
  return [
    ...moved.map(
      (alert): AlertChange => ({
        kind: 'move',
        alert: { ...alert, ...optional('groupId', groupId) },
      }),
    ),
    ...drafts.map(
      ({ id, transition }): AlertChange => ({
        kind: transition.act.kind,
        alert: draftOf(watch, id, transition, groupId, grouping),
      }),
    ),
  ];
};

const problemOf = (id: string, { evaluation }: AlertTransition, raisedAt: number): Problem => ({
  id,
  agent: evaluation.agentId,
  raisedAt,
});

const openProblem = ({ id, agentId, openedAt, groupId }: StoredAlert): Problem => ({
  id,
  agent: agentId,
  raisedAt: openedAt,
  ...optional('group', groupId),
});

const draftOf = (
  { id: watchId, account, conversationKey }: Watch,
  id: string,
  { evaluation, act }: AlertTransition,
  groupId: string | undefined,
  { now, diagnosis }: GroupingContext,
): AlertDraft => {
  const { agentId, sessionId, view, after } = evaluation;
  const over = act.kind === 'return';
  const state = over ? 'over' : after?.flapping ? 'unsteady' : 'open';
  // A group shows its common cause instead of a diagnosis.
  const why = over || view === undefined || groupId ? undefined : diagnosis(view, sessionId);
  return {
    account,
    conversationKey,
    id,
    watchId,
    agentId,
    sessionId,
    openedAt: now,
    ...optional('groupId', groupId),
    ...(over ? { closedAt: now } : {}),
    detail: view && describeProblem(view, sessionId, state, act.account, why),
  };
};
