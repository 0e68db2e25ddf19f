import type { Actor } from '../platform/conversation.ts';
import { AppError, refusal } from '../platform/errors.ts';
import { normalizeId } from '../shared/names.ts';
import { mayAct, type Role } from '../shared/role.ts';
import type { Mention, Scope } from './turn.ts';

export interface Ports {
  readonly roster: Roster;
}

/** In their own 1:1 chat people decide what they are notified of; elsewhere operators do. Throws as requireRole. */
export const requireVoiceHere = (scope: Scope, what: string): void =>
  requireRole(scope, scope.address.kind === 'personal' ? 'viewer' : 'operator', `${what} here`);

/** Throws 'not-allowed', or why this person's role is not known: 'roster-unreadable', 'store-down'. */
export const requireRole = ({ role, roleUncertain }: Scope, needs: Role, what: string): void => {
  if (mayAct(role, needs)) return;
  if (roleUncertain !== undefined && mayAct(role, 'viewer'))
    throw new AppError(roleUncertain, `role of the person unknown for ${what}`);
  throw refusal('not-allowed', 'role.too-low', { what, needs, role });
};

/** Somebody as the conversation's roster knows them. */
export interface Member {
  /** Entra object id. */
  readonly objectId?: string;
  readonly name: string;
  readonly guest: boolean;
}

/** Who somebody is in the tenant, from the conversation's roster. Rejects with 'roster-unreadable'. */
export interface Roster {
  isGuest(scope: Scope): Promise<boolean>;
  /** Somebody else in the conversation, by Teams' id or Entra's; nothing when no such person is in it. */
  find(scope: Scope, id: string): Promise<Member | undefined>;
}

/** Entra object id where Teams gives one: it is the same in every conversation and bot. */
export const personIdOf = ({ person }: Pick<Scope, 'person'>): string =>
  person.objectId ?? person.id;

export const actorOf = (scope: Pick<Scope, 'person'>): Actor => ({
  id: personIdOf(scope),
  name: scope.person.name,
});

/** Somebody that a grant can be about. */
export interface Grantee {
  readonly objectId: string;
  /** Empty when only the id was typed. */
  readonly name: string;
  readonly guest: boolean;
}

/** Whom a mention or a typed Entra object id means. Throws 'not-found' and 'roster-unreadable'. */
export const findGrantee =
  ({ roster }: Ports) =>
  async (scope: Scope, who: Mention | string): Promise<Grantee> => {
    const id = typeof who === 'string' ? who : (who.objectId ?? who.id);
    const member = await roster.find(scope, id);
    if (typeof who === 'string')
      return {
        objectId: normalizeId(who),
        name: member?.name ?? '',
        guest: member?.guest ?? false,
      };
    const objectId = who.objectId ?? member?.objectId;
    if (objectId === undefined) throw refusal('not-found', 'person.unknown', { name: who.name });
    return { objectId: normalizeId(objectId), name: who.name, guest: member?.guest ?? false };
  };

export interface KnownRole {
  readonly role: Role;
  /** The grants could not be read, so the role may be less than it should be. */
  readonly uncertain?: true;
}

/** Port: which role somebody has. Never rejects; without an Entra object id nobody is more than the default. */
export interface RoleOf {
  of(account: string, tenantId: string, objectId: string | undefined): Promise<KnownRole>;
}
