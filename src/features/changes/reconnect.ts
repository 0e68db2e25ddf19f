import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { changeOrVerify, readAfter, suppressOwnChange } from './apply-change.ts';
import type { AgentChange } from './domain/change.ts';
import type { ChangePorts as Ports } from './ports.ts';

/** Makes an agent drop its connection and come back. It goes to PingPlotter once: nothing shows whether it worked. */
export const reconnectAgent =
  (ports: Ports) =>
  async (scope: Scope, agent: AgentId): Promise<AgentChange> => {
    const before = await ports.agents.read(scope.account, agent);
    await suppressOwnChange(ports)(scope.account, agent, 'reconnect', undefined, {
      by: scope.person.name,
    });
    await changeOrVerify(
      () => ports.pingPlotter(scope.account).reconnect(agent),
      async () => false,
      { name: 'not-confirmed.reconnected', facts: {} },
    );
    const done = { what: 'reconnected', by: scope.person.name, at: ports.clock.now() } as const;
    return { ...(await readAfter(ports, scope.account, before)), done };
  };
