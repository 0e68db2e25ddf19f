import type { AgentId } from '../../../platform/agent.ts';
import { inSlices } from '../../../platform/slices.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { SessionView } from '../../fleet/domain/session-view.ts';
import { allReach, isNear, type Reach, reach, targetKey } from './reach.ts';
import { type Trait, traitsOf } from './traits.ts';

/** Counts agents or sessions. */
export interface Tally {
  readonly well: number;
  readonly badly: number;
}

interface Counting {
  well: number;
  badly: number;
}

/** What is known of all agents that have one trait, or of all. */
export interface Circle {
  readonly trait: Trait | undefined;
  /** All that were ever connected. */
  readonly agents: number;
  readonly online: number;
  /** Online, but nothing of them was measured lately. */
  readonly unmeasured: number;
  /** By how they reach their own router or gateway. */
  readonly near: Tally;
  /** By how they reach most of their other targets. */
  readonly far: Tally;
  /** By how they reach one target, by its key. */
  readonly byTarget: ReadonlyMap<string, Tally>;
  /** When those that are offline were last seen, as far as that is known; ms since 1970, in this order. */
  readonly leftAt: readonly number[];
}

/** One agent as others are compared with it. */
export interface IndexedAgent {
  readonly traits: ReadonlyMap<string, Trait>;
  readonly online: boolean;
  readonly leftAt?: number;
  readonly near?: Reach;
  readonly far?: Reach;
  readonly targets: ReadonlyMap<string, Reach>;
  /** All sessions but those to its own router. */
  readonly sessions: Tally;
}

/** A snapshot of the fleet, counted once, so that a diagnosis reads no other agent. */
export interface FleetIndex {
  readonly all: Circle;
  circle(key: string): Circle | undefined;
  agent(id: AgentId): IndexedAgent | undefined;
  /** How those that trace a target reach all their others. */
  besides(targetKey: string): Tally;
}

interface Growing extends Circle {
  agents: number;
  online: number;
  unmeasured: number;
  readonly near: Counting;
  readonly far: Counting;
  readonly byTarget: Map<string, Counting>;
  readonly leftAt: number[];
}

const emptyCircle = (trait: Trait | undefined): Growing => ({
  trait,
  agents: 0,
  online: 0,
  unmeasured: 0,
  near: { well: 0, badly: 0 },
  far: { well: 0, badly: 0 },
  byTarget: new Map(),
  leftAt: [],
});

const nobody: Tally = { well: 0, badly: 0 };

/** Counts agents one after another. */
export const createFleetIndex = (): FleetIndex & { add(view: AgentView): void; close(): void } => {
  const all = emptyCircle(undefined);
  const circles = new Map<string, Growing>();
  // Most traits of most fleets are one agent's alone: those are counted only if somebody asks.
  const alone = new Map<string, IndexedAgent>();
  const agents = new Map<AgentId, IndexedAgent>();
  const besides = new Map<string, Counting>();
  return {
    all,
    circle: (key) => circles.get(key) ?? circleOfOne(key, alone.get(key)),
    agent: (id) => agents.get(id),
    besides: (key) => besides.get(key) ?? nobody,
    add: (view) => {
      const one = indexed(view);
      if (one === undefined) return;
      agents.set(view.agent.id, one);
      count(all, one);
      for (const [key, trait] of one.traits) {
        const circle = circles.get(key);
        if (circle !== undefined) {
          count(circle, one);
          continue;
        }
        const first = alone.get(key);
        if (first === undefined) {
          alone.set(key, one);
          continue;
        }
        const grown = emptyCircle(trait);
        count(grown, first);
        count(grown, one);
        circles.set(key, grown);
        alone.delete(key);
      }
      for (const [key, own] of one.targets) {
        const others = counterOf(besides, key);
        others.well += one.sessions.well - (own === 'well' ? 1 : 0);
        others.badly += one.sessions.badly - (own === 'badly' ? 1 : 0);
      }
    },
    close: () => {
      for (const circle of [all, ...circles.values()]) circle.leftAt.sort((a, b) => a - b);
    },
  };
};

/** Takes turns with others: 10,000 agents take a few tenths of a second. */
export const indexFleet = async <T>(
  fleet: readonly T[],
  viewOf: (one: T) => AgentView,
): Promise<FleetIndex> => {
  const index = createFleetIndex();
  await inSlices(fleet, (one) => index.add(viewOf(one)));
  index.close();
  return index;
};

/** The same in one go, for a few. */
export const indexOf = (fleet: readonly AgentView[]): FleetIndex => {
  const index = createFleetIndex();
  for (const view of fleet) index.add(view);
  index.close();
  return index;
};

const circleOfOne = (key: string, one: IndexedAgent | undefined): Circle | undefined => {
  if (one === undefined) return undefined;
  const circle = emptyCircle(one.traits.get(key));
  count(circle, one);
  return circle;
};

const counterOf = (counters: Map<string, Counting>, key: string): Counting => {
  const known = counters.get(key);
  if (known !== undefined) return known;
  const counter = { well: 0, badly: 0 };
  counters.set(key, counter);
  return counter;
};

const count = (circle: Growing, one: IndexedAgent): void => {
  circle.agents += 1;
  if (one.online) circle.online += 1;
  else if (one.leftAt !== undefined) circle.leftAt.push(one.leftAt);
  if (one.online && one.far === undefined && one.near === undefined) circle.unmeasured += 1;
  if (one.near !== undefined) circle.near[one.near] += 1;
  if (one.far !== undefined) circle.far[one.far] += 1;
  for (const [key, reached] of one.targets) counterOf(circle.byTarget, key)[reached] += 1;
};

/** Undefined for one that has never been connected: it says nothing about anything. */
export const indexed = (view: AgentView): IndexedAgent | undefined => {
  const { agent, sessions } = view;
  if (agent.lastSeen === 'never') return undefined;
  const targets = new Map<string, Reach>();
  const counted: Counting = { well: 0, badly: 0 };
  let near: Reach | undefined;
  // An agent that is offline measures nothing.
  for (const session of agent.online ? sessions : []) {
    const reached = reach(session);
    if (reached === undefined) continue;
    if (isNear(session, view)) near = worse(near, reached);
    else countSession(session, reached, targets, counted);
  }
  return {
    traits: traitsOf(agent),
    online: agent.online,
    targets,
    sessions: counted,
    ...(typeof agent.lastSeen === 'number' && !agent.online ? { leftAt: agent.lastSeen } : {}),
    ...(near === undefined ? {} : { near }),
    ...allReach(counted),
  };
};

const countSession = (
  session: SessionView,
  reached: Reach,
  targets: Map<string, Reach>,
  counted: Counting,
): void => {
  counted[reached] += 1;
  const key = targetKey(session);
  targets.set(key, worse(targets.get(key), reached));
};

const worse = (a: Reach | undefined, b: Reach): Reach => (a === 'badly' ? a : b);
