import type { Done } from '../core/done.ts';
import { AppError, asAppError } from '../core/errors.ts';
import type { AgentView } from '../core/overview.ts';
import type { UseCasePorts } from './ports.ts';

/** What an agent looks like after a change, and what was done. */
export interface Outcome {
  readonly view: AgentView;
  readonly done: Done;
  /** What the person should know besides: a part that failed, a state that could not be read. */
  readonly warning?: string;
}

/** Reads the new state after a change that has worked; when that fails, the change is told all the same. */
export const readAfter = async (
  { agents, fleets }: Pick<UseCasePorts, 'agents' | 'fleets'>,
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
 * Makes a change whose answer may get lost. When it did, the state decides: `holds` says whether the
 * change can be seen. Throws 'not-confirmed' when it cannot, and every clear refusal as it came.
 */
export const changeOrLook = async (
  change: () => Promise<void>,
  holds: () => Promise<boolean>,
  unconfirmed: string,
): Promise<void> => {
  try {
    await change();
  } catch (error) {
    const failure = asAppError(error);
    if (failure.detail.ambiguous !== true) throw failure;
    if (await holds().catch(() => false)) return;
    throw new AppError('not-confirmed', failure.message, {
      explanation: unconfirmed,
      ambiguous: true,
      cause: failure,
    });
  }
};
