import { personIdOf, type Roster } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { refusal } from '../../platform/errors.ts';
import type { Comparisons } from '../diagnosis/ports.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import { type Owned, type OwnerKeys, ownedBy, ownerKeys, ownershipOf } from './domain/owner.ts';

export interface OwnAgentPorts {
  readonly agents: Pick<AgentReader, 'read'>;
  readonly comparisons: Comparisons;
  readonly fleets: Pick<FleetReader, 'read'>;
  readonly roster: Roster;
  /** AGENT_OWNER_FIELD */
  readonly ownerField?: string;
}

/** Somebody as the roster has them. */
export interface Owner {
  /** Entra object id; empty where the roster has none. */
  readonly objectId: string;
  readonly keys: OwnerKeys;
}

/**
 * Who asks, by the roster of the conversation alone: what an activity says of its sender's name and object id proves
 * nothing. A guest's addresses were chosen elsewhere, so they name nobody here. Rejects with 'roster-unreadable', and
 * 'not-found' where the conversation has no such person.
 */
export const ownerWho =
  ({ roster }: Pick<OwnAgentPorts, 'roster'>) =>
  async (scope: Scope): Promise<Owner> => {
    const { id } = scope.person;
    const member = id === '' ? undefined : await roster.find(scope, id);
    if (member === undefined)
      throw refusal('not-found', 'person.unknown', {
        name: scope.person.name || personIdOf(scope),
      });
    const { objectId, addresses = [], guest } = member;
    return { objectId: objectId ?? '', keys: ownerKeys([objectId, ...(guest ? [] : addresses)]) };
  };

/** What belongs to a person, by the newest list of agents. */
export const ownedNow =
  ({ fleets }: Pick<OwnAgentPorts, 'fleets'>) =>
  async (account: string, { keys }: Pick<Owner, 'keys'>, field: string): Promise<Owned> =>
    ownedBy(keys, (await fleets.read(account)).agents, field);

/** An agent as it is now. Throws 'not-found' where by now it is not this person's alone. */
export const readOwn =
  ({ agents }: Pick<OwnAgentPorts, 'agents'>) =>
  async (
    account: string,
    agent: AgentId,
    { keys }: Pick<Owner, 'keys'>,
    field: string,
    signal?: AbortSignal,
  ): Promise<AgentView> => {
    const view = await agents.read(account, agent, signal).catch(() => undefined);
    // To somebody else an agent that is there must look like one that is not.
    if (view === undefined || ownershipOf(view.agent, field, keys) !== 'own')
      throw refusal('not-found', 'connection.not-yours');
    return view;
  };
