import type { Card, CardView } from '../../../platform/messenger.ts';
import type { Role } from '../../../shared/role.ts';
import { template } from '../../../ui/card.ts';
import { markdown, markdownName, plain, plainName } from '../../../ui/escape.ts';
import source from './whoami.json' with { type: 'json' };

export interface WhoamiModel {
  readonly name: string;
  readonly id: string;
  readonly tenantId: string;
  readonly role: Role;
  readonly guest: boolean;
}

const fill = template(source);

export const whoamiCard: CardView<WhoamiModel> = ({ name, id, tenantId, role, guest }): Card =>
  fill(
    {
      name: markdownName(name),
      role: words[role],
      means: guest ? `Guest: a guest is never more than a viewer. ${means[role]}` : means[role],
      facts: [
        { title: 'Id', value: markdown(id, 200) },
        { title: 'Tenant', value: markdown(tenantId, 200) },
      ],
    },
    `${plainName(name)} · ${words[role]} · ${plain(id, 200)}`,
  );

const words: Readonly<Record<Role, string>> = {
  none: 'No role',
  viewer: 'Viewer',
  operator: 'Operator',
  admin: 'Admin',
};

const means: Readonly<Record<Role, string>> = {
  none: 'May not use this bot.',
  viewer: 'May look.',
  operator: 'May look, pause, resume, rename and reconnect.',
  admin: 'May do all, create and delete too.',
};
