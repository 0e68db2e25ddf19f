import type { AgentId } from '../../platform/agent.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { AgentObservation } from '../fleet/domain/observation.ts';
import { staleAfterMs } from '../fleet/domain/quality.ts';
import { gone } from './domain/alert-state.ts';
import type { Evaluation } from './domain/evaluate.ts';
import type { AlertingState } from './state.ts';
import type { Alerts, StoredAlert } from './store.ts';

interface Ports {
  readonly account: string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
  readonly store: { readonly alerts: Pick<Alerts, 'current'> };
}

/** The most agents whose sessions are read in one poll: the rest of the poll waits for them. */
const mostAtOnce = 5;
const askAgainMs = 10 * 60_000;

/**
 * Finds open alerts whose target was closed in PingPlotter. The fleet status does not report that:
 * the session only has no new readings, so no good reading ends the alert. This reads the list of
 * sessions of each agent that is online and has an open alert without a fresh reading.
 */
export const findClosed = async (
  ports: Ports,
  state: Pick<AlertingState, 'book' | 'listedAt'>,
  observations: readonly AgentObservation[],
  now: number,
  signal: AbortSignal,
): Promise<readonly Evaluation[]> => {
  const { account, store, pollSeconds } = ports;
  const open = (await store.alerts.current(account)).filter(({ sessionId }) => sessionId !== '');
  if (open.length === 0) return [];
  const silent = silentAlerts(open, observations, now - staleAfterMs(pollSeconds));
  const asked = dueAgents([...silent.keys()], state.listedAt, now);
  for (const { facts } of asked) state.listedAt.set(facts.agent.id, now);
  const api = ports.pingPlotter(account);
  const found = asked.map(async (observation) => {
    // A list that cannot be read now is read again later. Until then the alert stays open.
    const listed = await api
      .sessions(observation.facts.agent.id, signal)
      .catch(() => 'not permitted' as const);
    if (listed === 'not permitted') return [];
    const alive = new Set(listed.filter(({ state }) => state !== 'closed').map(({ id }) => id));
    return (silent.get(observation) ?? [])
      .filter(({ sessionId }) => !alive.has(sessionId))
      .flatMap((alert) => endOf(alert, observation, state, now) ?? []);
  });
  return (await Promise.all(found)).flat();
};

/**
 * The alerts without a reading since then, by the agents that are online and could have measured.
 */
const silentAlerts = (
  open: readonly StoredAlert[],
  observations: readonly AgentObservation[],
  since: number,
): ReadonlyMap<AgentObservation, readonly StoredAlert[]> => {
  const byAgent = new Map<AgentId, StoredAlert[]>();
  for (const alert of open)
    byAgent.set(alert.agentId, [...(byAgent.get(alert.agentId) ?? []), alert]);
  const silent = new Map<AgentObservation, readonly StoredAlert[]>();
  for (const observation of observations) {
    const { id, online } = observation.facts.agent;
    const alerts = (byAgent.get(id) ?? []).filter(
      ({ sessionId, openedAt }) =>
        Math.max(openedAt, observation.measuredAt(sessionId) ?? 0) < since,
    );
    if (online && alerts.length > 0) silent.set(observation, alerts);
  }
  return silent;
};

/** Ordered by the time of the last request, so that each agent gets its turn. */
const dueAgents = (
  silent: readonly AgentObservation[],
  listedAt: ReadonlyMap<AgentId, number>,
  now: number,
): readonly AgentObservation[] => {
  const askedAt = ({ facts }: AgentObservation): number => listedAt.get(facts.agent.id) ?? 0;
  return silent
    .filter((observation) => Math.abs(now - askedAt(observation)) >= askAgainMs)
    .toSorted((a, b) => askedAt(a) - askedAt(b))
    .slice(0, mostAtOnce);
};

const endOf = (
  { watchId, agentId, sessionId }: StoredAlert,
  { view }: AgentObservation,
  { book }: Pick<AlertingState, 'book'>,
  now: number,
): Evaluation | undefined => {
  const before = book.find({ watchId, agentId, sessionId });
  return (
    before && {
      watchId,
      agentId,
      sessionId,
      before,
      after: undefined,
      event: gone(before.state, now),
      reading: undefined,
      view,
    }
  );
};
