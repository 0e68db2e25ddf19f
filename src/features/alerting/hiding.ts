import { conversationOf } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { filterInSlices } from '../../platform/slices.ts';
import { optional } from '../../shared/optional.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Hidden, PlannedSilence, SilencePreviewer } from '../silence/ports.ts';
import type { Watches } from '../watches/store.ts';
import type { Alerts, StoredAlert } from './store.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'readIfAny'>;
  readonly log: Logger;
  readonly store: { readonly alerts: Alerts; readonly watches: Watches };
}

const dayMs = 24 * 60 * 60_000;
const weekDays = 7;

/** From the alerts that this conversation had: what began here is what would have been hidden. */
export const createSilencePreviewer = (ports: Ports): SilencePreviewer => ({
  hidden: async (scope, planned) => {
    const { clock, log, store } = ports;
    try {
      const here = conversationOf(scope);
      const from = clock.now() - weekDays * dayMs;
      const watches = await store.watches.list(here);
      const all = await store.alerts.list(here, from);
      const begun = all.filter(({ openedAt }) => openedAt >= from);
      const covers = await coveredBy(ports, scope.account, planned);
      if (covers === undefined || (watches.length === 0 && begun.length === 0)) return undefined;
      const began = [...watches.map(({ createdAt }) => createdAt), ...begun.map(openedAt)];
      const since = began.reduce((a, b) => Math.min(a, b));
      return {
        ...countOf(begun.filter(covers.begun)),
        ...optional('open', openIn(all, covers, planned, clock.now())),
        ...optional('since', since > from ? since : undefined),
      };
    } catch (error) {
      log.warn('silence.preview-failed', { code: asAppError(error).code });
      return undefined;
    }
  },
});

const openedAt = (alert: StoredAlert): number => alert.openedAt;

const countOf = (alerts: readonly StoredAlert[]): Pick<Hidden, 'alerts' | 'agents'> => ({
  alerts: alerts.length,
  agents: new Set(alerts.map(({ agentId }) => agentId)).size,
});

interface Covers {
  /** Whether it is about an agent that the silence is about. */
  readonly about: (alert: StoredAlert) => boolean;
  /** Whether its beginning would have been hidden. */
  readonly begun: (alert: StoredAlert) => boolean;
}

/** Of a window of some hours that begins at once: longer ones and mutes count what began today anyway. */
const openIn = (
  all: readonly StoredAlert[],
  { about }: Covers,
  planned: PlannedSilence,
  now: number,
): number | undefined => {
  if ('agent' in planned || planned.until - planned.from >= dayMs || planned.from > now)
    return undefined;
  const open = all.filter((alert) => alert.closedAt === undefined && about(alert)).length;
  return open === 0 ? undefined : open;
};

/** Undefined if nobody knows now which agents it is about. */
const coveredBy = async (
  { fleets }: Ports,
  account: string,
  planned: PlannedSilence,
): Promise<Covers | undefined> => {
  if ('agent' in planned) {
    const about = ({ agentId }: StoredAlert) => planned.agent === '' || agentId === planned.agent;
    return { about, begun: about };
  }
  const { filter, from, until } = planned;
  const isMatching = matches(parseFilter(filter));
  const fleet = filter === '' ? undefined : await fleets.readIfAny(account);
  if (filter !== '' && fleet === undefined) return undefined;
  const found = fleet && (await filterInSlices(fleet.agents, isMatching));
  const ids = found && new Set(found.map(({ agent }) => agent.id));
  const about = ({ agentId }: StoredAlert) => ids === undefined || ids.has(agentId);
  return { about, begun: (alert) => about(alert) && isInWindow(alert.openedAt, from, until) };
};

/** Whether it was in the same hours of an earlier day. */
const isInWindow = (at: number, from: number, until: number): boolean => {
  if (until - from >= dayMs) return true;
  const daysBefore = Math.ceil((from - at) / dayMs);
  const begin = from - daysBefore * dayMs;
  return begin <= at && at < begin + until - from;
};
