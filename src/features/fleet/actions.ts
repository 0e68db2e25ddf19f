import type { BotPorts } from '../../app.ts';
import type { CardAction } from '../../chat/define-action.ts';
import { reply } from '../../chat/reply.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { agentExtras } from './agent-reader.ts';
import { type AgentModel, agentCard } from './cards/agent.ts';
import { fleetCard } from './cards/agent-list.ts';
import { type ListPlace, listAgents } from './domain/list.ts';

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

/** The list card of a place in the fleet. */
export const listCard = async (ports: BotPorts, turn: Turn, place: ListPlace): Promise<Card> =>
  fleetCard(await listAgents(ports)(turn.scope.account, place), readerOf(turn.scope, ports.clock));

/** An agent with all that is known of it. */
export const agentAnswer = async (
  ports: BotPorts,
  { scope }: Turn,
  model: Omit<AgentModel, 'resumes' | 'trend'>,
): Promise<Card> => {
  const extras = await agentExtras(ports)(scope.account, model.view);
  return agentCard({ ...model, ...extras }, readerOf(scope, ports.clock));
};
