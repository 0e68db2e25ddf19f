import { personIdOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import type { PingPlotter, SessionAction } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { changeOrVerify, readAfter, suppressOwnChange } from './apply-change.ts';
import type { AgentChange, Change } from './domain/change.ts';
import type { SessionPorts } from './pause-resume.ts';
import { forgetResumes } from './timed-pause.ts';

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

const findChange = async (
  { changes }: Pick<SessionPorts, 'changes'>,
  scope: Scope,
  id: string | undefined,
): Promise<Change> => {
  const person = personIdOf(scope);
  const last = await changes.last(scope.address.tenantId, scope.conversationKey, person);
  const change = id === undefined ? last : await changes.find(id);
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
    await changeOrVerify(
      () => api.rename(change.agent, change.before),
      async () =>
        (await ports.agents.read(change.account, change.agent)).agent.name === change.before,
      { name: 'not-confirmed.name-taken-back', facts: {} },
    );
    return { failed: [] };
  }
  const action: SessionAction = change.kind === 'pause' ? 'resume' : 'pause';
  for (const { id } of change.sessions)
    await suppressOwnChange(ports)(change.account, change.agent, action, id);
  const { changed, failed } = await setBack(api, change, action);
  const by = action === 'pause' ? { name: change.personName, at: ports.clock.now() } : undefined;
  await ports.sessions.markPaused(change.account, change.agent, changed, by);
  const unforgotten = await forgetResumes(ports)(change.account, before, changed);
  return { failed, ...optional('problem', unforgotten) };
};

type SessionsChange = Extract<Change, { kind: 'pause' | 'resume' }>;

const setBack = async (
  api: PingPlotter,
  change: SessionsChange,
  action: SessionAction,
): Promise<{ readonly changed: readonly string[]; readonly failed: readonly string[] }> => {
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
