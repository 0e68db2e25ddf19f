import type { SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { shownReading } from '../../fleet/domain/quality.ts';
import type { SessionView } from '../../fleet/domain/session-view.ts';
import { type DiagnosisFacts, diagnose, type Likely, type Reach, type Tally } from './diagnosis.ts';

/**
 * The facts about one agent's problem with a target. Without a session: about being offline. Each site has a router of its
 * own, so where the router is what fails, others are compared by the worst target behind it.
 */
export const diagnosisFacts = (
  view: AgentView,
  session: SessionId | undefined,
  fleet: readonly AgentView[],
): DiagnosisFacts => {
  const { agent, sessions } = view;
  const asked = sessions.find(({ id }) => id === session);
  const isRouter = asked !== undefined && isNear(asked, view);
  const behind = isRouter ? worstBehind(asked, view) : undefined;
  const failing = behind ?? asked;
  const near = isRouter ? asked : sessions.find((one) => one !== failing && isNear(one, view));
  const others = fleet.filter((other) => other.agent.id !== agent.id);
  const reachOf = (other: AgentView): Reach | undefined =>
    failing === undefined ? presence(other) : reachTo(failing, other);
  const nearReach = near && reach(near);
  const far = sessions.filter((one) => one !== failing && one !== near);
  const neighbours = others.filter((other) => isNeighbour(other, view));
  // Another site's router is another one, though its name and address may be the same.
  const apart = isRouter && behind === undefined ? [] : others;
  const elsewhere = apart.filter((other) => !isNeighbour(other, view));
  return {
    ...optional('target', failing?.name),
    ...(isRouter ? { ownRouter: true as const } : {}),
    ...(near && nearReach ? { near: { name: near.name, reach: nearReach } } : {}),
    otherTargets: tally(far.map(reach)),
    ...optional('wifi', agent.wifi),
    ...optional('signalPercent', agent.network?.signalPercent),
    ...optional('vpn', agent.vpn),
    neighbours: tally(neighbours.map(reachOf)),
    elsewhere: tally(elsewhere.map(reachOf)),
    withoutVpn: tally(apart.filter((other) => other.agent.vpn === false).map(reachOf)),
  };
};

const worstBehind = (router: SessionView, view: AgentView): SessionView | undefined =>
  view.sessions
    .filter((one) => one !== router && !isNear(one, view) && reach(one) === 'badly')
    .toSorted((a, b) => scoreOf(a) - scoreOf(b))[0];

const scoreOf = (session: SessionView): number => shownReading(session)?.score ?? 100;

const tally = (reaches: readonly (Reach | undefined)[]): Tally => ({
  well: reaches.filter((one) => one === 'well').length,
  badly: reaches.filter((one) => one === 'badly').length,
});

/** Many homes use the same gateway address, so two different public addresses mean two sites. */
const isNeighbour = (other: AgentView, { agent }: AgentView): boolean => {
  const gateway = agent.network?.gateway;
  const addresses = [agent.address, other.agent.address];
  return (
    gateway !== undefined &&
    other.agent.network?.gateway === gateway &&
    (addresses[0] === addresses[1] ||
      addresses.some((address) => address === undefined || privateAddress.test(address)))
  );
};

const privateAddress = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.|^f[cde]/iu;

const isNear = ({ name, address }: SessionView, { agent }: AgentView): boolean =>
  (address !== undefined && address === agent.network?.gateway) ||
  /\b(?:router|gateway)\b/iu.test(name);

const presence = ({ agent }: AgentView): Reach | undefined =>
  agent.lastSeen === 'never' ? undefined : agent.online ? 'well' : 'badly';

const reachTo = (target: SessionView, other: AgentView): Reach | undefined => {
  const same = other.sessions.find((one) => isSameTarget(one, target));
  return same && other.agent.online ? reach(same) : undefined;
};

const isSameTarget = (a: SessionView, b: SessionView): boolean =>
  a.address !== undefined && b.address !== undefined
    ? a.address === b.address
    : a.name.toLowerCase() === b.name.toLowerCase();

/** A stale reading or a paused session says nothing about now. */
const reach = (session: SessionView): Reach | undefined => {
  const word =
    session.stale || session.state !== 'active' ? 'unknown' : shownReading(session)?.word;
  if (word === undefined || word === 'unknown') return undefined;
  return word === 'good' ? 'well' : 'badly';
};

/** Each diagnosis reads the whole fleet, so more of them in one poll would block the process. */
const mostDiagnoses = 10;

/** Diagnoses problems from the snapshot of the whole fleet, but only the first ones of a poll. */
export const createDiagnoses = (
  fleet: () => readonly AgentView[],
): ((view: AgentView, sessionId: SessionId | '') => Diagnosed) => {
  const made = new Map<string, Diagnosed>();
  return (view, sessionId) => {
    const key = `${view.agent.id}/${sessionId}`;
    if (!made.has(key) && made.size < mostDiagnoses)
      made.set(key, diagnosisOf(view, sessionId, fleet()));
    return made.get(key) ?? {};
  };
};

/** What an alert stores of its diagnosis; nothing if none was made. */
export interface Diagnosed {
  readonly diagnosis?: Likely;
  /** The facts support no answer. */
  readonly noCause?: true;
}

const diagnosisOf = (
  view: AgentView,
  sessionId: SessionId | '',
  fleet: readonly AgentView[],
): Diagnosed => {
  const { likely, because } = diagnose(
    diagnosisFacts(view, sessionId === '' ? undefined : sessionId, fleet),
  );
  return likely === undefined ? { noCause: true } : { diagnosis: { likely, because } };
};
