import { z } from 'zod';
import { defineAction, Id, TypedFilter } from '../../chat/define-action.ts';
import { reply } from '../../chat/reply.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { type AgentModel, agentCard } from './cards/agent.ts';
import { fleetCard } from './cards/agent-list.ts';
import { ListPlace, Origin } from './domain/list.ts';
import type { AgentReader, FleetReader } from './ports.ts';

interface Ports {
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly fleets: FleetReader;
}

const ListPage = ListPlace.extend({
  filter: TypedFilter.default(''),
  /** A page that was typed; it counts before the one that the button names. */
  goTo: z
    .union([z.literal('').transform(() => undefined), ListPlace.shape.page])
    .optional()
    .catch(undefined),
});
const ShownAgent = z.object({
  agent: Id,
  list: Origin.optional(),
  /** On a card that was put into a chat where the bot is not. */
  onlyReads: z.literal(true).optional(),
});

declare module '../../ui/action.ts' {
  interface Verbs {
    'agents.page': z.infer<typeof ListPage>;
    'agent.show': z.infer<typeof ShownAgent>;
  }
}

const showPage = defineAction('agents.page', {
  data: ListPage,
  role: 'viewer',
  title: 'Seeing agents',
  reads: true,
  run: async (ports: Ports, turn, { goTo, ...place }) =>
    reply(await listCard(ports, turn, goTo === undefined ? place : { ...place, page: goTo })),
});

const showAgent = defineAction('agent.show', {
  data: ShownAgent,
  role: 'viewer',
  title: 'Seeing agents',
  reads: true,
  run: async (ports: Ports, turn, { agent, list, onlyReads }, trigger) => {
    const read = trigger === 'automatic' ? ports.agents.recent : ports.agents.read;
    const view = await read(turn.scope.account, agent, turn.signal);
    return reply(
      await agentAnswer(ports, turn, {
        view,
        ...optional('list', list),
        ...optional('onlyReads', onlyReads),
      }),
    );
  },
});

/** The list card of a place in the fleet. Throws 'bad-input' for a filter that cannot be read. */
export const listCard = async (
  { fleets, clock }: Pick<Ports, 'fleets' | 'clock'>,
  { scope }: Turn,
  place: ListPlace,
): Promise<Card> => fleetCard(await fleets.page(scope, place), readerOf(scope, clock));

/** An agent with all that is known of it. */
export const agentAnswer = async (
  { agents, clock }: Pick<Ports, 'agents' | 'clock'>,
  { scope }: Turn,
  model: Omit<AgentModel, 'resumes' | 'trend'>,
): Promise<Card> => {
  const extras = await agents.extras(scope.account, model.view);
  return agentCard({ ...model, ...extras }, readerOf(scope, clock));
};

export const fleetActions = { 'agents.page': showPage, 'agent.show': showAgent };
