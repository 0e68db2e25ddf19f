import { removedCard } from '../../cards/removed.ts';
import { optional } from '../../core/optional.ts';
import { removeAgent } from '../../use-cases/remove-agent.ts';
import { confirmRemoval, reply, sharedCard, tellDone } from '../answers.ts';
import { readerOf } from '../turn.ts';
import type { CardAction } from './action.ts';

export const remove: CardAction<'agent.delete'> = {
  role: 'admin',
  run: async (ports, turn, { agent, token, uninstall, list }) => {
    if (token === undefined) {
      const view = await ports.agents.read(turn.scope.account, agent, turn.signal);
      return reply(await confirmRemoval(ports, turn, view, { list }));
    }
    const wanted = { agent, token, uninstall: uninstall === 'true' };
    const removed = await removeAgent(ports)(turn.scope, wanted);
    if (removed.kind === 'offline') {
      const problem =
        'The agent went offline, so it cannot be uninstalled now and nothing was deleted.';
      return reply(await confirmRemoval(ports, turn, removed.view, { list, problem }));
    }
    const reader = readerOf(turn.scope, ports.clock);
    const { name, at } = removed;
    const told = { name, at, by: turn.scope.person.name, uninstall: wanted.uninstall };
    const after = wanted.uninstall ? 'deleted, with uninstall' : 'deleted';
    const did = { agentId: agent, agentName: name, after };
    return tellDone(
      did,
      () => removedCard({ ...told, ...optional('list', list) }, reader),
      reader.kind === 'personal'
        ? undefined
        : () => sharedCard(ports, turn, list, removedCard(told, reader)),
    );
  },
};
