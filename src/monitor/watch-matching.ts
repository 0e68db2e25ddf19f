import type { AgentId } from '../core/agent.ts';
import type { AgentView } from '../core/overview.ts';
import type { StoredWatch } from '../core/watch-stores.ts';
import { groupWatches, termsKey, type WatchGroup } from './watch-plan.ts';

/** Which watches are about which agents. */
export interface WatchPlan {
  readonly groups: readonly WatchGroup[];
  /** Those whose filter names this agent, and those that may have named it before it changed. */
  groupsOf(view: AgentView): {
    readonly about: readonly WatchGroup[];
    readonly left: readonly WatchGroup[];
  };
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
  const known = new Map<AgentId, { view: AgentView; readonly about: readonly WatchGroup[] }>();
  return {
    groups,
    groupsOf: (view) => {
      const match = known.get(view.agent.id);
      if (match !== undefined && isNamedAlike(match.view, view)) {
        match.view = view;
        return { about: match.about, left: [] };
      }
      const about = groups.filter(({ stays }) => stays(view));
      known.set(view.agent.id, { view, about });
      return { about, left: groups.filter((group) => !about.includes(group)) };
    },
  };
};

/** Whether all that the stable part of a filter can ask is the same. */
const isNamedAlike = (a: AgentView, b: AgentView): boolean =>
  a.agent.name === b.agent.name &&
  a.agent.machineName === b.agent.machineName &&
  a.agent.platform === b.agent.platform &&
  a.agent.address === b.agent.address &&
  a.agent.network?.address === b.agent.network?.address &&
  a.agent.network?.gateway === b.agent.network?.gateway &&
  isSameList(a.agent.customFields, b.agent.customFields, 'name', 'value') &&
  isSameTargets(a, b);

const isSameList = <T>(a: readonly T[], b: readonly T[], ...keys: readonly (keyof T)[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => keys.every((key) => one[key] === b[index]?.[key]));

/** Sessions come in the order of their quality. */
const isSameTargets = ({ sessions: a }: AgentView, { sessions: b }: AgentView): boolean =>
  a.length === b.length &&
  a.every(({ id, name, address }) =>
    b.some((one) => one.id === id && one.name === name && one.address === address),
  );
