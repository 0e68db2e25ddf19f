import type { Role } from '../../shared/role.ts';
import { asTyped } from '../../shared/text.ts';
import type { Explanations } from './explain.ts';

/** Nobody is sent to an administrator who cannot help. */
const wayUp = (needs: Role, role: Role, guest: boolean): string => {
  if (guest && needs !== 'viewer')
    return 'You are a guest of this tenant, and a guest is never more than a viewer.';
  return role === 'none'
    ? 'An administrator of this bot can give you one; until then only “whoami” works, and “my connection” where it is set up.'
    : 'An administrator of this bot can change that.';
};

/** Roles, grants, and cards that are not this person's, or not any more. */
export const people = {
  'card.not-ours': () =>
    'Something on this card is missing or no longer right, so nothing was done. Choose again, or ask for a new card.',
  'connection.not-yours': () =>
    'This computer is not yours, or not yours alone. Write “my connection” to see yours.',
  'card.used': () => 'This card was used already, so nothing was done again.',
  'card.expired': () =>
    'This card is older than ten minutes, so nothing was done. Ask for a new one.',
  'card.foreign': () =>
    'This card was made for somebody else or something else, so nothing was done.',
  'card.unknown': () => 'This card is not known any more, so nothing was done. Ask for a new one.',
  'done.already': () => 'This was done already, so nothing was done again.',
  'done.not-shown': () =>
    'This is done, but it cannot be shown. Look again before you try anything else.',
  'too-many-at-once': () =>
    'That was a lot at once, so this was not done. Wait half a minute: until then nothing more is answered.',
  'role.too-low': ({ what, needs, role, guest }) =>
    `${what} needs the role ${needs}; yours is ${role}. ${wayUp(needs, role, guest)}`,
  'person.unknown': ({ name }) =>
    `Teams does not know who ${asTyped(name || 'that')} is, so nothing was changed. Type the Entra object id instead: “whoami” shows it.`,
  'person.nobody': ({ usage }) =>
    `It takes a person, and I am none, so nothing was changed. Type it like this: ${usage}`,
  'person.one-at-a-time': () => 'One person at a time, so nothing was changed.',
  'person.not-here': ({ name }) =>
    `${asTyped(name || 'This person')} is not in this conversation, so nothing was changed.`,
  'person.guest': ({ name }) =>
    `${asTyped(name || 'This person')} is a guest of the tenant and can take care of no alert, so nothing was changed.`,
  'person.by-mention': ({ typed }) =>
    `It is not clear who ${asTyped(typed)} is, so nothing was changed. Mention the person with @, or type the address or the object id.`,
  'grant.guest': () => 'A guest of the tenant is never more than a viewer, so nothing was changed.',
  'grant.none': () => 'Nothing was granted to this person. Type “roles” to see who has which role.',
  'grant.by-configuration': () =>
    'This person is an admin by BOT_ADMINS, which only whoever runs the bot can change. Nothing was changed.',
} satisfies Partial<Explanations>;
