import type { AgentId } from '../../../platform/agent.ts';
import { type Conversation, conversationId } from '../../../platform/conversation.ts';
import { groupInSlices, inSlices } from '../../../platform/slices.ts';
import { groupBy } from '../../../shared/grouped.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { Absence } from '../../silence/domain/absence.ts';
import type { Silence } from '../../silence/domain/silence.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { AlertDraft, StoredAlert } from '../store.ts';
import { type AlertDetail, type AlertRow, openRows, readDetail, worstRow } from './alert-detail.ts';
import type { EndReason, Problem, ProblemFinder } from './problems.ts';
import {
  followSuppressed,
  type SuppressedAlert,
  type SuppressedChanges,
} from './suppressed-alerts.ts';
import { type Transition, transition } from './transition.ts';

/** One alert as it will be stored. 'merge' = another alert of the same agent shows its problem. */
export interface AlertChange {
  readonly kind: Transition['kind'] | 'merge';
  readonly alert: AlertDraft | StoredAlert;
  readonly detail: AlertDetail;
}

/** An agent in a conversation: the unit of alerts. */
export interface AlertPlace extends Conversation {
  readonly agentId: AgentId;
}

export const placeKey = ({ account, conversationKey, agentId }: AlertPlace): string =>
  `${account}\n${conversationKey}\n${agentId}`;

/** Suppressed problems: nobody is notified of them while the silence lasts. */
export interface Pending {
  readonly place: AlertPlace;
  readonly silence: Silence;
}

export interface AlertChanges {
  readonly changes: readonly AlertChange[];
  /** By placeKey. */
  readonly pending: ReadonlyMap<string, Pending>;
  readonly suppressed: SuppressedChanges;
}

export interface ChangeFacts {
  /** Those whose terms hold. */
  readonly watches: readonly Watch[];
  /** The ids of those of which nothing is known: what they have raised stays as it is. */
  readonly unread: ReadonlySet<string>;
  readonly open: readonly StoredAlert[];
  /** Where something may have changed, besides the open alerts. */
  readonly places: readonly AlertPlace[];
  readonly problems: ProblemFinder;
  readonly viewOf: (agentId: AgentId) => AgentView | undefined;
  readonly silences: Silences;
  /** By placeKey. */
  readonly suppressed: ReadonlyMap<string, SuppressedAlert>;
  readonly newId: () => string;
  readonly now: number;
}

export interface Silences {
  /** The silence that suppresses this watch for this agent, if any. */
  of(watch: Watch, view: AgentView): Silence | undefined;
  /** What the usual hours of the agent say to this conversation. Undefined where every absence counts. */
  absence(place: AlertPlace, since: number): KnownAbsence | undefined;
}

type KnownAbsence = Absence & {
  readonly isSet: boolean;
  /** Since when the hours are known, in ms since 1970. */
  readonly knownFrom?: number;
};

/** The transitions of all alerts after one poll. */
export const changeAlerts = async (facts: ChangeFacts): Promise<AlertChanges> => {
  const { watches, open, places, now } = facts;
  const watchesOf = groupBy(watches, conversationId);
  const alerts = await groupInSlices(open, placeKey);
  const all = new Map<string, AlertPlace>();
  await inSlices([...places, ...open], (place) => all.set(placeKey(place), place));
  for (const [key, { place }] of facts.suppressed) if (!all.has(key)) all.set(key, place);
  const suppressed = followSuppressed(facts.suppressed);
  const changes: AlertChange[] = [];
  const pending = new Map<string, Pending>();
  await inSlices([...all], ([key, place]) => {
    const here = watchesOf.get(conversationId(place)) ?? [];
    const view = facts.viewOf(place.agentId);
    const known = facts.problems.problemsOf(
      here.map(({ id }) => id),
      place.agentId,
    );
    const [alert, ...doubles] = alerts.get(key) ?? [];
    const before = alert && readDetail(alert);
    if (before !== undefined && isHeld(before, facts.unread)) return;
    const { found, usual } = withoutUsual(place, known, here, alert, facts.silences);
    const silence = silenceOf(here, found, before, view, facts.silences);
    const agent = {
      view,
      problems: found,
      endOf: (row: AlertRow) =>
        usual !== undefined && row.sessionId === ''
          ? 'usual'
          : endOf(facts.problems, place.agentId, row, here, view),
      silent: silence !== undefined,
      anotherAccount: facts.problems.anotherAccount,
      now,
    };
    const next = transition(before, agent);
    suppressed.follow(key, {
      place: placeOf(place),
      alert: before,
      agent: { ...agent, problems: known },
      silence: silence ?? usual,
      next,
    });
    const isPending = before === undefined ? found.length > 0 : next?.detail.endDue === true;
    if (silence !== undefined && (isPending || before?.endDue === true))
      pending.set(key, { place: placeOf(place), silence });
    if (usual !== undefined && (pending.get(key)?.silence.until ?? Infinity) > usual.until)
      pending.set(key, { place: placeOf(place), silence: usual });
    if (next !== undefined) changes.push(changeOf(place, alert, next, found, facts));
    for (const double of doubles) changes.push(...merged(double, now));
  });
  return { changes, pending, suppressed: suppressed.changes() };
};

