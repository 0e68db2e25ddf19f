import type { AgentId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Conversation } from '../../platform/conversation.ts';
import { asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { PingPlotter, Statuses } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import {
  byStatus,
  definitionNames,
  type FleetView,
  scoresUnread,
  viewAgent,
} from './domain/agent-view.ts';
import { distinguished } from './domain/distinction.ts';
import { parseFilter, requireFilterLength } from './domain/filter.ts';
import { freshForMs, pageOf, sorted } from './domain/list.ts';
import { callsFilters, expandFilter, type NamedFilter } from './domain/saved-filter.ts';
import { unknownTo } from './domain/seen-sessions.ts';
import { isDevice } from './domain/snapshot.ts';
import { agentsMatching, understandFilter } from './domain/understand-filter.ts';
import type { FleetReader, FleetReaderOfAccounts, FleetReading } from './ports.ts';
import type { SavedFilters, SessionMemory } from './store.ts';

interface FleetReaderPorts {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly sessions: SessionMemory;
  readonly savedFilters: Pick<SavedFilters, 'list'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly staleAfterMs: number;
  /** Names of quality definitions that the API does not tell, by id. */
  readonly qualityNames?: ReadonlyMap<string, string>;
  /** The fleet as the last poll saw it: asking again within seconds would show the same. */
  readonly polled: (account: string) => FleetView | undefined;
  /** What a poll reads now; `polled` has it afterwards. */
  readonly polling: (account: string) => FleetReading | undefined;
}

export const createFleetReader = (ports: FleetReaderPorts): FleetReaderOfAccounts => {
  const own = new Map<string, FleetView>();
  const underWay = new Map<string, Promise<FleetView>>();
  const forgottenAt = new Map<string, number>();
  /** How often an account was started over: a reading that began before counts for nothing afterwards. */
  const starts = new Map<string, number>();

  const last = (account: string): FleetView | undefined => {
    const [mine, polled] = [own.get(account), ports.polled(account)];
    return (polled?.readAt ?? 0) > (mine?.readAt ?? 0) ? polled : mine;
  };

  const start = (account: string): Promise<FleetView> => {
    const begun = starts.get(account);
    const reading: Promise<FleetView> = readFleet(ports, account)
      .then((view) => {
        if (begun === starts.get(account)) own.set(account, view);
        return view;
      })
      .finally(() => {
        if (underWay.get(account) === reading) underWay.delete(account);
      });
    underWay.set(account, reading);
    return reading;
  };

  /** What a poll reads now, unless it may predate a change. */
  const joined = async (account: string, since: number): Promise<FleetView | undefined> => {
    const polling = ports.polling(account);
    if (polling === undefined || polling.readAt <= since) return undefined;
    await polling.done;
    const view = last(account);
    return (view?.readAt ?? Number.NEGATIVE_INFINITY) >= polling.readAt ? view : undefined;
  };

  const read = async (account: string): Promise<FleetView> => {
    const view = last(account);
    const forgotten = forgottenAt.get(account) ?? Number.NEGATIVE_INFINITY;
    const since = Math.max(ports.clock.monotonic() - freshForMs, forgotten);
    if (view !== undefined && view.readAt > since) return view;
    const reading = underWay.get(account);
    if (reading !== undefined) return reading;
    return (await joined(account, forgotten)) ?? underWay.get(account) ?? start(account);
  };

  const readIfAny = async (account: string): Promise<FleetView | undefined> => {
    try {
      return await read(account);
    } catch (error) {
      ports.log.info('fleet.unreadable', { code: asAppError(error).code });
      return last(account);
    }
  };

  const savedFor = async (
    conversation: Conversation,
    filter: string,
  ): Promise<readonly NamedFilter[]> => {
    requireFilterLength(filter);
    return callsFilters(filter) ? ports.savedFilters.list(conversation) : [];
  };

  const matching: FleetReader['matching'] = async (conversation, typed) => {
    const saved = await savedFor(conversation, typed);
    const fleet = await read(conversation.account);
    const filter = understandFilter(typed, fleet.agents, saved);
    return { fleet, filter, agents: await agentsMatching(fleet.agents, filter) };
  };

  return {
    read,
    last,
    readIfAny,
    matching,
    page: async (conversation, place) => {
      const { fleet, filter, agents } = await matching(conversation, place.filter);
      return pageOf(fleet, await sorted(agents, place.sort), { ...place, filter });
    },
    understand: async (conversation, filter) => {
      const fleet = await readIfAny(conversation.account);
      const saved = await savedFor(conversation, filter);
      if (fleet !== undefined) return understandFilter(filter, fleet.agents, saved);
      const expanded = expandFilter(filter, saved);
      parseFilter(expanded);
      return expanded;
    },
    count: async (account, filter) => {
      const fleet = await readIfAny(account);
      return fleet && (await agentsMatching(fleet.agents, filter)).length;
    },
    startOver: (account) => {
      starts.set(account, (starts.get(account) ?? 0) + 1);
      forgottenAt.set(account, ports.clock.monotonic());
      underWay.delete(account);
      own.delete(account);
    },
    forget: (account) => {
      // A reading that is under way may predate the change: it answers those who wait, no one later.
      forgottenAt.set(account, ports.clock.monotonic());
      underWay.delete(account);
    },
  };
};

/** A key that is refused hides all; statuses that cannot be read for another reason hide no name. */
const readStatuses = async (
  { pingPlotter, log }: FleetReaderPorts,
  account: string,
  ids: readonly AgentId[],
): Promise<{
  readonly statuses: Statuses;
  readonly noScores?: ErrorCode;
}> => {
  try {
    const statuses = await pingPlotter(account).status(ids);
    if (statuses.unread !== undefined)
      log.info('fleet.scores-unreadable', {
        code: statuses.unread.code,
        agents: statuses.unread.agents.size,
      });
    return { statuses };
  } catch (error) {
    const { code } = asAppError(error);
    if (code === 'key-wrong') throw error;
    log.info('fleet.scores-unreadable', { code });
    return { statuses: new Map(), noScores: code };
  }
};

const readFleet = async (ports: FleetReaderPorts, account: string): Promise<FleetView> => {
  const api = ports.pingPlotter(account);
  const takenAt = ports.clock.now();
  const readAt = ports.clock.monotonic();
  const { agents, skipped } = await api.agents();
  const shown = distinguished(agents.filter(isDevice));
  const { statuses, noScores } = await readStatuses(
    ports,
    account,
    shown.map(({ id }) => id),
  );
  const seenBefore = await ports.sessions.all(account);
  await ports.sessions.rememberAll(account, unknownTo(seenBefore, statuses.values()));
  const definitions = definitionNames(shown, ports.qualityNames);
  const now = ports.clock.now();
  const views = shown.map((agent) =>
    viewAgent(
      {
        agent,
        status: statuses.get(agent.id),
        seen: seenBefore.get(agent.id),
        definitions,
        ...scoresUnread(statuses, agent.id),
      },
      now,
      ports.staleAfterMs,
    ),
  );
  return {
    agents: views.sort(byStatus),
    takenAt,
    readAt,
    skipped,
    ...optional('noScores', noScores ?? statuses.unread?.code),
    ...optional('noScoresOf', statuses.unread?.agents.size),
  };
};
