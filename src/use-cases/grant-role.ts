import { AppError } from '../core/errors.ts';
import { mayAct, type Role, sameCase } from '../core/role.ts';
import type { Grant } from '../core/stores.ts';
import type { Mention, Scope } from '../core/turn.ts';
import { actorOf } from './actor.ts';
import type { Needs } from './ports.ts';

/** Somebody that a grant can be about. */
export interface Grantee {
  readonly objectId: string;
  /** Empty when only the id was typed. */
  readonly name: string;
  readonly guest: boolean;
}

export interface RoleChange {
  readonly person: Grantee;
  readonly before: Role;
  readonly after: Role;
}

type Ports = Needs<'roles' | 'clock', 'grants'>;

/** Whom a mention or a typed Entra object id means. Throws 'not-found' and 'roster-unreadable'. */
export const findGrantee =
  ({ roster }: Needs<'roster', never>) =>
  async (scope: Scope, who: Mention | string): Promise<Grantee> => {
    const id = typeof who === 'string' ? who : (who.objectId ?? who.id);
    const member = await roster.find(scope, id);
    if (typeof who === 'string')
      return { objectId: sameCase(who), name: member?.name ?? '', guest: member?.guest ?? false };
    const objectId = who.objectId ?? member?.objectId;
    if (objectId === undefined)
      throw new AppError('not-found', 'nobody of that id in the roster', {
        explanation: `Teams does not say who ${who.name || 'that'} is. Type the Entra object id instead: “whoami” shows it.`,
      });
    return { objectId: sameCase(objectId), name: who.name, guest: member?.guest ?? false };
  };

/** Gives somebody of the asker's tenant a role, from now on. */
export const grantRole =
  (ports: Ports) =>
  async (scope: Scope, person: Grantee, role: Role): Promise<RoleChange> => {
    requireGrantable(ports, person);
    if (person.guest && !mayAct('viewer', role))
      throw new AppError('bad-input', 'role of a guest', {
        explanation: 'A guest of the tenant is never more than a viewer, so nothing was changed.',
      });
    const tenantId = sameCase(scope.address.tenantId);
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
    const tenantId = sameCase(scope.address.tenantId);
    const { role: before } = await ports.roles.of(scope.account, tenantId, person.objectId);
    const revoked = await ports.store.grants.remove(scope.account, tenantId, person.objectId);
    ports.roles.forget(scope.account, tenantId);
    if (!revoked)
      throw new AppError('changed', 'nothing granted', {
        explanation: 'Nothing was granted to this person. Type “roles” to see who has which role.',
      });
    const { role: after } = await ports.roles.of(scope.account, tenantId, person.objectId);
    return { person, before, after };
  };

export const grantsHere =
  ({ store }: Needs<never, 'grants'>) =>
  async ({ account, address }: Scope): Promise<readonly Grant[]> =>
    store.grants.list(account, sameCase(address.tenantId));

const requireGrantable = ({ roles }: Pick<Ports, 'roles'>, { objectId }: Grantee): void => {
  if (roles.isListedAdmin(objectId))
    throw new AppError('changed', 'admin by configuration', {
      explanation:
        'This person is an admin by BOT_ADMINS, which only whoever runs the bot can change. Nothing was changed.',
    });
};
