import { actorOf, type Grantee } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import { normalizeId } from '../../shared/names.ts';
import { mayAct, type Role } from '../../shared/role.ts';
import type { Roles } from './roles.ts';
import type { Grant, Grants } from './store.ts';

interface Ports {
  readonly roles: Roles;
  readonly clock: Clock;
  readonly store: { readonly grants: Grants };
}

export interface RoleChange {
  readonly person: Grantee;
  readonly before: Role;
  readonly after: Role;
}

/** Gives somebody of the asker's tenant a role, from now on. */
export const grantRole =
  (ports: Ports) =>
  async (scope: Scope, person: Grantee, role: Role): Promise<RoleChange> => {
    requireGrantable(ports, person);
    if (person.guest && !mayAct('viewer', role)) throw refusal('bad-input', 'grant.guest');
    const tenantId = normalizeId(scope.address.tenantId);
    const { role: before } = await ports.roles.of(scope.account, tenantId, person.objectId);
    await ports.store.grants.set(scope.account, {
      tenantId,
      personId: person.objectId,
      personName: person.name,
      role,
      by: actorOf(scope),
      at: ports.clock.now(),
    });
    ports.roles.forget(scope.account, tenantId);
    return { person, before, after: role };
  };

/** Takes a grant back: the person has the default role again. Throws 'changed' when there was none. */
export const revokeRole =
  (ports: Ports) =>
  async (scope: Scope, person: Grantee): Promise<RoleChange> => {
    requireGrantable(ports, person);
    const tenantId = normalizeId(scope.address.tenantId);
    const { role: before } = await ports.roles.of(scope.account, tenantId, person.objectId);
    const revoked = await ports.store.grants.remove(scope.account, tenantId, person.objectId);
    ports.roles.forget(scope.account, tenantId);
    if (!revoked) throw refusal('changed', 'grant.none');
    const { role: after } = await ports.roles.of(scope.account, tenantId, person.objectId);
    return { person, before, after };
  };

export const grantsHere =
  ({ store }: Pick<Ports, 'store'>) =>
  async ({ account, address }: Scope): Promise<readonly Grant[]> =>
    store.grants.list(account, normalizeId(address.tenantId));

const requireGrantable = ({ roles }: Pick<Ports, 'roles'>, { objectId }: Grantee): void => {
  if (roles.isListedAdmin(objectId)) throw refusal('changed', 'grant.by-configuration');
};
