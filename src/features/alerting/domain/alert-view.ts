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

/** `name` is that of the person who acknowledged. */
export interface Acknowledgement {
  readonly name: string;
  /** ms since 1970 */
  readonly at: number;
}

/** One problem, as its own card shows it. */
export interface AlertView {
  readonly id: string;
  readonly number: number;
  readonly agentId: string;
  readonly detail: AlertDetail;
  readonly ackedBy?: Acknowledgement;
  /** Absent if the watch has ended. */
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

/** Several problems of one watch, as their shared card shows them. */
export interface GroupView {
  readonly id: string;
  readonly title: string;
  readonly cause?: CommonCause;
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
  readonly watch?: NamedWatch;
  /** The filter that finds the agents in the fleet list. */
  readonly filter?: string;
}

/** `fleet` is the last known one, to find the common cause. Empty if unknown. */
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
    ...optional('ackedBy', latestAcknowledgement(open)),
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

/** One state for each agent: the worst of its targets. */
const worstStates = (members: readonly GroupMember[]): ReadonlyMap<AgentId, MemberState> =>
  new Map(
    members
      .toSorted((a, b) => byWorstReading.indexOf(b.state) - byWorstReading.indexOf(a.state))
      .map(({ agentId, state }) => [agentId, state]),
  );

const latestAcknowledgement = (open: readonly AlertView[]): Acknowledgement | undefined => {
  const all = open.flatMap(({ ackedBy }) => ackedBy ?? []);
  return all.length < open.length ? undefined : all.toSorted((a, b) => b.at - a.at)[0];
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

/** Undefined for a gateway, which no filter finds, and for text that a filter cannot contain. */
const filterFor = ({ kind, name, value }: CommonCause): string | undefined => {
  if (kind === 'gateway' || /["“”„‟«»＂*?:]/u.test(name + value)) return undefined;
  return kind === 'field' ? `field."${name}":"${value}"` : `target:"${value}"`;
};
