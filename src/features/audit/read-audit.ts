import { personIdOf } from '../../chat/person.ts';
import type { NamedAgent } from '../../chat/resolve-agent.ts';
import type { Scope } from '../../chat/turn.ts';
import type { Agent } from '../../platform/agent.ts';
import { findByName, wholeNamed } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct } from '../../shared/role.ts';
import { distinguished } from '../fleet/domain/distinction.ts';
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

/** Agents of the log itself: it knows those that were deleted, and needs no PingPlotter. */
export interface AuditedAgents {
  /** Those that the words name, if only by a part. */
  called(name: string): readonly NamedAgent[];
  /** Whether the words are somebody's whole name. */
  isWholeName(words: string): boolean;
}

export const auditedAgents =
  ({ store, fleets }: Ports) =>
  async (scope: Scope): Promise<AuditedAgents> => {
    const entries = await store.audit.list({
      account: scope.account,
      tenantId: scope.address.tenantId,
      ...optional('personId', mayAct(scope.role, 'admin') ? undefined : personIdOf(scope)),
      limit: searched,
    });
    const living = fleets.last(scope.account)?.agents ?? [];
    const known = new Map<string, Pick<Agent, 'id' | 'name' | 'machineName' | 'address'>>();
    for (const { agent } of living) known.set(agent.id, agent);
    for (const { agentId: id, agentName } of entries)
      if (id !== undefined && !known.has(id)) known.set(id, { id, name: agentName ?? id });
    const agents = distinguished([...known.values()]).map(({ id, name, distinction }) => ({
      id,
      name,
      alsoKnownAs: [id],
      ...optional('distinction', distinction),
    }));
    return {
      called: (name) => {
        const found = findByName(name, agents);
        if (found.kind === 'one') return [found.item];
        return found.kind === 'many' ? found.items : [];
      },
      isWholeName: (agent) => wholeNamed([{ agent }], agents) !== undefined,
    };
  };