const isHeld = (before: AlertDetail, unread: ReadonlySet<string>): boolean =>
  unread.size > 0 && openRows(before).some(({ watchIds }) => watchIds.some((id) => unread.has(id)));

/**
 * An agent that is away at a time that is usual for it has no problem yet. What was notified stays one, unless its
 * hours were not known then: else nobody would hear that it did not come when they begin.
 */
const withoutUsual = (
  place: AlertPlace,
  problems: readonly Problem[],
  watches: readonly Watch[],
  alert: StoredAlert | undefined,
  silences: Silences,
): { readonly found: readonly Problem[]; readonly usual?: Silence } => {
  const away = problems.find(({ sessionId }) => sessionId === '');
  if (away === undefined) return { found: problems };
  const always = watches.some(({ id, rule }) => rule.always && away.watchIds.includes(id));
  const absence = always ? undefined : silences.absence(place, away.since);
  if (absence === undefined) return { found: problems };
  const isNotified = alert !== undefined && isAwayIn(alert);
  if (isNotified && alert.openedAt > (absence.knownFrom ?? 0)) return { found: problems };
  if (absence.kind === 'usual')
    return {
      found: problems.filter((problem) => problem !== away),
      usual: { why: 'hours', until: absence.until },
    };
  const { from, isSet } = absence;
  if (from === undefined || isNotified) return { found: problems };
  const missing = { from, isSet };
  return { found: problems.map((one) => (one === away ? { ...one, missing } : one)) };
};

const isAwayIn = (alert: StoredAlert): boolean =>
  openRows(readDetail(alert) ?? { rows: [] }).some(({ sessionId }) => sessionId === '');

const placeOf = ({ account, conversationKey, agentId }: AlertPlace): AlertPlace => ({
  account,
  conversationKey,
  agentId,
});

/** Only if every watch that has something to say is silent; the one that ends first. */
const silenceOf = (
  watches: readonly Watch[],
  problems: readonly Problem[],
  before: AlertDetail | undefined,
  view: AgentView | undefined,
  silences: Silences,
): Silence | undefined => {
  if (view === undefined) return undefined;
  const concerning = problems.length > 0 ? problems : (before?.rows ?? []);
  let first: Silence | undefined;
  for (const watch of watches) {
    if (!concerning.some(({ watchIds }) => watchIds.includes(watch.id))) continue;
    const silence = silences.of(watch, view);
    if (silence === undefined) return undefined;
    if (first === undefined || silence.until < first.until) first = silence;
  }
  return first;
};

/** A row may be a problem by several watches: that it is over says more than that it is not watched. */
const endOf = (
  problems: ProblemFinder,
  agentId: AgentId,
  { watchIds, sessionId }: AlertRow,
  watches: readonly Watch[],
  view: AgentView | undefined,
): EndReason => {
  const reasons = watchIds
    .filter((id) => watches.some((watch) => watch.id === id))
    .map((watchId) => problems.endOf({ watchId, agentId, sessionId }));
  const known = (['over', 'closed', 'gone'] as const).find((reason) => reasons.includes(reason));
  if (known !== undefined) return known;
  return view === undefined && reasons.length > 0 ? 'gone' : 'unwatched';
};

const changeOf = (
  place: AlertPlace,
  alert: StoredAlert | undefined,
  { kind, detail }: Transition,
  problems: readonly Problem[],
  { newId, now }: ChangeFacts,
): AlertChange => {
  const closes = kind === 'resolve' || kind === 'announce' || kind === 'drop';
  const closed = closes ? now : undefined;
  if (alert !== undefined)
    return { kind, detail, alert: { ...alert, detail, ...optional('closedAt', closed) } };
  const worst = worstRow(detail.rows);
  const draft: AlertDraft = {
    account: place.account,
    conversationKey: place.conversationKey,
    agentId: place.agentId,
    id: newId(),
    watchId: worst?.watchIds[0] ?? problems[0]?.watchIds[0] ?? '',
    sessionId: '',
    openedAt: now,
    detail,
  };
  return { kind, detail, alert: draft };
};

/** Up to version 0.1 each problem had an alert of its own; one for each agent goes on. */
const merged = (alert: StoredAlert, now: number): readonly AlertChange[] => {
  const before = readDetail(alert);
  if (before === undefined) return [];
  const detail: AlertDetail = { ...before, state: 'merged', endedAt: now };
  return [{ kind: 'merge', detail, alert: { ...alert, detail, closedAt: now } }];
};
