import { personIdOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import { AppError, asAppError } from '../../platform/errors.ts';
import type { Reason } from '../../platform/reasons.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { Change } from './domain/change.ts';
import { type OwnChange, ownChangeLifetimeMs } from './domain/own-change.ts';
import type { ChangePorts as Ports } from './ports.ts';

/** Who changes what, where and when: the part that all recorded changes have in common. */
export const changedBy = (
  scope: Scope,
  agent: string,
  id: string,
  at: number,
): Omit<Change, 'kind'> => ({
  id,
  account: scope.account,
  tenantId: scope.address.tenantId,
  conversationKey: scope.conversationKey,
  personId: personIdOf(scope),
  personName: scope.person.name,
  at,
  agent,
});

/** Notes what the bot is about to do, before it does: a poll in between must not announce it. */
export const suppressOwnChange =
  ({ ownChanges, clock, pollSeconds }: Pick<Ports, 'ownChanges' | 'clock' | 'pollSeconds'>) =>
  async (
    account: string,
    agent: AgentId,
    kind: OwnChange['kind'],
    session?: SessionId,
    whose: Pick<OwnChange, 'by' | 'name'> = {},
  ): Promise<void> => {
    const at = clock.now();
    return ownChanges.add(account, {
      agent,
      kind,
      at,
      until: at + ownChangeLifetimeMs(pollSeconds),
      ...optional('session', session),
      ...whose,
    });
  };

/**
 * Keeps a change for an undo and gives its id. It has worked by then, so a store that fails must not
 * hide it: there is just no way to take it back.
 */
export const recordChange =
  ({ changes, log }: Pick<Ports, 'changes' | 'log'>) =>
  async (change: Change): Promise<string | undefined> => {
    try {
      await changes.add(change);
      return change.id;
    } catch (error) {
      log.warn('change.undo-not-stored', { code: asAppError(error).code });
      return undefined;
    }
  };

/** Reads the new state after a change that has worked; when that fails, the change is still reported. */
export const readAfter = async (
  { agents, fleets }: Pick<Ports, 'agents' | 'fleets'>,
  account: string,
  before: AgentView,
): Promise<{ readonly view: AgentView; readonly warning?: string }> => {
  fleets.forget(account);
  try {
    return { view: await agents.read(account, before.agent.id) };
  } catch (error) {
    const { code } = asAppError(error);
    return {
      view: before,
      warning:
        code === 'not-found'
          ? 'PingPlotter took the change, but does not know this agent any more.'
          : 'PingPlotter took the change, but its new state could not be read: below is the state before.',
    };
  }
};

/**
 * Makes a change whose answer may get lost. When it was lost, the state decides: `holds` says whether the
 * change can be seen. Throws 'not-confirmed' when it cannot, and every clear refusal as it came.
 */
export const changeOrVerify = async (
  change: () => Promise<void>,
  holds: () => Promise<boolean>,
  unconfirmed: Reason,
): Promise<void> => {
  try {
    await change();
  } catch (error) {
    const failure = asAppError(error);
    if (failure.detail.ambiguous !== true) throw failure;
    if (await holds().catch(() => false)) return;
    throw new AppError('not-confirmed', failure.message, {
      reason: unconfirmed,
      ambiguous: true,
      cause: failure,
    });
  }
};
