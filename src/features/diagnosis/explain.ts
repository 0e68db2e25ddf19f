import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { ConnectionChange } from '../fleet/domain/connection-change.ts';
import type { SessionView } from '../fleet/domain/session-view.ts';
import type { KnownAgentStore } from '../fleet/store.ts';
import { badSince } from '../history/domain/bad-since.ts';
import type { Samples } from '../history/store.ts';
import {
  type Comparison,
  changeBefore,
  type Diagnosed,
  diagnosedFrom,
} from './domain/diagnose-problem.ts';
import { type DiagnosisFacts, diagnosisFacts } from './domain/facts.ts';
import { indexOf } from './domain/fleet-index.ts';
import { reach } from './domain/reach.ts';
import type { Comparisons } from './ports.ts';

export interface ExplainPorts {
  readonly clock: Clock;
  readonly comparisons: Comparisons;
  readonly log: Logger;
  readonly store: {
    readonly knownAgents: Pick<KnownAgentStore, 'find'>;
    readonly samples: Pick<Samples, 'list'>;
  };
}

/** How one agent, or one target of it, is, and why. */
export interface Explanation {
  readonly view: AgentView;
  /** The target that was asked for, or else the worst. */
  readonly session?: SessionView;
  readonly state: 'bad' | 'offline' | 'never' | 'unmeasured' | 'paused' | 'healthy' | 'template';
  /** Only of what is bad or offline. */
  readonly facts?: DiagnosisFacts;
  readonly diagnosed?: Diagnosed;
  /** There was no fleet to compare with. */
  readonly isAlone?: true;
}

/** Without a session the worst target is meant. */
export const explain =
  (ports: ExplainPorts) =>
  async (account: string, view: AgentView, sessionId?: SessionId): Promise<Explanation> => {
    const session = sessionId === undefined ? worstOf(view) : sessionCalled(view, sessionId);
    const state = stateOf(view, session);
    const shown = { view, state, ...optional('session', session) };
    if (state !== 'bad' && state !== 'offline') return shown;
    const comparison = await ports.comparisons.of(account);
    const { index, silent } = comparison ?? nothing;
    const changed = await changeOf(ports, account, view);
    const about = state === 'offline' ? undefined : session?.id;
    const facts = diagnosisFacts(view, about, index, changed);
    return {
      ...shown,
      facts,
      diagnosed: diagnosedFrom(facts, silent),
      ...(comparison === undefined ? { isAlone: true as const } : {}),
    };
  };

const nothing: Comparison = { index: indexOf([]), silent: new Set() };

const sessionCalled = ({ sessions }: AgentView, id: SessionId): SessionView | undefined =>
  sessions.find((session) => session.id === id);

/** They come with the worst first, but one that is measured says more than one that is not. */
const worstOf = ({ sessions }: AgentView): SessionView | undefined =>
  sessions.find((session) => reach(session) === 'badly') ??
  sessions.find((session) => reach(session) !== undefined) ??
  sessions[0];

const stateOf = ({ agent }: AgentView, session: SessionView | undefined): Explanation['state'] => {
  if (agent.template || agent.deleted) return 'template';
  if (!agent.online) return agent.lastSeen === 'never' ? 'never' : 'offline';
  if (session?.state === 'paused') return 'paused';
  const reached = session && reach(session);
  if (reached === undefined) return 'unmeasured';
  return reached === 'badly' ? 'bad' : 'healthy';
};

const dayMs = 24 * 60 * 60_000;

/** When it began is asked only of an agent whose connection has changed. */
const changeOf = async (
  { store, clock, log }: ExplainPorts,
  account: string,
  { agent, sessions }: AgentView,
): Promise<ConnectionChange['what'] | undefined> => {
  try {
    const changes = await changesOf(store, account, agent.id);
    if (changes.length === 0) return undefined;
    const now = clock.now();
    if (!agent.online)
      return changeBefore(changes, typeof agent.lastSeen === 'number' ? agent.lastSeen : now);
    const samples = await store.samples.list(account, agent.id, now - dayMs, now);
    return changeBefore(changes, badSince(sessions, samples, now)?.at ?? now);
  } catch (error) {
    log.info('diagnosis.changes-unread', { code: asAppError(error).code });
    return undefined;
  }
};

const changesOf = async (
  { knownAgents }: ExplainPorts['store'],
  account: string,
  id: AgentId,
): Promise<readonly ConnectionChange[]> =>
  (await knownAgents.find(account, [id]))[0]?.changes ?? [];
