import { usageError, wordsBeside } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import type { Roster } from '../../chat/person.ts';
import { findGrantee, personIdOf } from '../../chat/person.ts';
import { changeReply, privateReply } from '../../chat/reply.ts';
import type { Mention, Reply, Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import { roles as allRoles, type Role } from '../../shared/role.ts';
import { words } from '../../shared/text.ts';
import { roleChangedCard, rolesCard } from './cards/roles.ts';
import { whoamiCard } from './cards/whoami.ts';
import { grantRole, grantsHere, type RoleChange, revokeRole } from './grants.ts';
import type { Roles } from './roles.ts';
import type { Grants } from './store.ts';

export interface Ports {
  readonly clock: Clock;
  readonly roles: Roles;
  readonly roster: Roster;
  readonly store: { readonly grants: Grants };
}

const grantUsage = 'grant @person <none | viewer | operator | admin>';

export const grant = defineCommand({
  name: 'grant',
  group: 'The bot',
  usage: grantUsage,
  summary: 'Give somebody of your tenant a role',
  details: [
    'grant @Megan operator',
    'An address, or an Entra object id, can stand in place of the mention: “whoami” shows one.',
    'With the role none somebody may ask “whoami” only.',
    'A guest is never more than a viewer.',
  ],
  role: 'admin',
  run: async (ports: Ports, turn, rest) => {
    const role = requireRoleName(rest);
    const person = await findGrantee(ports)(turn.scope, requirePerson(turn, rest, 2, grantUsage));
    return changed(turn, await grantRole(ports)(turn.scope, person, role));
  },
});

const revokeUsage = 'revoke @person';

export const revoke = defineCommand({
  name: 'revoke',
  group: 'The bot',
  usage: revokeUsage,
  summary: 'Take a granted role back',
  details: ['revoke @Megan', 'Afterwards the person has the role that everyone has.'],
  role: 'admin',
  run: async (ports: Ports, turn, rest) => {
    const person = await findGrantee(ports)(turn.scope, requirePerson(turn, rest, 1, revokeUsage));
    return changed(turn, await revokeRole(ports)(turn.scope, person));
  },
});

const requireRoleName = (rest: string): Role => {
  const typed = words(rest).at(-1)?.toLowerCase();
  const role = allRoles.find((one) => one === typed);
  if (role !== undefined) return role;
  throw usageError(grantUsage, rest);
};

/** An object id or an address. */
const idOrAddress = /^[\x21-\x7e]{1,200}$/;

/** The one person mentioned; without a mention, the id or address among so many words. */
const requirePerson = (
  { mentions }: Turn,
  rest: string,
  wordCount: number,
  usage: string,
): Mention | string => {
  const [mentioned, ...others] = mentions;
  if (others.length > 0) throw refusal('bad-input', 'person.one-at-a-time');
  if (mentioned !== undefined) {
    const beside = wordsBeside(
      mentioned,
      wordCount === 1 ? rest : words(rest).slice(0, -1).join(' '),
    );
    if (beside !== '') throw usageError(usage, beside);
    return mentioned;
  }
  const [id = '', ...more] = words(rest);
  if (more.length !== wordCount - 1 || !idOrAddress.test(id) || id.startsWith('@'))
    throw usageError(usage, rest);
  return id;
};

const changed = (
  { scope, reader }: Turn,
  { person: { name, objectId: id }, before, after }: RoleChange,
): Promise<Reply> => {
  const detail = [name, id].filter((part) => part !== '').join(' ');
  return changeReply({ before, after, detail }, () =>
    roleChangedCard({ name, id, before, after, by: scope.person.name }, reader),
  );
};

export const roles = defineCommand({
  name: 'roles',
  group: 'The bot',
  usage: 'roles',
  summary: 'Who has which role',
  details: [],
  role: 'admin',
  run: async (ports: Ports, { scope, reader }) => {
    const { admins, defaultRole } = ports.roles.rules;
    const grants = await grantsHere(ports)(scope);
    return privateReply(rolesCard({ grants, admins: [...admins], defaultRole }, reader));
  },
});

export const whoami = defineCommand({
  name: 'whoami',
  group: 'The bot',
  usage: 'whoami',
  summary: 'Your id, tenant and role',
  invitation: {
    place: 7,
    does: 'See who I take you for',
    words: 'what is my role?',
    button: 'Who am I',
  },
  details: [],
  role: 'none',
  reads: true,
  anyAccount: true,
  run: async (ports: { readonly roster: Roster }, { scope, reader }) =>
    privateReply(
      whoamiCard(
        {
          name: scope.person.name,
          id: personIdOf(scope),
          tenantId: scope.address.tenantId,
          role: scope.role,
          guest: scope.guest ?? (await isGuest(ports.roster, scope)),
        },
        reader,
      ),
    ),
});

/** A roster that cannot be read says nothing of it. */
const isGuest = (roster: Roster, scope: Turn['scope']): Promise<boolean> =>
  roster.isGuest(scope).catch(() => false);

export const accessCommands = [grant, revoke, roles];
export const personalCommands = [whoami];
