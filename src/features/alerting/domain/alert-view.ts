import type { AgentId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import {
  type CommonCause,
  commonCauses,
  type Suspect,
} from '../../diagnosis/domain/common-cause.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { NamedWatch } from '../../watches/domain/watch.ts';
import { type AlertDetail, isOpen } from './alert-detail.ts';
import type { Shown } from './alert-state.ts';
import { groupState, groupTitle, type MemberState } from './grouping.ts';

/** Who took a problem on, and when. */
export interface Acknowledgement {
  readonly name: string;
  /** ms since 1970 */
  readonly at: number;
}

/** One problem, as it is now. */
export interface AlertView {
  readonly id: string;
  readonly number: number;
  readonly agentId: string;
  readonly detail: AlertDetail;
  readonly ackedBy?: Acknowledgement;
  /** Absent when it has ended. */
  readonly watch?: NamedWatch;
  /** ms since 1970 */
  readonly mutedUntil?: number;
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

/** Several problems of one watch that share a card, as they are now. */
export interface GroupView {
  readonly id: string;
  readonly title: string;
  readonly cause?: CommonCause;
  readonly members: readonly GroupMember[];
  /** Agents, and how many of them have not recovered. */
  readonly total: number;
  readonly open: number;
  /** ms since 1970: when the first of the problems began, and when the last one ended. */
  readonly since: number;
  readonly endedAt?: number;
  /** Set while everything that is open was taken on. */
  readonly ackedBy?: Acknowledgement;
  readonly watch?: NamedWatch;
  /** Finds the agents in the fleet list. */
  readonly filter?: string;
}

/** `fleet` = the last known one, to see what the members have in common; empty when nobody knows. */
export const viewGroup = (
  id: string,
  alerts: readonly AlertView[],
  fleet: readonly AgentView[],
  watch: NamedWatch | undefined,
): GroupView => {
  const members = alerts.map(memberOf(watch));
  const state = groupState([...worstStates(members).values()]);
  const cause = causeOf(members, fleet);
  const open = alerts.filter(({ detail }) => isOpen(detail));
  const ends = open.length > 0 ? [] : alerts.map(({ detail }) => detail.at);
  return {
    id,
    title: groupTitle(state, cause),
    members,
    total: state.total,
    open: state.open,
    since: Math.min(...members.map(({ since }) => since)),
    ...optional('cause', cause),
    ...optional('endedAt', ends.length > 0 ? Math.max(...ends) : undefined),
    ...optional('ackedBy', takenOn(open)),
    ...optional('watch', watch),
    ...optional('filter', cause && filterFor(cause)),
  };
};

const memberOf =
  (watch: NamedWatch | undefined) =>
  ({ id, number, agentId, detail }: AlertView): GroupMember => ({
    alertId: id,
    number,
    agentId,
    agentName: detail.agentName,
    ...optional('target', detail.target?.name),
    state: memberState(detail, watch),
    shown: detail.shown,
    since: detail.since,
  });

const memberState = (detail: AlertDetail, watch: NamedWatch | undefined): MemberState => {
  if (!isOpen(detail)) return 'over';
  if (detail.state === 'unsteady') return 'unsteady';
  if (detail.about === 'offline') return 'offline';
  const { word } = detail.shown;
  if (word === 'poor') return 'poor';
  const bound = watch?.rule.quality;
  const byScore = typeof bound === 'object' && 'below' in bound;
  return word === 'fair' && !byScore ? 'fair' : 'low';
};

const byWorstReading: readonly MemberState[] = [
  'poor',
  'offline',
  'fair',
  'low',
  'unsteady',
  'over',
];

/** Of each agent, however many of its targets are bad. */
const worstStates = (members: readonly GroupMember[]): ReadonlyMap<AgentId, MemberState> =>
  new Map(
    members
      .toSorted((a, b) => byWorstReading.indexOf(b.state) - byWorstReading.indexOf(a.state))
      .map(({ agentId, state }) => [agentId, state]),
  );

const takenOn = (open: readonly AlertView[]): Acknowledgement | undefined => {
  const taken = open.flatMap(({ ackedBy }) => ackedBy ?? []);
  return taken.length < open.length ? undefined : taken.toSorted((a, b) => b.at - a.at)[0];
};

const causeOf = (
  members: readonly GroupMember[],
  fleet: readonly AgentView[],
): CommonCause | undefined => {
  const targets = new Map<AgentId, string[]>();
  for (const { agentId, target } of members)
    targets.set(agentId, [
      ...(targets.get(agentId) ?? []),
      ...(target === undefined ? [] : [target]),
    ]);
  const suspects = fleet.map(({ agent, sessions }): Suspect => {
    const failing = targets.get(agent.id);
    return { agent, targets: failing ?? sessions.map(({ name }) => name) };
  });
  const isMember = ({ agent }: Suspect): boolean => targets.has(agent.id);
  const known = suspects.filter(isMember);
  if (known.length < targets.size) return undefined;
  return commonCauses(
    known,
    suspects.filter((suspect) => !isMember(suspect)),
  )[0];
};

/** Nothing for a gateway, which no filter finds, and for names that a filter cannot hold. */
const filterFor = ({ kind, name, value }: CommonCause): string | undefined => {
  if (kind === 'gateway' || /["“”„‟«»＂*?:]/u.test(name + value)) return undefined;
  return kind === 'field' ? `field."${name}":"${value}"` : `target:"${value}"`;
};
