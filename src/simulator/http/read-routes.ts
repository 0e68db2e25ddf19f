import type { SimulatedAgent } from '../agent.ts';
import { agentToWire } from '../wire/agent.ts';
import { type RowFilter, statusToWire } from '../wire/status.ts';
import type { World } from '../world.ts';
import { BatchStatusQuery, ListQuery, StatusQuery } from './input.ts';
import { Refusal, type Route } from './route.ts';

/** The endpoints that every key may use. */
export const readRoutes = (
  world: World,
  shown: Pick<RowFilter, 'withPaused'>,
): readonly Route[] => [
  {
    method: 'GET',
    path: '/agents',
    run: ({ query }) => {
      const { includeTemplates, includeDeleted } = query(ListQuery);
      return world
        .agents()
        .filter(({ template }) => includeTemplates || !template)
        .filter(({ deletedAt }) => includeDeleted || deletedAt === undefined)
        .map(agentToWire);
    },
  },
  {
    method: 'GET',
    path: '/agents/customfields',
    run: () => {
      const fields = world.agents().flatMap(({ customFields }) => customFields);
      return [...new Set(fields.map(({ name }) => name))].map((Name) => ({ Name }));
    },
  },
  {
    method: 'POST',
    path: '/agents/status',
    run: ({ body }) => {
      const { AgentUniqueIds, ...filter } = body(BatchStatusQuery);
      return AgentUniqueIds.flatMap((id) => existing(world, id) ?? []).map((agent) =>
        statusToWire(agent, { ...rowFilter(filter), ...shown }),
      );
    },
  },
  { method: 'GET', path: '/agents/{id}', run: ({ id }) => agentToWire(agentOr404(world, id)) },
  {
    method: 'POST',
    path: '/agents/{id}/status',
    run: ({ id, body }) => {
      const filter = body(StatusQuery);
      return statusToWire(agentOr404(world, id), { ...rowFilter(filter), ...shown });
    },
  },
];

/** Deleted agents are only in the list that asks for them. */
export const existing = (world: World, id: string): SimulatedAgent | undefined => {
  const agent = world.agent(id);
  return agent?.deletedAt === undefined ? agent : undefined;
};

export const agentOr404 = (world: World, id: string): SimulatedAgent => {
  const agent = existing(world, id);
  if (agent === undefined) throw new Refusal(404, 'No such agent.');
  return agent;
};

const rowFilter = (query: {
  readonly TargetName: string | undefined;
  readonly TargetIp: string | undefined;
  readonly QualityDefinitionIds: readonly string[] | undefined;
}): Omit<RowFilter, 'withPaused'> => ({
  targetName: query.TargetName,
  targetIp: query.TargetIp,
  definitionIds: query.QualityDefinitionIds,
});
