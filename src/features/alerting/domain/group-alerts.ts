import { optional } from '../../../shared/optional.ts';
import type { createDiagnoses } from '../../diagnosis/domain/facts.ts';
import type { KeptWatch } from '../../watches/domain/watch.ts';
import type { AlertDraft, StoredAlert } from '../store.ts';
import { type AlertDetail, describeProblem, readDetail } from './alert-detail.ts';
import type { Occurrence } from './evaluate.ts';
import { type Problem, placeProblems } from './grouping.ts';
import type { Act } from './transition.ts';

/** What has to be done about one problem, and the alert that it is about, if there is one. */
export interface Ruling {
  readonly occurrence: Occurrence;
  readonly act: Act;
  /** Of a late end a closed one; of all others the open one. */
  readonly alert?: StoredAlert;
}

/** One alert as it will be stored; 'move' = it was told alone and joins a group. */
export interface Touch {
  readonly kind: Act['kind'] | 'move';
  readonly alert: AlertDraft | StoredAlert;
}

export interface Placing {
  readonly windowMs: number;
  readonly now: number;
  readonly newId: () => string;
  readonly diagnosis: ReturnType<typeof createDiagnoses>;
}

/** The alerts of one watch after one look: `open` = those that were open before it. */
export const placeAlerts = (
  watch: KeptWatch,
  rulings: readonly Ruling[],
  open: readonly StoredAlert[],
  placing: Placing,
): readonly Touch[] => {
  const changed = rulings.flatMap((ruling) => changeAlert(ruling, placing) ?? []);
  const ended = new Set(changed.filter(isClosed).map(({ alert }) => alert.id));
  const still = open.filter(({ id }) => !ended.has(id));
  const raised = rulings.filter(({ act }) => act.kind === 'raise');
  const returned = rulings.filter(({ act }) => act.kind === 'return');
  const newer = new Map(changed.map(({ alert }) => [alert.id, alert]));
  return [
    ...changed,
    ...openAlerts(watch, raised, still, placing).map((touch) => ({
      ...touch,
      // An alert may be changed and moved at once: its newest detail counts.
      alert: { ...touch.alert, detail: newer.get(touch.alert.id)?.detail ?? touch.alert.detail },
    })),
    ...openAlerts(watch, returned, [], placing),
  ];
};

const isClosed = ({ alert }: Touch): boolean => alert.closedAt !== undefined;

const changeAlert = ({ occurrence, act, alert }: Ruling, { now }: Placing): Touch | undefined => {
  if (alert === undefined || act.kind === 'raise' || act.kind === 'return') return undefined;
  if (act.kind === 'late-end') return { kind: act.kind, alert };
  const detail = changedDetail(occurrence, act, alert) ?? alert.detail;
  const closes = act.kind === 'end' || act.kind === 'close' || act.kind === 'gone';
  return { kind: act.kind, alert: { ...alert, detail, ...(closes ? { closedAt: now } : {}) } };
};

const changedDetail = (
  { view, sessionId, after }: Occurrence,
  { kind, account }: Act,
  alert: StoredAlert,
): AlertDetail | undefined => {
  const before = readDetail(alert);
  if (view === undefined || after === undefined)
    return before && { ...before, state: view === undefined ? 'gone' : 'closed', at: account.at };
  const over = kind === 'end' || kind === 'close';
  const state = over ? 'over' : after.flapping ? 'unsteady' : 'open';
  return describeProblem(view, sessionId, state, account, before?.diagnosis);
};

/** New alerts, each on its own card or all on one, with those that move in with them. */
const openAlerts = (
  watch: KeptWatch,
  rulings: readonly Ruling[],
  open: readonly StoredAlert[],
  placing: Placing,
): readonly Touch[] => {
  if (rulings.length === 0) return [];
  const { windowMs, now, newId } = placing;
  const drafts = rulings.map((ruling) => ({ id: newId(), ruling }));
  const problems = drafts.map(({ id, ruling }) => problemOf(id, ruling, now));
  const place = placeProblems(open.map(openProblem), problems, windowMs, now);
  const groupId = place.kind === 'group' ? (place.group ?? newId()) : undefined;
  const movers = new Set(place.kind === 'group' ? place.members.map(({ id }) => id) : []);
  const moved = open.filter(({ id }) => movers.has(id));
  return [
    ...moved.map(
      (alert): Touch => ({ kind: 'move', alert: { ...alert, ...optional('groupId', groupId) } }),
    ),
    ...drafts.map(
      ({ id, ruling }): Touch => ({
        kind: ruling.act.kind,
        alert: draftOf(watch, id, ruling, groupId, placing),
      }),
    ),
  ];
};

const problemOf = (id: string, { occurrence }: Ruling, raisedAt: number): Problem => ({
  id,
  agent: occurrence.agentId,
  raisedAt,
});

const openProblem = ({ id, agentId, openedAt, groupId }: StoredAlert): Problem => ({
  id,
  agent: agentId,
  raisedAt: openedAt,
  ...optional('group', groupId),
});

const draftOf = (
  { id: watchId, account, conversationKey }: KeptWatch,
  id: string,
  { occurrence, act }: Ruling,
  groupId: string | undefined,
  { now, diagnosis }: Placing,
): AlertDraft => {
  const { agentId, sessionId, view, after } = occurrence;
  const over = act.kind === 'return';
  const state = over ? 'over' : after?.flapping ? 'unsteady' : 'open';
  // A group has its common cause instead.
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
