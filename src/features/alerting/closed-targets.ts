import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { filterInSlices } from '../../platform/slices.ts';
import { groupBy } from '../../shared/grouped.ts';
import type { AgentObservation } from '../fleet/domain/observation.ts';
import { openRows, readDetail } from './domain/alert-detail.ts';
import { gone } from './domain/alert-state.ts';
import type { Evaluation } from './domain/evaluate.ts';
import { limitsKey } from './domain/limit-rule.ts';
import type { AlertingState } from './state.ts';
import type { AlertDraft, Alerts } from './store.ts';

interface Ports {
  readonly account: string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly pollSeconds: number;
  readonly store: { readonly alerts: Pick<Alerts, 'current'> };
}

/** The most agents whose sessions are read in one poll: the rest of the poll waits for them. */
const mostAtOnce = 5;
/** In polls: a closed target is found within two of them (contract, Alerts). */
const silentPolls = 2;

/**
 * Finds open alerts whose target was closed in PingPlotter. The fleet status does not report that:
 * the session only has no new readings, so no good reading ends the alert. This reads the list of
 * sessions of each agent that is online and has an open alert without a fresh reading.
 */
export const findClosed = async (
  ports: Ports,
  state: Pick<AlertingState, 'book' | 'listedAt' | 'open'>,
  observations: readonly AgentObservation[],
  now: number,
  signal: AbortSignal,
): Promise<readonly Evaluation[]> => {
  const { account, store, pollSeconds } = ports;
  const current = state.open ?? (await store.alerts.current(account));
  if (current.length === 0) return [];
  const concerned = new Set(current.map(({ agentId }) => agentId));
  const online = await filterInSlices(
    observations,
    ({ facts: { agent } }) => agent.online && concerned.has(agent.id),
  );
  if (online.length === 0) return [];
  const silentMs = (silentPolls - 0.5) * pollSeconds * 1000;
  const silent = silentTargets(current.flatMap(openTargets), online, now - silentMs);
  const asked = dueAgents([...silent.keys()], state.listedAt, now - silentMs);
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
      .flatMap((target) => endOf(target, observation, state, now));
  });
  return (await Promise.all(found)).flat();
};

/** One bad target of an open alert. */
interface OpenTarget {
  readonly agentId: AgentId;
  readonly sessionId: SessionId;
  readonly watchIds: readonly string[];
  readonly openedAt: number;
}

const openTargets = (alert: AlertDraft): readonly OpenTarget[] =>
  openRows(readDetail(alert) ?? { rows: [] })
    .filter(({ sessionId }) => sessionId !== '')
    .map(({ sessionId, watchIds, since }) => ({
      agentId: alert.agentId,
      sessionId,
      watchIds,
      openedAt: since,
    }));

/**
 * The targets without a reading since then, by the agents that are online and could have measured.
 */
const silentTargets = (
  open: readonly OpenTarget[],
  observations: readonly AgentObservation[],
  since: number,
): ReadonlyMap<AgentObservation, readonly OpenTarget[]> => {
  const byAgent = groupBy(open, ({ agentId }) => agentId);
  const silent = new Map<AgentObservation, readonly OpenTarget[]>();
  for (const observation of observations) {
    const alerts = (byAgent.get(observation.facts.agent.id) ?? []).filter(
      ({ sessionId, openedAt }) =>
        Math.max(openedAt, observation.measuredAt(sessionId) ?? 0) < since,
    );
    if (alerts.length > 0) silent.set(observation, alerts);
  }
  return silent;
};

/** Ordered by the time of the last request, so that each agent gets its turn. */
const dueAgents = (
  silent: readonly AgentObservation[],
  listedAt: ReadonlyMap<AgentId, number>,
  since: number,
): readonly AgentObservation[] => {
  const askedAt = ({ facts }: AgentObservation): number => listedAt.get(facts.agent.id) ?? 0;
  return silent
    .filter((observation) => askedAt(observation) <= since)
    .toSorted((a, b) => askedAt(a) - askedAt(b))
    .slice(0, mostAtOnce);
};

const endOf = (
  { watchIds, agentId, sessionId }: OpenTarget,
  { view }: AgentObservation,
  { book }: Pick<AlertingState, 'book'>,
  now: number,
): readonly Evaluation[] =>
  watchIds.flatMap((watchId) => {
    return [sessionId, limitsKey(sessionId)].flatMap((key) => {
      const before = book.find({ watchId, agentId, sessionId: key });
      if (before === undefined) return [];
      const event = gone(before.state, now);
      const ended = { watchId, agentId, sessionId: key, before, event, view };
      return [{ ...ended, after: undefined, reading: undefined }];
    });
  });
