import type { SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { ConnectionChange } from '../../fleet/domain/connection-change.ts';
import { shownReading } from '../../fleet/domain/quality.ts';
import type { SessionView } from '../../fleet/domain/session-view.ts';
import type { Circle, FleetIndex, IndexedAgent, Tally } from './fleet-index.ts';
import { isNear, type Reach, reach, targetKey } from './reach.ts';
import { isSite, type Trait, traitsOf } from './traits.ts';

/** Others that share one trait with the agent, and all others; without the agent itself. */
export interface CircleFacts {
  readonly trait: Trait;
  /** How they reach the target; of an agent that is offline, who left with it and who is online. */
  readonly inside: Tally;
  readonly outside: Tally;
  /** The same of their own routers. */
  readonly near: { readonly inside: Tally; readonly outside: Tally };
}

/** What is known about one agent's problem. Unknown facts are absent. */
export interface DiagnosisFacts {
  /** The target that fails; absent = the agent is offline. */
  readonly target?: string;
  /** The router itself is what fails, and `target` the worst behind it. */
  readonly ownRouter?: true;
  /** The agent's own gateway or router, if it is one of its targets. */
  readonly near?: { readonly name: string; readonly reach: Reach };
  /** The agent's other targets, without the gateway. */
  readonly otherTargets: Tally;
  readonly wifi?: boolean;
  /** 0–100 */
  readonly signalPercent?: number;
  /** 0–100 */
  readonly noisePercent?: number;
  readonly vpn?: boolean;
  /** How its connection changed shortly before. */
  readonly changed?: ConnectionChange['what'];
  /** How others reach the target, and how they reach all else. */
  readonly tracing: Tally;
  readonly besides: Tally;
  /** Those at the same place. */
  readonly neighbours: Tally;
  readonly circles: readonly CircleFacts[];
}

/**
 * The facts about one agent's problem with a target. Without a session: about being offline. Each place has a router of its
 * own, so where the router is what fails, others are compared by the worst target behind it.
 */
export const diagnosisFacts = (
  view: AgentView,
  session: SessionId | undefined,
  index: FleetIndex,
  changed?: ConnectionChange['what'],
): DiagnosisFacts => {
  const { agent, sessions } = view;
  const asked = sessions.find(({ id }) => id === session);
  const isRouter = asked !== undefined && isNear(asked, view);
  const behind = isRouter ? worstBehind(asked, view) : undefined;
  const failing = behind ?? asked;
  const near = isRouter ? asked : sessions.find((one) => one !== failing && isNear(one, view));
  const nearReach = near && reach(near);
  const far = sessions.filter((one) => one !== failing && !isNear(one, view));
  const asks = questionOf(failing, isRouter && behind === undefined, view);
  const own = index.agent(agent.id);
  const all = talliesOf(index.all, own, asks);
  const circles = circlesOf(traitsOf(agent), index, own, asks, all);
  const key = failing === undefined ? undefined : targetKey(failing);
  return {
    ...optional('target', failing?.name),
    ...(isRouter ? { ownRouter: true as const } : {}),
    ...(near && nearReach ? { near: { name: near.name, reach: nearReach } } : {}),
    otherTargets: tallyOf(far),
    ...optional('wifi', agent.wifi),
    ...optional('signalPercent', agent.network?.signalPercent),
    ...optional('noisePercent', agent.network?.noisePercent),
    ...optional('vpn', agent.vpn),
    ...optional('changed', changed),
    tracing: key === undefined || asks.kind !== 'target' ? nobody : all.asked,
    besides: key === undefined ? nobody : besidesOf(index, own, key),
    neighbours: neighboursIn(circles),
    circles,
  };
};

const nobody: Tally = { well: 0, badly: 0 };

/** What is asked of the others. */
type Question =
  | { readonly kind: 'target'; readonly key: string }
  | { readonly kind: 'near' }
  | { readonly kind: 'offline'; readonly leftAt: number | undefined };

const questionOf = (
  failing: SessionView | undefined,
  isRouterAlone: boolean,
  { agent }: AgentView,
): Question => {
  if (failing === undefined)
    return {
      kind: 'offline',
      leftAt: typeof agent.lastSeen === 'number' ? agent.lastSeen : undefined,
    };
  return isRouterAlone ? { kind: 'near' } : { kind: 'target', key: targetKey(failing) };
};

const worstBehind = (router: SessionView, view: AgentView): SessionView | undefined =>
  view.sessions
    .filter((one) => one !== router && !isNear(one, view) && reach(one) === 'badly')
    .toSorted((a, b) => scoreOf(a) - scoreOf(b))[0];

const scoreOf = (session: SessionView): number => shownReading(session)?.score ?? 100;

const tallyOf = (sessions: readonly SessionView[]): Tally => {
  const reaches = sessions.map(reach);
  return {
    well: reaches.filter((one) => one === 'well').length,
    badly: reaches.filter((one) => one === 'badly').length,
  };
};

interface Tallies {
  readonly asked: Tally;
  /** How they reach most of their targets, for those that do not trace the one that is asked about. */
  readonly far: Tally;
  readonly near: Tally;
}

/** Without the agent itself, as far as it is among them. */
const talliesOf = (circle: Circle, own: IndexedAgent | undefined, asks: Question): Tallies => {
  const far = without(circle.far, own?.far);
  const near = without(circle.near, own?.near);
  if (asks.kind === 'near') return { asked: near, far, near };
  if (asks.kind === 'offline') {
    const asked = absencesIn(circle, own, asks.leftAt);
    return { asked, far: asked, near: nobody };
  }
  const { key } = asks;
  return { asked: without(circle.byTarget.get(key) ?? nobody, own?.targets.get(key)), far, near };
};

const without = (tally: Tally, own: 'well' | 'badly' | undefined): Tally =>
  own === undefined ? tally : { ...tally, [own]: tally[own] - 1 };

/** Who goes offline for one reason is last seen within a few minutes. */
const togetherMs = 5 * 60_000;

/** Who left together with it, and who is still there; who had left before says nothing. */
const absencesIn = (
  circle: Circle,
  own: IndexedAgent | undefined,
  leftAt: number | undefined,
): Tally => {
  const ownAway = own !== undefined && !own.online ? 1 : 0;
  const ownHere = own?.online === true ? 1 : 0;
  const { leftAt: times } = circle;
  const unknown = circle.agents - circle.online - times.length;
  const together =
    leftAt === undefined
      ? circle.agents - circle.online
      : unknown +
        countUntil(times, leftAt + togetherMs) -
        countUntil(times, leftAt - togetherMs - 1);
  return { well: circle.online - ownHere, badly: Math.max(0, together - ownAway) };
};

/** How many of these times, which are in order, are not later. */
const countUntil = (times: readonly number[], until: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= until) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Fewer of them trace the target than this: then it counts how they reach most of what they trace. */
const fewTracing = 3;

const circlesOf = (
  traits: ReadonlyMap<string, Trait>,
  index: FleetIndex,
  own: IndexedAgent | undefined,
  asks: Question,
  all: Tallies,
): readonly CircleFacts[] => {
  const line = [...traits].find(([, { kind }]) => kind === 'line')?.[0];
  const ofLine = line === undefined ? undefined : index.circle(line);
  return [...traits].flatMap(([key, trait]) => {
    const circle = index.circle(key);
    if (circle === undefined || (trait.kind === 'field' && !isSite(trait))) return [];
    const found = talliesOf(circle, own, asks);
    // What a place has by itself says nothing about its provider.
    const inside =
      trait.kind === 'prefix' && ofLine !== undefined
        ? minusEach(found, talliesOf(ofLine, own, asks))
        : found;
    const isFew = inside.asked.well + inside.asked.badly < fewTracing;
    const way =
      isFew && inside.far.well + inside.far.badly > inside.asked.well + inside.asked.badly
        ? 'far'
        : 'asked';
    return [
      {
        trait,
        inside: inside[way],
        outside: minus(all[way], found[way]),
        near: { inside: inside.near, outside: minus(all.near, found.near) },
      },
    ];
  });
};

const minus = (a: Tally, b: Tally): Tally => ({ well: a.well - b.well, badly: a.badly - b.badly });

const minusEach = (a: Tallies, b: Tallies): Tallies => ({
  asked: minus(a.asked, b.asked),
  far: minus(a.far, b.far),
  near: minus(a.near, b.near),
});

const besidesOf = (index: FleetIndex, own: IndexedAgent | undefined, key: string): Tally => {
  const all = index.besides(key);
  const reached = own?.targets.get(key);
  if (own === undefined || reached === undefined) return all;
  return minus(all, without(own.sessions, reached));
};

/** At the same public address; where that is not known, behind the same gateway or at the place that a field names. */
const neighboursIn = (circles: readonly CircleFacts[]): Tally => {
  const sites = circles.filter(({ trait }) => isSite(trait));
  const line = sites.find(({ trait }) => trait.kind === 'line');
  if (line !== undefined) return line.inside;
  return sites.map(({ inside }) => inside).find(({ well, badly }) => well + badly > 0) ?? nobody;
};
