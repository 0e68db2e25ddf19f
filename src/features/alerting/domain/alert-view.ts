import type { AgentId } from '../../../platform/agent.ts';
import { groupBy } from '../../../shared/grouped.ts';
import { optional } from '../../../shared/optional.ts';
import { type CommonCause, commonCauses, groupRule } from '../../diagnosis/domain/common-cause.ts';
import type { Comparison } from '../../diagnosis/domain/diagnose-problem.ts';
import type { NamedWatch } from '../../watches/domain/watch.ts';
import type { StoredNote } from '../store.ts';
import { type AlertDetail, type AlertRow, isOpen, isOpenRow } from './alert-detail.ts';
import type { Shown } from './alert-state.ts';
import {
  ackedInPart,
  latestAcknowledgement,
  mutedOf,
  notesOf,
  sameAssignee,
} from './group-care.ts';
import { type GroupEnd, groupState, groupTitle, type MemberState } from './grouping.ts';
import { type CommonChange, commonChange } from './just-before.ts';

/** `name` is that of the person who acknowledged. Times are in ms since 1970. */
export interface Acknowledgement {
  readonly name: string;
  readonly at: number;
  /** When it ends by itself. */
  readonly until?: number;
}

/** What somebody wrote or undertook about an alert. It comes from outside: escape it. */
export interface AlertNote extends StoredNote {
  /** On the card of a group: the numbers of those that it is about, where it is not about all of them. */
  readonly about?: readonly number[];
}

/** What the person who pressed says of the cause that was named. */
export type VerdictSaid = 'right' | 'wrong';

/** The problems of one agent, as their card shows them. */
export interface AlertView {
  readonly id: string;
  readonly number: number;
  readonly agentId: string;
  readonly detail: AlertDetail;
  readonly ackedBy?: Acknowledgement;
  /** The name of the person who was asked to take care of it. */
  readonly assignedTo?: string;
  readonly notes: readonly AlertNote[];
  /** Those by which it is a problem and that have not ended. */
  readonly watches: readonly NamedWatch[];
  /** ms since 1970 */
  readonly mutedUntil?: number;
  /** PingPlotter's own page of the agent, where the operator has said where that is. */
  readonly page?: string;
  readonly verdict?: VerdictSaid;
}

export interface GroupMember {
  readonly alertId: string;
  readonly number: number;
  readonly agentId: AgentId;
  readonly agentName: string;
  readonly target?: string;
  readonly state: MemberState;
  readonly shown: Shown;
  /** ms since 1970 */
  readonly since: number;
}

/** The alerts of several agents, as their shared card shows them. */
export interface GroupView {
  readonly id: string;
  readonly title: string;
  readonly cause?: CommonCause;
  /** The names of members that do not share the cause. */
  readonly strays?: readonly string[];
  /** What changed shortly before, the same at all of them. */
  readonly changed?: CommonChange;
  readonly members: readonly GroupMember[];
  /** The number of agents. */
  readonly total: number;
  /** How many of these agents have not recovered. */
  readonly open: number;
  /** When the first problem began, in ms since 1970. */
  readonly since: number;
  /** When the last problem ended, in ms since 1970. */
  readonly endedAt?: number;
  /** Set if all open alerts are acknowledged. */
  readonly ackedBy?: Acknowledgement;
  /** So many of the open alerts are acknowledged, where it is not all of them. */
  readonly acked?: number;
  /** Set if all open alerts are assigned to the same person. */
  readonly assignedTo?: string;
  /** Of all its alerts, each once, oldest first. */
  readonly notes?: readonly AlertNote[];
  readonly watches: readonly NamedWatch[];
  /** The filter that finds the agents in the fleet list. */
  readonly filter?: string;
  readonly muted?: MutedMembers;
  readonly verdict?: VerdictSaid;
}

/** Of the agents of a group that have not recovered, those that are muted. */
export interface MutedMembers {
  readonly agents: number;
  /** When the first of these mutes ends, in ms since 1970. */
  readonly until: number;
}

