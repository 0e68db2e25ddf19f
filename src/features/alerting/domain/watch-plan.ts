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
import type { LimitRule } from './limit-rule.ts';
import type { OfflineRule } from './offline-rule.ts';
import type { QualityRule } from './quality-rule.ts';

/** Which watches match which agents. */
export interface WatchPlan {
  readonly groups: readonly WatchGroup[];
  /**
   * `about`: the groups whose filter matches this agent. `left`: those that may have matched
   * before.
   */
  groupsOf(observation: AgentObservation): WatchGroups;
}

interface WatchGroups {
  readonly about: readonly WatchGroup[];
  readonly left: readonly WatchGroup[];
}

/** Makes a new plan only if the watches have changed. */
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
 * Hundreds of filters on thousands of agents would cost more than the rest of a poll. Names and
 * addresses of an agent seldom change, so the filters run again only when they do.
 */
const createPlan = (groups: readonly WatchGroup[]): WatchPlan => {
  const known = new Map<AgentId, { observation: AgentObservation; readonly groups: WatchGroups }>();
  const everybody: WatchGroups = { about: groups, left: [] };
  const matchesAll = groups.every(({ stays }) => stays === undefined);
  return {
    groups,
    groupsOf: (observation) => {
      if (matchesAll) return everybody;
      const { agent } = observation.facts;
      const match = known.get(agent.id);
      if (match !== undefined && isNamedAlike(match.observation.facts, observation.facts)) {
        match.observation = observation;
        return match.groups;
      }
      const about = groups.filter(({ stays }) => stays?.(observation.view) ?? true);
      const found = about.length === groups.length ? everybody : { about, left: [] };
      known.set(agent.id, { observation, groups: found });
      return { about, left: groups.filter((group) => !about.includes(group)) };
    },
  };
};

/** True if everything is the same that the stable part of a filter reads. */
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

/** Watches with the same filter, which then runs once for all of them. */
export interface WatchGroup {
  /** The stable part of the filter: an agent stays watched while it matches. Absent = all match. */
  readonly stays: AgentTest | undefined;
  /** The whole filter, if it has more than a stable part. */
  readonly meets: AgentTest | undefined;
  readonly watches: readonly WatchTerms[];
}

export interface WatchTerms {
  readonly id: string;
  readonly presence: OfflineRule | undefined;
  readonly quality: QualityRule | undefined;
  readonly limits: LimitRule | undefined;
}

/** Leaves out watches whose rule or filter cannot be read: they must not hide the others. */
export const groupWatches = (
  stored: readonly StoredWatch[],
  pollSeconds: number,
): readonly WatchGroup[] => {
  const byFilter = new Map<string, WatchTerms[]>();
  for (const watch of stored.flatMap((one) => readWatch(one) ?? [])) {
    if (watch.rule.about !== undefined) continue;
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
  const { offline, quality, limits, afterMs } = rule;
  const patience = { pollSeconds, ...optional('afterMs', afterMs) };
  return {
    id,
    presence: offline ? patience : undefined,
    quality: quality === 'none' ? undefined : { ...patience, quality },
    limits: limits && { ...patience, limits },
  };
};

/** Whether any of these watches has to know what is usual. */
export const asksForUsual = ({ groups }: Pick<WatchPlan, 'groups'>): boolean =>
  groups.some(({ watches }) =>
    watches.some(({ quality }) => quality !== undefined && 'worseThan' in quality.quality),
  );

const readTests = (text: string): Pick<WatchGroup, 'meets' | 'stays'> | undefined => {
  try {
    const filter = parseFilter(text, 'stored');
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

/** Differs if and only if the terms of the watch differ. */
export const termsKey = ({ rule }: Pick<StoredWatch, 'rule'>): string => JSON.stringify(rule);
