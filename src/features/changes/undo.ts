import { personIdOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import type { PingPlotter, SessionAction } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { PausedBy } from '../fleet/store.ts';
import { changeOrVerify, readAfter, suppressOwnChange } from './apply-change.ts';
import type { AgentChange, Change, PauseEnd } from './domain/change.ts';
import type { SessionPorts } from './pause-resume.ts';
import { forgetResumes, planEnds } from './timed-pause.ts';

/** Takes back one change of this person, by its id; without one, their last here. */
export const takeBack =
  (ports: SessionPorts) =>
  async (scope: Scope, id?: string): Promise<AgentChange> => {
    const change = await findChange(ports, scope, id);
    const before = await ports.agents.read(scope.account, change.agent);
    const { failed, problem } = await reverse(ports, change, before);
    if (failed.length === 0) await ports.changes.takeBack(change.id);
    const at = ports.clock.now();
    const after = await readAfter(ports, scope.account, before);
    const unchanged =
      failed.length > 0 ? `These could not be changed back: ${failed.join(', ')}.` : undefined;
    return {
      view: after.view,
      ...optional('warning', unchanged ?? after.warning ?? problem),
      done: { what: 'taken-back', of: change.kind, by: scope.person.name, at },
    };
  };

/** The newest change of one agent that this person made here and has not taken back. */
export const lastChange = (
  { changes }: Pick<SessionPorts, 'changes'>,
  scope: Scope,
): Promise<Change | undefined> =>
  changes.last(scope.address.tenantId, scope.conversationKey, personIdOf(scope));

const findChange = async (
  ports: Pick<SessionPorts, 'changes'>,
  scope: Scope,
  id: string | undefined,
): Promise<Change> => {
  const person = personIdOf(scope);
  const change = await (id === undefined ? lastChange(ports, scope) : ports.changes.find(id));
  if (change === undefined || change.tenantId !== scope.address.tenantId)
    throw refusal('changed', id === undefined ? 'undo.nothing' : 'undo.too-late');
  if (change.personId !== person)
    throw refusal('changed', 'undo.of-somebody-else', { name: change.personName });
  return change;
};

interface Reversed {
  /** The names of what could not be changed back. */
  readonly failed: readonly string[];
  readonly problem?: string;
}

/** Throws when nothing could be changed back. */
const reverse = async (
  ports: SessionPorts,
  change: Change,
  before: AgentView,
): Promise<Reversed> => {
  const api = ports.pingPlotter(change.account);
  if (change.kind === 'rename') {
    if (before.agent.name !== change.after) throw refusal('changed', 'undo.renamed-since');
    const whose = { by: change.personName, name: change.before };
    await suppressOwnChange(ports)(change.account, change.agent, 'rename', undefined, whose);
    await changeOrVerify(
      () => api.rename(change.agent, change.before),
      async () =>
        (await ports.agents.read(change.account, change.agent)).agent.name === change.before,
      { name: 'not-confirmed.name-taken-back', facts: {} },
    );
    return { failed: [] };
  }
  return reverseSessions(ports, change, before);
};

type SessionsChange = Extract<Change, { kind: 'pause' | 'resume' }>;

/** What was resumed is paused again until it would have ended, and what was paused on keeps its end. */
const reverseSessions = async (
  ports: SessionPorts,
  change: SessionsChange,
  before: AgentView,
): Promise<Reversed> => {
  const { account, agent, kind } = change;
  const action: SessionAction = kind === 'pause' ? 'resume' : 'pause';
  const { sessions, ends } = withoutPastEnds(change, ports.clock.now());
  if (sessions.length === 0 && change.sessions.length > 0)
    throw refusal('changed', 'undo.pause-over');
  const whose = { by: change.personName };
  for (const { id } of sessions) await suppressOwnChange(ports)(account, agent, action, id, whose);
  // Before the pause begins: a crash in between must not leave it without an end.
  const planned = await planEnds(ports)(account, agent, ends);
  const { changed, failed } = await setBack(ports.pingPlotter(account), {
    ...change,
    sessions,
    all: change.all && sessions.length === change.sessions.length,
  }).catch(async (error: unknown) => {
    for (const { id } of planned) await ports.store.timedResumes.cancel(id).catch(() => false);
    throw error;
  });
  const by = action === 'pause' ? pausedBy(change, ports.clock.now()) : undefined;
  await ports.sessions.markPaused(account, agent, changed, by);
  const touched = [...changed, ...(change.ends ?? []).flatMap((end) => end.sessions)];
  const unforgotten = await forgetResumes(ports)(account, before, touched, planned);
  return { failed, ...optional('problem', unforgotten) };
};

const pausedBy = (
  { personName, personId, tenantId, conversationKey }: SessionsChange,
  at: number,
): PausedBy => ({ name: personName, at, person: { tenantId, id: personId, conversationKey } });

/** A pause that would be over by now is not begun again. */
const withoutPastEnds = (
  { kind, sessions, ends = [] }: SessionsChange,
  now: number,
): Pick<SessionsChange, 'sessions'> & { readonly ends: readonly PauseEnd[] } => {
  const [coming, over] = [ends.filter(({ dueAt }) => dueAt > now), ends.filter(isOver(now))];
  const ended = new Set(over.flatMap((end) => end.sessions));
  return {
    sessions: kind === 'pause' ? sessions : sessions.filter(({ id }) => !ended.has(id)),
    ends: coming,
  };
};

const isOver =
  (now: number) =>
  ({ dueAt }: PauseEnd): boolean =>
    dueAt <= now;

const setBack = async (
  api: PingPlotter,
  change: SessionsChange,
): Promise<{ readonly changed: readonly string[]; readonly failed: readonly string[] }> => {
  const action: SessionAction = change.kind === 'pause' ? 'resume' : 'pause';
  if (change.sessions.length === 0) return { changed: [], failed: [] };
  if (change.all) {
    await api.setSessions(change.agent, action);
    return { changed: change.sessions.map(({ id }) => id), failed: [] };
  }
  const changed: string[] = [];
  const failed: string[] = [];
  let firstFailure: unknown;
  for (const { id, name } of change.sessions)
    try {
      await api.setSession(change.agent, id, action);
      changed.push(id);
    } catch (error) {
      firstFailure ??= error;
      failed.push(name);
    }
  if (changed.length === 0 && firstFailure !== undefined) throw firstFailure;
  return { changed, failed };
};
