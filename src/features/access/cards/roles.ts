import type { CardView } from '../../../platform/messenger.ts';
import type { Role } from '../../../shared/role.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { entriesCard, statement } from '../../../ui/plain-cards.ts';
import { bold, counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { Grant } from '../store.ts';

export interface RolesModel {
  readonly grants: readonly Grant[];
  /** Object ids of the admins that the configuration lists. */
  readonly admins: readonly string[];
  readonly defaultRole: Role;
}

/** A card that fits Teams' 28 KB. */
const mostRows = 50;

export const rolesCard: CardView<RolesModel> = ({ grants, admins, defaultRole }, reader) => {
  const about = dots([
    counted(grants.length, 'grant'),
    `${counted(admins.length, 'admin')} by BOT_ADMINS`,
    `everyone else: ${defaultRole}`,
  ]);
  const listed = admins.map((id) => ({ name: [bold(plain(id, 60))], line: 'admin by BOT_ADMINS' }));
  const granted = grants.map(({ personId, personName, role, by, at }) => ({
    name: [bold(plain(personName, 80) || plain(personId, 60))],
    line: dots([
      role,
      personName === '' ? undefined : plain(personId, 60),
      `by ${plainName(by.name)}, ${clock(at, reader)}`,
    ]),
  }));
  const rows = [...listed, ...granted];
  const left = rows.length - mostRows;
  return entriesCard(
    {
      title: 'Roles',
      about,
      rows: rows.slice(0, mostRows),
      note: left > 0 ? `and ${left} more` : undefined,
      actions: [],
    },
    `Roles: ${about}`,
  );
};

export interface RoleChangedModel {
  /** Empty when only the id is known. */
  readonly name: string;
  readonly id: string;
  readonly before: Role;
  readonly after: Role;
  readonly by: string;
}

export const roleChangedCard: CardView<RoleChangedModel> = ({ name, id, before, after, by }) => {
  const title = after === before ? `The role stays ${after}` : `The role is now ${after}`;
  const who = plain(name, 80) || plain(id, 60);
  const line = dots([who, before !== after && `${before} → ${after}`, `by ${plainName(by)}`]);
  return statement({ title, line, actions: [] }, dots([title, line]));
};
