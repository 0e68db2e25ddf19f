import { type Random, randomId } from '../random.ts';
import { wireDate } from '../wire/agent.ts';
import type { World } from '../world.ts';
import { NewLiveShare } from './input.ts';
import { agentOr404 } from './read-routes.ts';
import type { Route } from './route.ts';
import { sessionOr404 } from './session-routes.ts';

/** A link as the API lists it. */
export interface SimulatedLiveShare {
  readonly ShareId: string;
  readonly ShareUrl: string;
  readonly LinkType: string;
  readonly EntityId: string;
  readonly Description: string;
  readonly Notes: string;
  readonly Active: boolean;
  readonly CreationDate: string;
  readonly ExpirationDate: string | null;
  readonly CreatedBy: string;
}

export const liveShareRoutes = (
  world: World,
  shares: SimulatedLiveShare[],
  random: Random,
  now: () => number,
): readonly Route[] => [
  { method: 'GET', path: '/liveshares', run: () => shares },
  {
    method: 'POST',
    path: '/liveshares',
    permission: 'LiveShareManagement',
    run: ({ body }) => {
      const wanted = body(NewLiveShare);
      if (wanted.LinkType === 'session') sessionOr404(world, wanted.EntityId);
      if (wanted.LinkType === 'agent') agentOr404(world, wanted.EntityId);
      const id = randomId(random);
      const share: SimulatedLiveShare = {
        ...wanted,
        ShareId: id,
        ShareUrl: `https://share.pingplotter.cloud/${id}`,
        Active: true,
        CreationDate: wireDate(now()),
        ExpirationDate: wanted.ExpirationDate ?? null,
        CreatedBy: 'API',
      };
      shares.push(share);
      return share;
    },
  },
];
