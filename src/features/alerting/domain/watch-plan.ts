import type { Agent, AgentId, CustomField, TargetStatus } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentFacts } from '../../fleet/domain/agent-view.ts';
import {
  type Filter,
  isStable,
  matches,
  parseFilter,
  stablePart,
} from '../../fleet/domain/filter.ts';
import type { AgentTest } from '../../fleet/domain/filter-conditions.ts';
import type { AgentObservation } from '../../fleet/domain/observation.ts';
import type { SeenSession } from '../../fleet/store.ts';
import { readWatch, type Watch } from '../../watches/domain/watch.ts';
import type { StoredWatch } from '../../watches/store.ts';
import type { OfflineRule } from './offline-rule.ts';
import type { QualityRule } from './quality-rule.ts';

/** Which watches are about which agents. */
export interface WatchPlan {
  readonly groups: readonly WatchGroup[];
  /** Those whose filter names this agent, and those that may have named it before it changed. */
  groupsOf(observation: AgentObservation): WatchGroups;
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
 * Hundreds of filters on thousands of agents would cost a poll more than all the rest of it. What
 * names an agent seldom changes, so the filters are asked again only when it does.
 */
const createPlan = (groups: readonly WatchGroup[]): WatchPlan => {
  const known = new Map<AgentId, { observation: AgentObservation; readonly groups: WatchGroups }>();
  const everybody: WatchGroups = { about: groups, left: [] };
  const namesNobody = groups.every(({ stays }) => stays === undefined);
  return {
    groups,
    groupsOf: (observation) => {
      if (namesNobody) return everybody;
      const { agent } = observation.facts;
      const match = known.get(agent.id);
      if (match !== undefined && isNamedAlike(match.observation.facts, observation.facts)) {
        match.observation = observation;
        return match.groups;
      }
      const about = groups.filter(({ stays }) => stays?.(observation.view) ?? true);
      const found = about.length === groups.length ? everybody : { about, left: [] };
      known.set(agent.id, { observation: observation, groups: found });
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

/** Watches with the same filter: each agent is asked once for all of them. */
export interface WatchGroup {
  /** What names agents: whoever is watched already stays so while this holds, see stablePart. Absent = nobody is named, all are meant. */
  readonly stays: AgentTest | undefined;
  /** All that the filter asks, where that is more. */
  readonly meets: AgentTest | undefined;
  readonly watches: readonly WatchTerms[];
}

/** What one watch asks of an agent, and of each of its sessions. */
export interface WatchTerms {
  readonly id: string;
  readonly presence: OfflineRule | undefined;
  readonly quality: QualityRule | undefined;
}

/** Watches whose rule or filter cannot be read are left out: they must not hide the others. */
export const groupWatches = (
  stored: readonly StoredWatch[],
  pollSeconds: number,
): readonly WatchGroup[] => {
  const byFilter = new Map<string, WatchTerms[]>();
  for (const watch of stored.flatMap((one) => readWatch(one) ?? [])) {
    const terms = termsOf(watch, pollSeconds);
    const same = byFilter.get(watch.rule.filter);
    if (same === undefined) byFilter.set(watch.rule.filter, [terms]);
    else same.push(terms);
  }
  return [...byFilter].flatMap(([filter, watches]) => {
    const tests = readTests(filter);
    return tests === undefined ? [] : [{ ...tests, watches }];
  });
};

const termsOf = ({ id, rule }: Watch, pollSeconds: number): WatchTerms => {
  const { offline, quality, afterMs } = rule;
  const patience = { pollSeconds, ...optional('afterMs', afterMs) };
  return {
    id,
    presence: offline ? patience : undefined,
    quality: quality === 'none' ? undefined : { ...patience, quality },
  };
};

const readTests = (text: string): Pick<WatchGroup, 'meets' | 'stays'> | undefined => {
  try {
    const filter = parseFilter(text);
    const stable = stablePart(filter);
    return {
      stays: asksSomething(stable) ? matches(stable) : undefined,
      meets: isStable(filter) ? undefined : matches(filter),
    };
  } catch {
    return undefined;
  }
};

const asksSomething = ({ anyOf }: Filter): boolean =>
  anyOf.length > 0 && anyOf.every((terms) => terms.length > 0);

/** What a change of the watch's terms changes. */
export const termsKey = ({ rule }: Pick<StoredWatch, 'rule'>): string => JSON.stringify(rule);
