import type { AgentId } from '../core/agent.ts';
import type { Binding, Redemption } from '../core/confirmation.ts';
import { AppError, asAppError } from '../core/errors.ts';
import type { AgentView } from '../core/overview.ts';
import type { Scope } from '../core/turn.ts';
import { personIdOf } from './actor.ts';
import { expectChange } from './expect-change.ts';
import { changeOrLook } from './outcome.ts';
import type { Needs } from './ports.ts';
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

type Ports = Needs<
  | 'pingPlotter'
  | 'agents'
  | 'fleets'
  | 'sessions'
  | 'confirmations'
  | 'expectations'
  | 'clock'
  | 'log'
  | 'newId'
  | 'pollSeconds',
  'timedResumes' | 'transaction'
>;

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
    await expectChange(ports)(account, agent, 'delete');
    await changeOrLook(
      () => ports.pingPlotter(account).remove(agent, { uninstall }),
      () => isGone(ports, account, agent),
      'PingPlotter did not say whether it deleted the agent. Look for it before you try again.',
    );
    ports.fleets.forget(account);
    await ports.sessions.forget(account, agent);
    await forgetResumes(ports)(account, view, 'all');
    return { kind: 'removed', name: view.agent.name, at: ports.clock.now() };
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

const explanations: Readonly<Record<Exclude<Redemption, 'granted'>, string>> = {
  used: 'This card was used already, so nothing was done again.',
  expired: 'This card is older than ten minutes, so nothing was done. Ask for a new one.',
  foreign: 'This card was made for somebody else or something else, so nothing was done.',
  unknown: 'This card is not known any more, so nothing was done. Ask for a new one.',
};

/** Throws 'expired' unless the token was good. */
export const requireGranted = (redemption: Redemption): void => {
  if (redemption !== 'granted')
    throw new AppError('expired', `confirmation ${redemption}`, {
      explanation: explanations[redemption],
    });
};
