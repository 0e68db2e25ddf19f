import type { Actor } from '../platform/conversation.ts';
import { AppError, refusal } from '../platform/errors.ts';
import type { Reasons } from '../platform/reasons.ts';
import { normalizeId } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { mayAct, type Role } from '../shared/role.ts';
import type { Mention, Scope } from './turn.ts';

export interface Ports {
  readonly roster: Roster;
}

/** In their own 1:1 chat people decide what they are notified of; elsewhere operators do. Throws as requireRole. */
export const requireVoiceHere = (scope: Scope, what: string): void =>
  requireRole(scope, scope.address.kind === 'personal' ? 'viewer' : 'operator', `${what} here`);

/** Throws 'not-allowed', or why this person's role is not known: 'roster-unreadable', 'store-down'. */
export const requireRole = (
  { role, roleUncertain, guest }: Scope,
  needs: Role,
  what: string,
): void => {
  if (mayAct(role, needs)) return;
  if (roleUncertain !== undefined && mayAct(role, 'viewer'))
    throw new AppError(roleUncertain, `role of the person unknown for ${what}`);
  throw tooLow({ what, needs, role, guest: guest === true });
};

export const tooLow = (facts: Reasons['role.too-low']): AppError =>
  refusal('not-allowed', 'role.too-low', facts);

/** Somebody as the conversation's roster knows them. */
export interface Member {
  /** Entra object id. */
  readonly objectId?: string;
  /** Teams' own id, another one for each bot: a roster surely answers to it. */
  readonly teamsId?: string;
  readonly name: string;
  /** User principal name and mail address, as far as there are any. */
  readonly addresses?: readonly string[];
  readonly guest: boolean;
}

/** Who somebody is in the tenant, from the conversation's roster. Rejects with 'roster-unreadable'. */
export interface Roster {
  isGuest(scope: Scope): Promise<boolean>;
  /** Somebody else in the conversation, by Teams' id or Entra's; nothing when no such person is in it. */
  find(where: Pick<Scope, 'address'>, id: string): Promise<Member | undefined>;
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

/** An object id as Entra makes them; the Playground's are other texts. */
const entraId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/** An address or a name is no object id, whoever says so: nobody would ever be it. */
const isObjectId = (id: string | undefined): id is string =>
  id !== undefined && /^[\x21-\x3f\x41-\x7e]{1,100}$/u.test(id);

/**
 * Whom a mention, an object id or an address means. One of Entra's object ids is taken as it is, for the bot's own chat
 * has no roster of the tenant; whatever else was typed the roster must know. Throws 'not-found' and
 * 'roster-unreadable'.
 */
export const findGrantee =
  ({ roster }: Ports) =>
  async (scope: Scope, who: Mention | string): Promise<Grantee> => {
    const id = typeof who === 'string' ? who : (who.objectId ?? who.id);
    const member = await roster.find(scope, id);
    const typed = typeof who === 'string' && entraId.test(who) ? who : undefined;
    const mentioned = typeof who === 'string' ? undefined : who.objectId;
    const objectId = mentioned ?? member?.objectId ?? typed;
    const name = typeof who === 'string' ? (member?.name ?? '') : who.name;
    if (!isObjectId(objectId))
      throw refusal('not-found', 'person.unknown', { name: typeof who === 'string' ? who : name });
    return { objectId: normalizeId(objectId), name, guest: member?.guest ?? false };
  };

type FoundMember = Actor & Pick<Member, 'teamsId'>;

/**
 * Whom a mention, an object id or an address means: somebody of this conversation, and no guest, for
 * guests take care of nothing. Throws 'not-found', 'bad-input' and 'roster-unreadable'.
 */
export const findMember =
  ({ roster }: Ports) =>
  async (scope: Scope, who: Mention | string): Promise<FoundMember> => {
    const name = typeof who === 'string' ? who : who.name;
    const id = typeof who === 'string' ? who : who.id;
    const member = await roster.find(scope, id);
    if (member === undefined) throw refusal('not-found', 'person.not-here', { name });
    if (member.guest) throw refusal('bad-input', 'person.guest', { name });
    const objectId = member.objectId ?? (typeof who === 'string' ? undefined : who.objectId);
    if (!isObjectId(objectId)) throw refusal('not-found', 'person.unknown', { name });
    const called = typeof who === 'string' ? member.name : who.name;
    return {
      id: normalizeId(objectId),
      name: called || member.name || name,
      ...optional('teamsId', member.teamsId),
    };
  };

/** A typed address or object id, which a roster can be asked for; a name is none. */
export const isTypedPerson = (typed: string): boolean =>
  entraId.test(typed) || /^[^\s@]+@[^\s@]+$/u.test(typed);

export interface KnownRole {
  readonly role: Role;
  /** The grants could not be read, so the role may be less than it should be. */
  readonly uncertain?: true;
}

/** Port: which role somebody has. Never rejects; without an Entra object id nobody is more than the default. */
export interface RoleOf {
  of(account: string, tenantId: string, objectId: string | undefined): Promise<KnownRole>;
}
