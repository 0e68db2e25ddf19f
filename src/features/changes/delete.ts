import { type Binding, requireGranted } from '../../chat/confirmation.ts';
import { personIdOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { asAppError } from '../../platform/errors.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { changeOrVerify, suppressOwnChange } from './apply-change.ts';
import type { ChangePorts } from './ports.ts';
import { forgetResumes } from './timed-pause.ts';

export interface Removal {
  readonly agent: AgentId;
  readonly token: string;
  readonly uninstall: boolean;
}

export type Removed =
  | { readonly kind: 'removed'; readonly name: string; readonly at: number }
  /** It went offline meanwhile, so it could not be uninstalled, so nothing was deleted. */
  | { readonly kind: 'offline'; readonly view: AgentView };

type Ports = Omit<ChangePorts, 'finder'>;

export const removalBinding = (scope: Scope, agent: AgentId): Binding => ({
  tenantId: scope.address.tenantId,
  personId: personIdOf(scope),
  verb: 'agent.delete',
  subject: agent,
});

/** Deletes an agent that this person confirmed; the agent is read again first. */
export const removeAgent =
  (ports: Ports) =>
  async (scope: Scope, { agent, token, uninstall }: Removal): Promise<Removed> => {
    const { account } = scope;
    const view = await ports.agents.read(account, agent);
    if (uninstall && !view.agent.online) return { kind: 'offline', view };
    requireGranted(await ports.confirmations.redeem(token, removalBinding(scope, agent)));
    await suppressOwnChange(ports)(account, agent, 'delete');
    await changeOrVerify(
      () => ports.pingPlotter(account).remove(agent, { uninstall }),
      () => isGone(ports, account, agent),
      { name: 'not-confirmed.deleted', facts: {} },
    );
    ports.fleets.forget(account);
    await ports.sessions.forget(account, agent);
    await forgetResumes(ports)(account, view, 'all');
    return { kind: 'removed', name: fullName(view.agent), at: ports.clock.now() };
  };

const isGone = async (
  { agents }: Pick<Ports, 'agents'>,
  account: string,
  agent: AgentId,
): Promise<boolean> => {
  try {
    return (await agents.read(account, agent)).agent.deleted;
  } catch (error) {
    return asAppError(error).code === 'not-found';
  }
};
