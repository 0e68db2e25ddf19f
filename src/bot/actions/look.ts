import { optional } from '../../core/optional.ts';
import { agentAnswer, listCard, reply } from '../answers.ts';
import type { CardAction } from './action.ts';

export const showPage: CardAction<'agents.page'> = {
  role: 'viewer',
  reads: true,
  run: async (ports, turn, place) => reply(await listCard(ports, turn, place)),
};

export const showAgent: CardAction<'agent.show'> = {
  role: 'viewer',
  reads: true,
  run: async (ports, turn, { agent, list }, trigger) => {
    const read = trigger === 'automatic' ? ports.agents.recent : ports.agents.read;
    const view = await read(turn.scope.account, agent, turn.signal);
    return reply(await agentAnswer(ports, turn, { view, ...optional('list', list) }));
  },
};
