import type { Agent, AgentStatus, Fleet } from '../platform/agent.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { PingPlotter, PingPlotterCalls, SessionAction } from '../platform/pingplotter.ts';
import type { OutboundProxy } from '../platform/proxy.ts';
import { createAccountWait } from './account-wait.ts';
import { type Caller, type CallReport, createCaller, type ListReader } from './caller.ts';
import {
  agentPath,
  checkedId,
  type Endpoint,
  endpoints,
  sessionsPath,
  tracePath,
} from './endpoints.ts';
import { openHttp } from './http.ts';
import {
  agentByOurClock,
  createServerClock,
  statusByOurClock,
  traceByOurClock,
} from './server-clock.ts';
import { readInBatches } from './statuses.ts';
import {
  fleetReader,
  readAgent,
  readCreated,
  readCustomFieldNames,
  writeDraft,
} from './wire/agent.ts';
import { createFleetEcho } from './wire/fleet-echo.ts';
import { liveSharesReader, readLiveShare, writeLiveShare } from './wire/live-share.ts';
import { readSessions, sessionsReader } from './wire/session.ts';
import { readStatus, statusesReader } from './wire/status.ts';
import { readTrace } from './wire/trace.ts';

export interface PingPlotterOptions {
  /** May hold a path prefix, with or without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Deadline of one call, from connecting to the last byte. */
  readonly timeoutMs: number;
  readonly proxy?: OutboundProxy | undefined;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  /** What the deadline is measured by; the machine's own time if left out. */
  readonly after?: Clock['after'];
  /** 0 to 1: spreads repeated calls. */
  readonly random: () => number;
  /** Called after each try. */
  readonly onCall?: (call: CallReport) => void;
  /** This machine's clock is so far ahead of PingPlotter's by now, in ms; 0 = within a minute. */
  readonly onClock?: (aheadMs: number) => void;
}

/** For all sessions of an agent the API wants the action as a number in the query, for one session as a word in the body. */
const actionNumber: Readonly<Record<SessionAction, number>> = { pause: 0, resume: 1 };

/** PingPlotter Cloud over its REST API. `close` drops the connections. */
export interface PingPlotterClient extends PingPlotter {
  close(): void;
  /** How far this machine's clock is ahead of PingPlotter's, in ms; 0 = within a minute. */
  clockAheadMs(): number;
}

/** All times that it gives are by this machine's clock, however far that is off. */
export const createPingPlotter = ({
  baseUrl,
  apiKey,
  timeoutMs,
  proxy,
  clock,
  after = systemClock.after,
  random,
  onCall,
  onClock,
}: PingPlotterOptions): PingPlotterClient => {
  const http = openHttp({ baseUrl, apiKey, timeoutMs, proxy, after });
  const serverClock = createServerClock(clock, onClock);
  const accountWait = createAccountWait(clock);
  const fleetEcho = createFleetEcho();
  const ports = { http, clock, random, onCall, onDate: serverClock.note, accountWait };
  return {
    ...callsBy(createCaller(ports), serverClock, fleetEcho),
    once: callsBy(createCaller({ ...ports, once: true }), serverClock, fleetEcho),
    close: http.close,
    clockAheadMs: serverClock.aheadMs,
  };
};