/** Without a comparison nobody knows of a common cause. */
export const viewGroup = (
  id: string,
  alerts: readonly AlertView[],
  comparison?: Comparison,
): GroupView => {
  const watches = new Map(alerts.flatMap((alert) => alert.watches).map((one) => [one.id, one]));
  const members = alerts.flatMap(membersOf);
  const state = groupState([...worstStates(members).values()]);
  const { cause, strays = [] } = comparison === undefined ? {} : causeOf(alerts, comparison);
  const isOfAll = strays.length === 0 ? cause : undefined;
  const open = alerts.filter(({ detail }) => isOpen(detail));
  const ends = open.length > 0 ? [] : alerts.flatMap(({ detail }) => detail.endedAt ?? []);
  return {
    id,
    title: groupTitle(state, isOfAll, endsOf(alerts)),
    members,
    total: state.total,
    open: state.open,
    since: Math.min(...members.map(({ since }) => since)),
    ...optional('cause', cause),
    ...(strays.length === 0 ? {} : { strays }),
    ...optional('changed', commonChange(open.map(({ detail }) => detail.justBefore))),
    ...optional('endedAt', ends.length > 0 ? Math.max(...ends) : undefined),
    ...optional('ackedBy', latestAcknowledgement(open)),
    ...optional('acked', ackedInPart(open)),
    ...optional('assignedTo', sameAssignee(open)),
    notes: notesOf(alerts),
    watches: [...watches.values()].toSorted((a, b) => a.number - b.number),
    ...optional('filter', isOfAll && filterFor(isOfAll)),
    ...optional('muted', mutedOf(open)),
  };
};

/** What is shown on another card says nothing here, unless nothing else is left. */
const endsOf = (alerts: readonly AlertView[]): readonly GroupEnd[] => {
  const ends = alerts.flatMap(({ detail: { state, anotherAccount } }): readonly GroupEnd[] => {
    if (state === 'open' || state === 'merged') return [];
    return [state === 'gone' && anotherAccount === true ? 'elsewhere' : state];
  });
  return ends.length === 0 ? ['over'] : ends;
};

/** One member for each of its problems, or a single one for an alert that is over. */
const membersOf = ({ id, number, agentId, detail, watches }: AlertView): readonly GroupMember[] =>
  detail.rows.map((row) => ({
    alertId: id,
    number,
    agentId,
    agentName: detail.agentName,
    ...optional('target', row.target?.name),
    state: memberState(row, watches),
    shown: row.shown,
    since: row.since,
  }));

const memberState = (row: AlertRow, watches: readonly NamedWatch[]): MemberState => {
  if (!isOpenRow(row)) return 'over';
  if (row.state === 'unsteady') return 'unsteady';
  if (row.sessionId === '') return row.missing === undefined ? 'offline' : 'missing';
  const { word, over } = row.shown;
  if (word === 'poor') return 'poor';
  if (word === 'unknown' && over !== undefined) return 'limit';
  const bound = watches.find(({ id }) => row.watchIds.includes(id))?.rule.quality;
  const byScore = typeof bound === 'object' && !('word' in bound);
  return word === 'fair' && !byScore ? 'fair' : 'low';
};

const byWorstReading: readonly MemberState[] = [
  'poor',
  'offline',
  'missing',
  'fair',
  'low',
  'limit',
  'unsteady',
  'over',
];

/** One state for each agent: the worst of its targets. */
const worstStates = (members: readonly GroupMember[]): ReadonlyMap<AgentId, MemberState> =>
  new Map(
    members
      .toSorted((a, b) => byWorstReading.indexOf(b.state) - byWorstReading.indexOf(a.state))
      .map(({ agentId, state }) => [agentId, state]),
  );

/** Those that left without an end, like a deleted agent, are none of the affected any more. */
const causeOf = (
  alerts: readonly AlertView[],
  { index, silent }: Comparison,
): Pick<GroupView, 'cause' | 'strays'> => {
  const affected = alerts.filter(
    ({ detail }) => detail.state === 'open' || detail.state === 'over',
  );
  const suspects = [...groupBy(affected, ({ agentId }) => agentId)].flatMap(([id, theirs]) => {
    const traits = index.agent(id)?.traits;
    const rows = theirs.flatMap(({ detail }) => detail.rows);
    return traits === undefined
      ? []
      : [{ id, traits, targets: rows.flatMap(({ target }) => target ?? []) }];
  });
  const names = new Map(affected.map(({ agentId, detail }) => [agentId, detail.agentName]));
  if (suspects.length < names.size) return {};
  const [best] = commonCauses(suspects, index);
  if (best === undefined || silent.has(groupRule(best))) return {};
  const { strays, ...cause } = best;
  return {
    cause,
    ...(strays.length === 0 ? {} : { strays: strays.flatMap((id) => names.get(id) ?? []) }),
  };
};

/** Undefined for what no filter finds, and for text that a filter cannot contain. */
const filterFor = ({ kind, name, value }: CommonCause): string | undefined => {
  if ((kind !== 'field' && kind !== 'target') || /["“”„‟«»＂*?:]/u.test(name + value))
    return undefined;
  return kind === 'field' ? `field."${name}":"${value}"` : `target:"${value}"`;
};
