import { actorOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import { asAppError, refusal } from '../../platform/errors.ts';
import type { SessionAction } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { SessionView } from '../fleet/domain/session-view.ts';
import type { PausedBy } from '../fleet/store.ts';
import {
  changedBy,
  changeOrVerify,
  readAfter,
  recordChange,
  suppressOwnChange,
} from './apply-change.ts';
import type { AgentChange } from './domain/change.ts';
import type { ChangePorts } from './ports.ts';
import type { TimedResume } from './store.ts';
import { forgetResumes, planResume, readEnds } from './timed-pause.ts';

export interface SessionChange {
  readonly agent: AgentId;
  /** Left out = all sessions of the agent, by one call. */
  readonly session?: SessionId;
  readonly action: SessionAction;
  /** When a pause ends by itself, ms since 1970. */
  readonly until?: number;
}

/** What it takes to change sessions, now or back. */
export type SessionPorts = Omit<ChangePorts, 'confirmations' | 'finder' | 'many'>;

/** Pauses or resumes one session or all of an agent, and keeps what really changed for an undo. */
export const changeSessions =
  (ports: SessionPorts) =>
  async (scope: Scope, change: SessionChange): Promise<AgentChange> => {
    const { account } = scope;
    const before = await ports.agents.read(account, change.agent);
    const meant = concernedSessions(before, change.session);
    const ids = meant.map(({ id }) => id);
    const ends = await readEnds(ports)(account, change.agent, ids);
    const planned =
      change.until === undefined
        ? undefined
        : await planResume(ports)(scope, before, meant, change.until);
    await callPingPlotter(ports, scope, change, meant, planned);
    const at = ports.clock.now();
    await ports.sessions.markPaused(
      account,
      change.agent,
      ids,
      change.action === 'pause' ? pausedBy(scope, at) : undefined,
    );
    const changed = meant.filter(({ state }) => state !== reached(change.action));
    const undo =
      changed.length === 0 && ends.length === 0
        ? undefined
        : await recordChange(ports)({
            ...changedBy(scope, change.agent, ports.newId(), at),
            kind: change.action,
            sessions: changed.map(({ id, name }) => ({ id, name })),
            all: change.session === undefined && changed.length === meant.length,
            ...optional('ends', ends.length === 0 ? undefined : ends),
          });
    const touched = change.session === undefined ? 'all' : [change.session];
    const unforgotten = await forgetResumes(ports)(
      account,
      before,
      touched,
      planned === undefined ? [] : [planned],
    );
    const endless = change.until !== undefined && planned === undefined ? pausedForGood : undefined;
    const after = await readAfter(ports, account, before);
    return {
      ...after,
      ...optional('warning', after.warning ?? unforgotten ?? endless),
      done: {
        what: past(change.action),
        sessions: meant.map(({ name }) => name),
        all: change.session === undefined,
        by: scope.person.name,
        at,
        ...optional('undo', undo),
      },
    };
  };

const pausedBy = (scope: Scope, at: number): PausedBy => {
  const { id, name } = actorOf(scope);
  const { address, conversationKey } = scope;
  return { name, at, person: { tenantId: address.tenantId, id, conversationKey } };
};

const pausedForGood = 'It was paused already, for good, so nothing resumes by itself.';

const callPingPlotter = async (
  ports: SessionPorts,
  { account, person }: Scope,
  { agent, session, action }: SessionChange,
  meant: readonly SessionView[],
  planned: TimedResume | undefined,
): Promise<void> => {
  const api = ports.pingPlotter(account);
  await suppressOwnChange(ports)(account, agent, action, session, { by: person.name });
  try {
    await changeOrVerify(
      () =>
        session === undefined
          ? api.setSessions(agent, action)
          : api.setSession(agent, session, action),
      async () => inState(await ports.agents.read(account, agent), meant, action),
      { name: `not-confirmed.${past(action)}`, facts: {} },
    );
  } catch (error) {
    // A pause that may have taken effect must end as planned; one that had no effect must leave no resume behind.
    const { code } = asAppError(error);
    if (planned !== undefined && code !== 'not-confirmed')
      await ports.store.timedResumes.cancel(planned.id).catch((failure: unknown) => {
        ports.log.warn('timed-resume.not-cancelled', { code: asAppError(failure).code });
      });
    throw error;
  }
};

const concernedSessions = (view: AgentView, session?: SessionId): readonly SessionView[] => {
  if (session === undefined) return view.sessions;
  const found = view.sessions.find(({ id }) => id === session);
  if (found !== undefined) return [found];
  throw refusal('changed', 'agent.target-gone', { session, agent: view.agent.id });
};

const reached = (action: SessionAction): SessionView['state'] =>
  action === 'pause' ? 'paused' : 'active';

const past = (action: SessionAction): 'paused' | 'resumed' =>
  action === 'pause' ? 'paused' : 'resumed';

/** Only what PingPlotter lists is proof; the bot's own memory is not. */
const inState = (view: AgentView, meant: readonly SessionView[], action: SessionAction): boolean =>
  view.source === 'listed' &&
  meant.every(({ id }) => view.sessions.find((now) => now.id === id)?.state === reached(action));
