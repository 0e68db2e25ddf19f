import { simulatedAgent } from '../agent.ts';
import { deleted, reconnecting, renamed, withAction } from '../change.ts';
import { type Random, randomId } from '../random.ts';
import { createdAgentToWire } from '../wire/agent.ts';
import type { World } from '../world.ts';
import { AllSessionsQuery, Deletion, NewAgent, Rename, SessionChange } from './input.ts';
import { agentOr404 } from './read-routes.ts';
import { Refusal, type Route } from './route.ts';

/** The endpoints that change something; all but the creation answer just `true`. */
export const changeRoutes = (world: World, random: Random, now: () => number): readonly Route[] => [
  {
    method: 'POST',
    path: '/agents',
    permission: 'AgentManagement',
    run: ({ body }) => {
      const { Name, IsTemplate, Targets } = body(NewAgent);
      const agent = simulatedAgent({
        id: randomId(random),
        name: Name,
        template: IsTemplate,
        online: false,
        createdAt: now(),
        platform: 'NotSpecified',
        machineName: '',
        publicAddress: '',
        network: { gateway: '', address: '' },
        plannedTargets: Targets.map(({ Target }) => Target),
      });
      world.put(agent);
      return createdAgentToWire(agent);
    },
  },
  {
    method: 'DELETE',
    path: '/agents',
    permission: 'AgentManagement',
    run: ({ body }) => {
      const { UniqueId, ShouldUninstall } = body(Deletion);
      if (!agentOr404(world, UniqueId).online && ShouldUninstall)
        throw new Refusal(400, 'The agent must be online to uninstall it.');
      return world.change(UniqueId, deleted(now()));
    },
  },
  {
    method: 'POST',
    path: '/agents/{id}/forcereconnect',
    permission: 'AgentManagement',
    run: ({ id }) => world.change(agentOr404(world, id).id, reconnecting(now())),
  },
  {
    method: 'PUT',
    path: '/agents/{id}',
    permission: 'AgentManagement',
    run: ({ id, body }) => {
      const { Name } = body(Rename);
      return world.change(agentOr404(world, id).id, renamed(Name));
    },
  },
  {
    method: 'PUT',
    path: '/agents/{id}/session',
    permission: 'TargetManagement',
    run: ({ id, body }) => {
      const { SessionId, Action } = body(SessionChange);
      const session = agentOr404(world, id).sessions.find((each) => each.id === SessionId);
      if (session === undefined) throw new Refusal(404, 'The agent has no such session.');
      if (session.status === 'Closed') throw new Refusal(400, 'The session is closed.');
      return world.change(
        id,
        withAction(Action, (each) => each.id === SessionId),
      );
    },
  },
  {
    method: 'PUT',
    path: '/agents/{id}/sessions',
    permission: 'TargetManagement',
    run: ({ id, query }) => {
      const { action } = query(AllSessionsQuery);
      return world.change(agentOr404(world, id).id, withAction(action));
    },
  },
];