/** Each call of the API, made by that caller. */
const callsBy = (
  call: Caller,
  serverClock: Pick<ReturnType<typeof createServerClock>, 'aheadMs'>,
  fleetEcho: ListReader<Fleet>,
): PingPlotterCalls => {
  const agentOf = (agent: Agent): Agent => agentByOurClock(agent, serverClock.aheadMs());
  const statusOf = (status: AgentStatus): AgentStatus =>
    statusByOurClock(status, serverClock.aheadMs());

  const change = async (
    endpoint: Endpoint,
    path: string,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    await call(endpoint, { path, body, read: readTrue, signal });
  };

  return {
    async agents({ templates = false, deleted = false } = {}, signal) {
      const path = `/agents?includeTemplates=${templates}&includeDeleted=${deleted}`;
      const read = templates || deleted ? fleetReader : fleetEcho;
      const fleet = await call(endpoints.agents, { path, read, signal });
      return serverClock.aheadMs() === 0 ? fleet : { ...fleet, agents: fleet.agents.map(agentOf) };
    },

    async agent(id, signal) {
      return agentOf(await call(endpoints.agent, { path: agentPath(id), read: readAgent, signal }));
    },

    status(ids, signal) {
      const read = async (batch: readonly string[]): Promise<readonly AgentStatus[]> => {
        const answer = await call(endpoints.status, {
          path: '/agents/status',
          body: { AgentUniqueIds: batch },
          read: statusesReader,
          signal,
        });
        return answer.map(statusOf);
      };
      return readInBatches([...new Set(ids)].filter(isId), read, signal);
    },

    async agentStatus(id, signal) {
      const status = await call(endpoints.agentStatus, {
        path: `${agentPath(id)}/status`,
        body: {},
        read: (body) => readStatus(body, id),
        signal,
      });
      return statusOf(status);
    },

    customFields(signal) {
      const path = '/agents/customfields';
      return call(endpoints.customFields, { path, read: readCustomFieldNames, signal });
    },

    async sessions(id, signal) {
      try {
        return await call(endpoints.sessions, {
          path: sessionsPath(id),
          read: (body) => readSessions(body, id),
          signal,
        });
      } catch (error) {
        if (isDenied(error)) return 'not permitted';
        throw error;
      }
    },

    async trace(session, period, signal) {
      const ahead = serverClock.aheadMs();
      const theirs = { from: period.from - ahead, until: period.until - ahead };
      const path = tracePath(session, theirs);
      const trace = await call(endpoints.trace, { path, read: readTrace(theirs), signal });
      return traceByOurClock(trace, ahead);
    },

    liveShares(signal) {
      return call(endpoints.liveShares, { path: '/liveshares', read: liveSharesReader, signal });
    },

    async createLiveShare(draft, signal) {
      const expiresAt = draft.expiresAt - serverClock.aheadMs();
      return call(endpoints.createLiveShare, {
        path: '/liveshares',
        body: writeLiveShare({ ...draft, session: checkedId(draft.session), expiresAt }),
        read: readLiveShare,
        signal,
      });
    },

    async allSessions(signal) {
      try {
        return await call(endpoints.sessions, {
          path: '/sessions',
          read: sessionsReader,
          signal,
        });
      } catch (error) {
        if (isDenied(error)) return 'not permitted';
        throw error;
      }
    },

    create(draft, signal) {
      return call(endpoints.create, {
        path: '/agents',
        body: writeDraft(draft),
        read: (body) => readCreated(body, draft),
        signal,
      });
    },

    async rename(id, name, signal) {
      await change(endpoints.rename, agentPath(id), { Name: name }, signal);
    },

    async reconnect(id, signal) {
      await change(endpoints.reconnect, `${agentPath(id)}/forcereconnect`, undefined, signal);
    },

    async setSession(id, session, action, signal) {
      const body = { SessionId: checkedId(session), Action: action };
      await change(endpoints.setSession, `${agentPath(id)}/session`, body, signal);
    },

    async setSessions(id, action, signal) {
      const path = `${agentPath(id)}/sessions?action=${actionNumber[action]}`;
      await change(endpoints.setSessions, path, undefined, signal);
    },

    async remove(id, { uninstall }, signal) {
      await call(endpoints.remove, {
        path: '/agents',
        body: { UniqueId: checkedId(id), ShouldUninstall: uninstall },
        read: readTrue,
        whenGone: true,
        signal,
      });
    },
  };
};

const readTrue = (body: unknown): true | undefined => (body === true ? true : undefined);

const isId = (id: string): boolean => id.trim() !== '';

/** Where the account has no list of sessions, the path itself is missing. */
const isDenied = (error: unknown): boolean =>
  error instanceof AppError &&
  (error.code === 'permission-missing' ||
    error.detail.status === 404 ||
    error.detail.status === 405);
