import type { AgentId, SessionId } from '../core/agent.ts';
import { type Expectation, expectationLifetimeMs } from '../core/expectation.ts';
import { optional } from '../core/optional.ts';
import type { UseCasePorts } from './ports.ts';

/** Notes what the bot is about to do, before it does: a sweep in between must not announce it. */
export const expectChange =
  ({
    expectations,
    clock,
    pollSeconds,
  }: Pick<UseCasePorts, 'expectations' | 'clock' | 'pollSeconds'>) =>
  async (
    account: string,
    agent: AgentId,
    kind: Expectation['kind'],
    session?: SessionId,
  ): Promise<void> =>
    expectations.add(account, {
      agent,
      kind,
      until: clock.now() + expectationLifetimeMs(pollSeconds),
      ...optional('session', session),
    });
