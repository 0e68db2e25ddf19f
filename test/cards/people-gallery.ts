import { csvCard } from '../../src/chat/table.ts';
import { roleChangedCard, rolesCard } from '../../src/features/access/cards/roles.ts';
import type { Grant } from '../../src/features/access/store.ts';
import { auditCard } from '../../src/features/audit/cards/audit.ts';
import { auditTable } from '../../src/features/audit/cards/audit-csv.ts';
import type { AuditEntry } from '../../src/features/audit/store.ts';
import { noFileLinks } from '../../src/platform/files.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { aReader, hostile, hour, now } from './a-fleet.ts';

type Picture = readonly [name: string, card: Card];

const grant = (changes: Partial<Grant> = {}): Grant => ({
  tenantId: 'tenant-1',
  personId: 'megan-id',
  personName: 'Megan Bowen',
  role: 'operator',
  by: { id: 'alex-id', name: 'Alex Wilber' },
  at: now - hour,
  ...changes,
});

const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  account: 'default',
  tenantId: 'tenant-1',
  conversationKey: 'a:chat',
  personId: 'megan-id',
  personName: 'Megan Bowen',
  at: now - hour,
  action: 'agent.rename',
  agentId: 'agent-lax-12',
  agentName: 'LAX-12',
  result: 'done',
  before: 'LAX-12',
  after: 'LAX Reception',
  correlationId: 'c-1',
  ...changes,
});

const page = { since: now - 168 * hour, skip: 0, pageSize: 10, older: false, ownOnly: false };
const change = { id: 'megan-id', before: 'viewer', after: 'operator', by: 'Alex Wilber' } as const;

const auditCsv = (model: Parameters<typeof auditTable>[0]): Promise<Card> =>
  csvCard({ files: noFileLinks }, auditTable(model, aReader()));

export const peopleGallery: readonly Picture[] = [
  [
    'roles.some',
    rolesCard(
      {
        grants: [grant(), grant({ personName: '', personId: 'adele-id' })],
        admins: ['alex-id'],
        defaultRole: 'viewer',
      },
      aReader(),
    ),
  ],
  ['roles.none', rolesCard({ grants: [], admins: [], defaultRole: 'none' }, aReader())],
  [
    'roles.hostile',
    rolesCard(
      {
        grants: Array.from({ length: 70 }, () =>
          grant({ personName: hostile, personId: hostile, by: { id: 'x', name: hostile } }),
        ),
        admins: [hostile],
        defaultRole: 'viewer',
      },
      aReader(),
    ),
  ],
  ['role-changed.named', roleChangedCard({ ...change, name: 'Megan Bowen' }, aReader())],
  ['role-changed.by-id', roleChangedCard({ ...change, name: '' }, aReader())],
  ['role-changed.same', roleChangedCard({ ...change, name: '', after: 'viewer' }, aReader())],
  [
    'role-changed.hostile',
    roleChangedCard({ ...change, name: hostile, id: hostile, by: hostile }, aReader()),
  ],
  ['audit.none', auditCard({ ...page, entries: [] }, aReader())],
  [
    'audit.own',
    auditCard({ ...page, entries: [entry()], ownOnly: true }, aReader({ role: 'viewer' })),
  ],
  [
    'audit.middle-page',
    auditCard(
      {
        ...page,
        skip: 10,
        older: true,
        about: 'agent-lax-12',
        entries: [entry(), entry({ result: 'not-allowed', detail: 'Renaming needs operator' })],
      },
      aReader(),
    ),
  ],
  ['audit.csv', await auditCsv({ ...page, entries: [entry(), entry()] })],
  [
    'audit.csv-hostile',
    await auditCsv({
      ...page,
      ownOnly: true,
      about: 'agent-lax-12',
      entries: Array.from({ length: 500 }, () =>
        entry({ personName: hostile, agentName: hostile, before: hostile, after: hostile }),
      ),
    }),
  ],
  [
    'audit.hostile',
    auditCard(
      {
        ...page,
        entries: Array.from({ length: 10 }, () =>
          entry({
            personName: hostile,
            action: hostile,
            agentName: hostile,
            before: hostile,
            after: hostile,
            detail: hostile,
            result: hostile,
          }),
        ),
      },
      aReader(),
    ),
  ],
];
