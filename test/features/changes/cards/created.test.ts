import { expect, it } from 'vitest';
import { createdCard } from '../../../../src/features/changes/cards/created.ts';
import type { ConversationKind } from '../../../../src/platform/messenger.ts';
import type { Role } from '../../../../src/shared/role.ts';
import { aReader, now } from '../../../cards/a-fleet.ts';

const url = 'https://download.example.com/agent?key=secret';

const drawn = (role: Role, kind: ConversationKind, downloadUrl: string): string =>
  JSON.stringify(
    createdCard(
      {
        agent: { id: 'a', name: 'LAX-13', template: false, downloadUrl },
        targets: 1,
        by: 'Alex Wilber',
        at: now,
      },
      aReader({ role, kind }),
    ),
  );

it('gives the installer to an admin in a personal chat', () => {
  expect(drawn('admin', 'personal', url)).toContain(url);
});

it.each([
  ['an admin in a channel', 'admin', 'channel', url],
  ['an admin in a group', 'admin', 'group', url],
  ['an operator', 'operator', 'personal', url],
  ['a link without TLS', 'admin', 'personal', 'http://download.example.com/agent'],
  ['a link that runs', 'admin', 'personal', 'javascript:alert(1)'],
  ['no link at all', 'admin', 'personal', 'not a link'],
] as const)('shows no installer: %s', (_case, role, kind, link) => {
  expect(drawn(role, kind, link)).not.toContain(link);
});
