import { personIdOf } from '../../chat/person.ts';
import type { NamedAgent } from '../../chat/resolve-agent.ts';
import type { Scope } from '../../chat/turn.ts';
import { findByName } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct } from '../../shared/role.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { AuditEntry, AuditLog } from './store.ts';

export interface Ports {
  readonly fleets: FleetReader;
  readonly store: { readonly audit: AuditLog };
}

export interface AuditWish {
  readonly agentId?: string | undefined;
  /** Entra object id. */
  readonly personId?: string | undefined;
  /** ms since 1970 */
  readonly since: number;
  readonly skip: number;
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  readonly older: boolean;
  /** The asker sees their own entries only. */
  readonly ownOnly: boolean;
}

/** Entries of the audit log. Who is no admin sees their own only. */
export const readAudit =
  ({ store }: Pick<Ports, 'store'>) =>
  async (
    scope: Scope,
    { agentId, personId, since, skip, limit }: AuditWish,
  ): Promise<AuditPage> => {
    const ownOnly = !mayAct(scope.role, 'admin');
    const found = await store.audit.list({
      account: scope.account,
      tenantId: scope.address.tenantId,
      ...optional('agentId', agentId),
      ...optional('personId', ownOnly ? personIdOf(scope) : personId),
      since,
      skip,
      limit: limit + 1,
    });
    return {
      entries: found.slice(0, limit),
      older: found.length > limit,
      ownOnly,
    };
  };

/** How far back an agent's name is looked for. */
const searched = 1000;

/** Agents of that name in the log itself: it knows those that were deleted, and needs no PingPlotter. */
export const auditedAgents =
  ({ store, fleets }: Ports) =>
  async (scope: Scope, name: string): Promise<readonly NamedAgent[]> => {
    const entries = await store.audit.list({
      account: scope.account,
      tenantId: scope.address.tenantId,
      ...optional('personId', mayAct(scope.role, 'admin') ? undefined : personIdOf(scope)),
      limit: searched,
    });
    const living = fleets.last(scope.account)?.agents ?? [];
    const known = new Map(living.map(({ agent }) => [agent.id, agent.name]));
    for (const { agentId, agentName } of entries)
      if (agentId !== undefined && !known.has(agentId)) known.set(agentId, agentName ?? agentId);
    const found = findByName(
      name,
      [...known].map(([id, called]) => ({ id, name: called, alsoKnownAs: [id] })),
    );
    if (found.kind === 'one') return [found.item];
    return found.kind === 'many' ? found.items : [];
  };
