import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { optional } from '../../shared/optional.ts';
import {
  changedBy,
  changeOrVerify,
  readAfter,
  recordChange,
  suppressOwnChange,
} from './apply-change.ts';
import type { AgentChange } from './domain/change.ts';
import { requireName } from './parse.ts';
import type { ChangePorts as Ports } from './ports.ts';

type Needs = Ports;

/** Gives an agent a new name, exactly as typed. */
export const renameAgent =
  (ports: Needs) =>
  async (scope: Scope, agent: AgentId, name: string): Promise<AgentChange> => {
    requireName(name);
    const { account } = scope;
    const before = await ports.agents.read(account, agent);
    const whose = { by: scope.person.name, name };
    await suppressOwnChange(ports)(account, agent, 'rename', undefined, whose);
    await changeOrVerify(
      () => ports.pingPlotter(account).rename(agent, name),
      async () => (await ports.agents.read(account, agent)).agent.name === name,
      { name: 'not-confirmed.renamed', facts: {} },
    );
    const at = ports.clock.now();
    const undo =
      before.agent.name === name
        ? undefined
        : await recordChange(ports)({
            ...changedBy(scope, agent, ports.newId(), at),
            kind: 'rename',
            before: before.agent.name,
            after: name,
          });
    return {
      ...(await readAfter(ports, account, before)),
      done: {
        what: 'renamed',
        before: before.agent.name,
        after: name,
        by: scope.person.name,
        at,
        ...optional('undo', undo),
      },
    };
  };
