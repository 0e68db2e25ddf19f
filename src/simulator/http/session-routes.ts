import type { SimulatedAgent, SimulatedSession } from '../agent.ts';
import { sessionToWire } from '../wire/agent.ts';
import { concernsTarget, type RowFilter, sessionStatusToWire } from '../wire/status.ts';
import type { World } from '../world.ts';
import { SessionsQuery } from './input.ts';
import { Refusal, type Route } from './route.ts';

export const sessionRoutes = (
  world: World,
  shown: Pick<RowFilter, 'withPaused'>,
): readonly Route[] => [
  {
    method: 'GET',
    path: '/sessions',
    permission: 'Sessions',
    run: ({ query }) => {
      const { agentUniqueId, ...target } = query(SessionsQuery);
      return allSessions(world)
        .filter(({ agent }) => agentUniqueId === undefined || agent.id === agentUniqueId)
        .filter(({ session }) => concernsTarget(session, target))
        .map(({ agent, session }) => sessionToWire(agent, session));
    },
  },
  {
    method: 'GET',
    path: '/sessions/{id}',
    permission: 'Sessions',
    run: ({ id }) => {
      const { agent, session } = sessionOr404(world, id);
      return sessionToWire(agent, session);
    },
  },
  {
    method: 'GET',
    path: '/sessions/{id}/status',
    permission: 'Sessions',
    run: ({ id }) => sessionStatusToWire(sessionOr404(world, id).session, shown),
  },
];

interface OwnedSession {
  readonly agent: SimulatedAgent;
  readonly session: SimulatedSession;
}

const allSessions = (world: World): readonly OwnedSession[] =>
  world
    .agents()
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap((agent) => agent.sessions.map((session) => ({ agent, session })));

export const sessionOr404 = (world: World, id: string): OwnedSession => {
  const found = allSessions(world).find(({ session }) => session.id === id);
  if (found === undefined) throw new Refusal(404, 'No such session.');
  return found;
};
