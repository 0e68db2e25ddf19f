import type { Agent, AgentId, CustomField, TargetStatus } from '../core/agent.ts';
import type { AgentFacts } from '../core/overview.ts';
import type { SeenSession } from '../core/session-memory.ts';
import type { StoredWatch } from '../core/watch-stores.ts';
import type { Sighting } from './sighting.ts';
import { groupWatches, termsKey, type WatchGroup } from './watch-plan.ts';

/** Which watches are about which agents. */
export interface WatchPlan {
  readonly groups: readonly WatchGroup[];
  /** Those whose filter names this agent, and those that may have named it before it changed. */
  groupsOf(sighting: Sighting): WatchGroups;
}

interface WatchGroups {
  readonly about: readonly WatchGroup[];
  readonly left: readonly WatchGroup[];
}

/** Keeps the plan while the watches stay as they are. */
export interface WatchMatching {
  planFor(watches: readonly StoredWatch[], pollSeconds: number): WatchPlan;
}

export const createWatchMatching = (): WatchMatching => {
  let made: { readonly key: string; readonly plan: WatchPlan } | undefined;
  return {
    planFor: (watches, pollSeconds) => {
      const key = JSON.stringify(watches.map((watch) => [watch.id, termsKey(watch)]));
      if (made?.key !== key) made = { key, plan: createPlan(groupWatches(watches, pollSeconds)) };
      return made.plan;
    },
  };
};

/**
 * Hundreds of filters on thousands of agents would cost a sweep more than all the rest of it. What
 * names an agent seldom changes, so the filters are asked again only when it does.
 */
const createPlan = (groups: readonly WatchGroup[]): WatchPlan => {
  const known = new Map<AgentId, { sighting: Sighting; readonly groups: WatchGroups }>();
  const everybody: WatchGroups = { about: groups, left: [] };
  const namesNobody = groups.every(({ stays }) => stays === undefined);
  return {
    groups,
    groupsOf: (sighting) => {
      if (namesNobody) return everybody;
      const { agent } = sighting.facts;
      const match = known.get(agent.id);
      if (match !== undefined && isNamedAlike(match.sighting.facts, sighting.facts)) {
        match.sighting = sighting;
        return match.groups;
      }
      const about = groups.filter(({ stays }) => stays?.(sighting.view) ?? true);
      const found = about.length === groups.length ? everybody : { about, left: [] };
      known.set(agent.id, { sighting, groups: found });
      return { about, left: groups.filter((group) => !about.includes(group)) };
    },
  };
};

/** Whether all that the stable part of a filter can ask is the same. */
const isNamedAlike = (a: AgentFacts, b: AgentFacts): boolean =>
  isSameAgent(a.agent, b.agent) &&
  isSameList(a.status?.targets, b.status?.targets, isSameTarget) &&
  isSameList(a.seen, b.seen, isSameSeen);

const isSameAgent = (a: Agent, b: Agent): boolean =>
  a.name === b.name &&
  a.machineName === b.machineName &&
  a.platform === b.platform &&
  a.address === b.address &&
  a.network?.address === b.network?.address &&
  a.network?.gateway === b.network?.gateway &&
  isSameList(a.customFields, b.customFields, isSameField);

const isSameField = (a: CustomField, b: CustomField): boolean =>
  a.name === b.name && a.value === b.value;

const isSameTarget = (a: TargetStatus, b: TargetStatus): boolean =>
  a.sessionId === b.sessionId && a.name === b.name && a.address === b.address;

const isSameSeen = (a: SeenSession, b: SeenSession): boolean =>
  a.id === b.id && a.name === b.name && a.address === b.address;

const isSameList = <T>(
  a: readonly T[] = [],
  b: readonly T[] = [],
  isSame: (a: T, b: T) => boolean,
): boolean => {
  if (a.length !== b.length) return false;
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined || !isSame(one, other)) return false;
  }
  return true;
};
