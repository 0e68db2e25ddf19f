import { requireRole } from '../../chat/person.ts';
import { reply } from '../../chat/reply.ts';
import { type Incoming, type Reply, readerOf } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { namedAgentsCard } from './cards/named-agents.ts';
import { agentsNamedIn } from './domain/named-agents.ts';
import type { FleetReader } from './ports.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'read'>;
}

type MessageAction = Extract<Incoming, { kind: 'message-action' }>;

/** The agents that a message names, in a dialog. Throws 'not-allowed', and what the fleet cannot be read for. */
export const lookUpAgents =
  ({ fleets, clock }: Ports) =>
  async ({ text, isCut, scope }: MessageAction): Promise<Reply> => {
    requireRole(scope, 'viewer', 'Seeing agents');
    const fleet = await fleets.read(scope.account);
    const agents = await agentsNamedIn(text, fleet.agents);
    return reply(namedAgentsCard({ agents, at: fleet.takenAt, isCut }, readerOf(scope, clock)));
  };
