import type { AgentId } from '../../../platform/agent.ts';
import { groupBy } from '../../../shared/grouped.ts';
import { commonCauses, type Suspect, suspectOf } from '../../diagnosis/domain/common-cause.ts';
import type { FleetIndex } from '../../diagnosis/domain/fleet-index.ts';
import { sameCauseAs } from '../../diagnosis/domain/same-cause.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { AlertDraft, StoredAlert } from '../store.ts';
import { type AlertDetail, openRows, readDetail } from './alert-detail.ts';
import { isGroup } from './grouping.ts';

/** An open group, by its members whose problems go on. */
export interface LiveGroup {
  readonly id: string;
  readonly members: readonly StoredAlert[];
}

/** Until then the same fault may still reach its last agents, whatever it does to each. */
const gathersMs = 5 * 60_000;
/** What nothing explains goes on while agents keep coming, like people who go home. */
const keepsComingMs = 30 * 60_000;

/** 'missing' = it did not come: nobody who went home hours before has to do with it. */
type Kind = 'offline' | 'missing' | 'measured';

/** By what began first: who was Poor and shut the laptop meanwhile did not begin by being offline. */
const kindOf = ({ rows }: AlertDetail): Kind => {
  const [first] = rows.toSorted((a, b) => a.since - b.since);
  if (first?.sessionId !== '') return 'measured';
  return first.missing === undefined ? 'offline' : 'missing';
};

const suspectIn = (
  alert: Pick<StoredAlert, 'agentId'>,
  detail: AlertDetail,
  viewOf: (agentId: string) => AgentView | undefined,
) => {
  const agent = viewOf(alert.agentId)?.agent;
  const targets = openRows(detail).flatMap(({ target }) => target ?? []);
  return agent && { suspect: suspectOf(agent, targets), online: agent.online };
};

interface Facts {
  readonly viewOf: (agentId: string) => AgentView | undefined;
  readonly index: FleetIndex;
  readonly now: number;
}

/** `apart`: it has a cause of its own with others that came with it. */
type IsJoinable = (newcomer: Suspect | undefined, apart: boolean) => boolean;

export type FindGroup = (
  alert: AlertDraft | StoredAlert,
  detail: AlertDetail,
  groups: readonly LiveGroup[],
  /** The agents that share a cause of their own with others that came with them. */
  apart?: ReadonlySet<AgentId>,
) => string | undefined;

interface Newcomer {
  readonly alert: Pick<StoredAlert, 'agentId'>;
  readonly detail: AlertDetail;
}

/**
 * Those among newcomers of one poll whom a cause explains: a gateway that goes down while people go home must not be
 * hidden among them.
 */
export const withOwnCause = (
  newcomers: readonly Newcomer[],
  { viewOf, index }: Pick<Facts, 'viewOf' | 'index'>,
): ReadonlySet<AgentId> => {
  const ofKind = groupBy(newcomers, ({ detail }) => kindOf(detail));
  const found = [...ofKind.values()].flatMap((alike) => {
    const suspects = alike.flatMap(
      ({ alert, detail }) => suspectIn(alert, detail, viewOf)?.suspect ?? [],
    );
    const [cause] = isGroup(suspects.map(({ id }) => ({ agent: id })))
      ? commonCauses(suspects, index)
      : [];
    const strays = new Set(cause?.strays);
    const having = suspects.map(({ id }) => id).filter((id) => !strays.has(id));
    return cause !== undefined && isGroup(having.map((agent) => ({ agent }))) ? having : [];
  });
  return new Set(found);
};

/**
 * Finds the open group that an alert joins without a message. While a group gathers it takes in everybody; later
 * only who has the same kind of problem by the same cause, or, if no cause is known, who comes while others still do.
 * Whoever has nothing to do with it must not be hidden in a card that was read hours ago.
 */
export const createGroupFinder = ({ viewOf, index, now }: Facts): FindGroup => {
  /** What a group says to newcomers of one kind; made once, because many may come at once. */
  const made = new Map<string, IsJoinable>();
  const joinableOf = (group: LiveGroup, kind: Kind): IsJoinable => {
    const key = `${group.id} ${kind}`;
    const found = made.get(key) ?? isJoinable(group, kind, viewOf, index, now);
    made.set(key, found);
    return found;
  };
  const lastOf = ({ members }: LiveGroup): number =>
    Math.max(...members.map(({ openedAt }) => openedAt));
  return (alert, detail, groups, apart) => {
    const isApart = apart?.has(alert.agentId) === true;
    const newcomer = suspectIn(alert, detail, viewOf)?.suspect;
    const kind = kindOf(detail);
    return groups
      .toSorted((a, b) => lastOf(b) - lastOf(a))
      .find((group) => joinableOf(group, kind)(newcomer, isApart))?.id;
  };
};

const isJoinable = (
  { members }: LiveGroup,
  kind: Kind,
  viewOf: Facts['viewOf'],
  index: FleetIndex,
  now: number,
): IsJoinable => {
  if (now - Math.min(...members.map(({ openedAt }) => openedAt)) <= gathersMs) return () => true;
  const alike = members.flatMap((member) => {
    const known = readDetail(member);
    return known !== undefined && kindOf(known) === kind ? [{ member, known }] : [];
  });
  // Who shut the laptop meanwhile keeps the problem, but suffers from nothing that somebody else could share.
  const felt = alike.flatMap(({ member, known }) => {
    const found = suspectIn(member, known, viewOf);
    return found !== undefined && (kind !== 'measured' || found.online) ? found.suspect : [];
  });
  if (alike.length * 2 < members.length || felt.length === 0) return () => false;
  const isComing = now - Math.max(...alike.map(({ member }) => member.openedAt)) <= keepsComingMs;
  const isSame = sameCauseAs(felt, index);
  return (newcomer, apart) => {
    const same = newcomer === undefined ? 'unknown' : isSame(newcomer);
    return same === 'unknown' ? isComing && !apart : same;
  };
};
