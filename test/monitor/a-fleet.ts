import type {
  Agent,
  AgentId,
  AgentStatus,
  QualityWord,
  SessionId,
  SessionState,
} from '../../src/platform/agent.ts';
import { AppError, type ErrorCode } from '../../src/platform/errors.ts';
import type { PingPlotter, SessionAction } from '../../src/platform/pingplotter.ts';
import { optional } from '../../src/shared/optional.ts';
import { asksNothing, refuse } from '../bench/noise/no-changes.ts';
import { anAgent } from '../features/fleet/an-agent.ts';

interface Measured {
  readonly word: QualityWord;
  readonly score: number;
  readonly at: number;
}

/** A PingPlotter whose agents are what the test says. */
export interface FleetFake {
  readonly pingPlotter: PingPlotter;
  /** Every call: its name, and the agent or session it was about. */
  readonly calls: string[];
  add(id: string, agent?: Partial<Agent>): void;
  remove(id: string): void;
  set(id: string, agent: Partial<Agent>): void;
  /** Its session `<id>-crm`, if no other is named, was measured now. */
  measure(id: string, word: QualityWord, score?: number, session?: SessionId): void;
  unmeasure(id: string, session: SessionId): void;
  /** How its sessions stand in PingPlotter's list of them; before that nobody may read it. */
  list(id: string, sessions: Readonly<Record<SessionId, SessionState>>): void;
  /** From now on every call is refused like this; nothing = works again. */
  fail(code?: ErrorCode): void;
  /** The same for the statuses alone; with agents, for the batch that asks about them. */
  failStatus(code?: ErrorCode, of?: readonly AgentId[]): void;
}

const scores: Readonly<Record<QualityWord, number>> = { good: 95, fair: 70, poor: 41, unknown: 0 };

export const aFleet = (now: () => number): FleetFake => {
  const agents = new Map<string, Agent>();
  const measured = new Map<string, Map<SessionId, Measured>>();
  const lists = new Map<string, Readonly<Record<SessionId, SessionState>>>();
  const calls: string[] = [];
  let failing: ErrorCode | undefined;
  let failingStatus: { readonly code: ErrorCode; readonly of?: readonly AgentId[] } | undefined;

  const call = (name: string): void => {
    calls.push(name);
    if (failing !== undefined) throw new AppError(failing, `${name} refused`);
  };
  const known = (id: string): Agent => {
    const agent = agents.get(id);
    if (agent === undefined) throw new AppError('not-found', `no agent ${id}`);
    return agent;
  };
  const statusOf = (id: string): AgentStatus => ({
    agentId: id,
    online: known(id).online,
    targets: [...(measured.get(id) ?? [])].map(([sessionId, { word, score, at }]) => ({
      sessionId,
      name: sessionId.slice(id.length + 1),
      readings: [{ definitionId: 'voip', word, score, measuredAt: at }],
    })),
  });
  const changing = async (name: string): Promise<void> => call(name);

  return {
    calls,
    add: (id, agent = {}) => {
      agents.set(id, anAgent({ id, name: id.toUpperCase(), lastSeen: now(), ...agent }));
    },
    remove: (id) => {
      agents.delete(id);
      measured.delete(id);
    },
    set: (id, agent) => {
      agents.set(id, { ...known(id), ...agent });
    },
    measure: (id, word, score = scores[word], session = `${id}-crm`) => {
      const sessions = measured.get(id) ?? new Map<SessionId, Measured>();
      measured.set(id, sessions.set(session, { word, score, at: now() }));
    },
    unmeasure: (id, session) => {
      measured.get(id)?.delete(session);
    },
    list: (id, sessions) => {
      lists.set(id, sessions);
    },
    fail: (code) => {
      failing = code;
    },
    failStatus: (code, of) => {
      failingStatus = code && { code, ...optional('of', of) };
    },
    pingPlotter: {
      once: asksNothing,
      allSessions: refuse,
      agents: async () => {
        call('agents');
        return { agents: [...agents.values()], skipped: 0 };
      },
      agent: async (id) => {
        call(`agent ${id}`);
        return known(id);
      },
      status: async (ids) => {
        call('status');
        const { code, of } = failingStatus ?? {};
        if (code !== undefined && of === undefined) throw new AppError(code, 'status refused');
        const read = ids.filter((id) => agents.has(id) && !of?.includes(id));
        const statuses = new Map(read.map((id) => [id, statusOf(id)]));
        return code === undefined
          ? statuses
          : Object.assign(statuses, { unread: { code, agents: new Set(of) } });
      },
      agentStatus: async (id) => {
        call(`status ${id}`);
        return statusOf(id);
      },
      customFields: async () => [],
      sessions: async (id) => {
        call(`sessions ${id}`);
        const list = lists.get(id);
        if (list === undefined) return 'not permitted';
        return Object.entries(list).map(([session, state]) => ({
          id: session,
          agentId: id,
          name: session,
          state,
        }));
      },
      trace: async () => ({ points: [] }),
      liveShares: refuse,
      createLiveShare: refuse,
      create: refuse,
      rename: () => changing('rename'),
      reconnect: () => changing('reconnect'),
      setSession: (_, session, action: SessionAction) => changing(`${action} ${session}`),
      setSessions: (id, action: SessionAction) => changing(`${action} all of ${id}`),
      remove: () => changing('remove'),
    },
  };
};
