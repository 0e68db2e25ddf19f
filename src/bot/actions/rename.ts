import { renameCard } from '../../cards/rename.ts';
import { optional } from '../../core/optional.ts';
import { renameAgent } from '../../use-cases/rename-agent.ts';
import { outcomeReply, reply } from '../answers.ts';
import { readerOf } from '../turn.ts';
import type { CardAction } from './action.ts';

export const rename: CardAction<'agent.rename'> = {
  role: 'operator',
  run: async (ports, turn, { agent, name, list }) => {
    if (name !== undefined && name.trim() !== '')
      return outcomeReply(ports, turn, await renameAgent(ports)(turn.scope, agent, name), list);
    const { agent: now } = await ports.agents.read(turn.scope.account, agent, turn.signal);
    const problem = name === undefined ? undefined : 'A name is needed.';
    return reply(
      renameCard(
        {
          agentId: agent,
          name: now.name,
          value: now.name,
          ...optional('problem', problem),
          ...optional('list', list),
        },
        readerOf(turn.scope, ports.clock),
      ),
    );
  },
};
