import { greetingCard } from '../../src/chat/cards/greeting.ts';
import { type CommandHelp, helpCard } from '../../src/chat/cards/help.ts';
import { interimCard } from '../../src/chat/cards/waiting.ts';
import { welcomeCard } from '../../src/chat/cards/welcome.ts';
import { whoamiCard } from '../../src/features/access/cards/whoami.ts';
import { changeLine } from '../../src/features/changes/cards/change-line.ts';
import { createCard } from '../../src/features/changes/cards/create.ts';
import { createdCard } from '../../src/features/changes/cards/created.ts';
import { deleteCard } from '../../src/features/changes/cards/delete.ts';
import { removedCard } from '../../src/features/changes/cards/deleted.ts';
import { renameCard } from '../../src/features/changes/cards/rename.ts';
import type { ChangeResult } from '../../src/features/changes/domain/change.ts';
import { type AgentModel, agentCard } from '../../src/features/fleet/cards/agent.ts';
import { fleetCard } from '../../src/features/fleet/cards/agent-list.ts';
import { fieldsCard } from '../../src/features/fleet/cards/fields.ts';
import { inventoryCard } from '../../src/features/fleet/cards/inventory.ts';
import { savedFiltersCard } from '../../src/features/fleet/cards/saved-filters.ts';
import { countStatuses } from '../../src/features/fleet/domain/agent-view.ts';
import type { FleetPage } from '../../src/features/fleet/domain/list.ts';
import type { SavedFilter } from '../../src/features/fleet/store.ts';
import { AppError, type ErrorCode, type ErrorDetail } from '../../src/platform/errors.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { optional } from '../../src/shared/optional.ts';
import { errorCard } from '../../src/ui/error.ts';
import { sentences } from '../../src/ui/explanations/codes.ts';
import { tableCard } from '../../src/ui/table.ts';
import { whichCard } from '../../src/ui/which.ts';
import {
  anAgent,
  aReader,
  aReading,
  aTarget,
  aView,
  hostile,
  hour,
  lax12,
  minute,
  now,
  tenAgents,
} from './a-fleet.ts';
import { accountGallery } from './account-gallery.ts';

import { bulkPictures } from './bulk-gallery.ts';
import { carePictures } from './care-gallery.ts';
import { connectionGallery } from './connection-gallery.ts';
import { historyPictures } from './history-gallery.ts';
import { hoursPictures } from './hours-gallery.ts';
import { inventories } from './inventory-gallery.ts';
import { linksGallery } from './links-gallery.ts';
import { noticeGallery } from './notice-gallery.ts';
import { peopleGallery } from './people-gallery.ts';
import { plainWords } from './plain-words-gallery.ts';
import { schedulePictures } from './schedules-gallery.ts';
import { suppressedPictures } from './suppressed-gallery.ts';
import { watchGallery } from './watch-gallery.ts';
import { whyGallery } from './why-gallery.ts';

const changed = (done: ChangeResult): NonNullable<AgentModel['change']> => ({
  line: changeLine(done, aReader()),
  ...optional('undo', done.undo),
});

const aSavedFilter = (name: string, filter: string): SavedFilter => ({
  account: 'default',
  conversationKey: 'a:chat',
  id: `filter-${name}`,
  name,
  filter,
  by: { id: 'alex-id', name: 'Alex Wilber' },
  at: now - hour,
});

/** `<card>.<state>` and the card. */
type Picture = readonly [name: string, card: Card];

const fleet = (changes: Partial<FleetPage> = {}, reader: Partial<Reader> = {}): Card =>
  fleetCard(
    {
      agents: tenAgents,
      counts: { poor: 2, fair: 2, offline: 3, never: 1, unknown: 2, paused: 0, good: 30 },
      matching: 40,
      page: 1,
      pages: 4,
      place: { filter: '', page: 1 },
      takenAt: now - 2000,
      skipped: 0,
      ...changes,
    },
    aReader(reader),
  );

const none = countStatuses([]);

const fleets: readonly Picture[] = [
  ['fleet.first-page', fleet()],
  ['fleet.middle-page', fleet({ page: 2, place: { filter: 'field.Site:Boise', page: 2 } })],
  ['fleet.last-page', fleet({ agents: tenAgents.slice(0, 3), matching: 33, page: 4 })],
  ['fleet.single-page', fleet({ matching: 10, pages: 1, counts: countStatuses(tenAgents) })],
  [
    'fleet.one-agent',
    fleet({ agents: tenAgents.slice(0, 1), matching: 1, pages: 1, counts: { ...none, poor: 1 } }),
  ],
  [
    'fleet.filtered-viewer',
    fleet({ page: 2, place: { filter: 'is:poor', page: 2 } }, { role: 'viewer' }),
  ],
  ['fleet.old', fleet({ takenAt: now - 25_000 })],
  ['fleet.skipped', fleet({ skipped: 2 })],
  [
    'fleet.nothing-matches',
    fleet({
      agents: [],
      counts: none,
      matching: 0,
      pages: 1,
      place: { filter: 'is:poor oslo', page: 1 },
    }),
  ],
  ['fleet.nothing-there', fleet({ agents: [], counts: none, matching: 0, pages: 1 })],
  ['fleet.channel', fleet({}, { kind: 'channel', role: 'viewer' })],
  [
    'fleet.us-english',
    fleet({ takenAt: now - 25_000 }, { locale: 'en-US', timeZone: 'America/Boise' }),
  ],
  [
    'fleet.hostile',
    fleet({
      agents: [
        aView({
          agent: { id: 'agent-x', name: hostile, customFields: [{ name: 'Site', value: hostile }] },
          targets: [aTarget(hostile, aReading('poor', 3))],
        }),
      ],
      matching: 1,
      pages: 1,
      place: { filter: hostile, page: 1 },
    }),
  ],
];

const agent = (model: Partial<AgentModel> = {}, reader: Partial<Reader> = {}): Card =>
  agentCard({ view: lax12(), ...model }, aReader(reader));

const list = { filter: 'is:poor', page: 2 };
const by = { by: 'Alex Wilber', at: now - 90_000 };
const dones: Readonly<Record<string, ChangeResult>> = {
  paused: { ...by, what: 'paused', sessions: ['crm'], all: false, undo: 'change-1' },
  'paused-all': {
    ...by,
    what: 'paused',
    sessions: ['crm', 'vpn', 'router'],
    all: true,
    undo: 'change-1',
  },
  resumed: {
    ...by,
    what: 'resumed',
    sessions: ['crm', 'vpn', 'git', 'mail', 'dns'],
    all: false,
    undo: 'change-1',
  },
  renamed: { ...by, what: 'renamed', before: 'LAX-11', after: 'LAX-12', undo: 'change-1' },
  reconnected: { ...by, what: 'reconnected' },
  'taken-back': { ...by, what: 'taken-back', of: 'rename' },
};

const manyTargets = Array.from({ length: 21 }, (_, index) =>
  aTarget(`host-${String(index + 1).padStart(2, '0')}`, aReading('good', 80 + index / 2)),
);

/** A day in steps of an hour: crm falls at its end. */
const trend: NonNullable<AgentModel['trend']> = ['crm', 'vpn', 'mail', 'dns'].map((name, line) => ({
  session: `session-${name}`,
  name,
  points: Array.from({ length: 30 }, (_, index) => ({
    at: now - (29 - index) * hour,
    score: index > 26 && line === 0 ? 92 - (index - 26) * 17 : 92 - line * 6 - (index % 4),
  })),
}));

const agents: readonly Picture[] = [
  ['agent.poor', agent()],
  ['agent.viewer', agent({}, { role: 'viewer' })],
  ['agent.admin', agent({}, { role: 'admin' })],
  ['agent.channel', agent({}, { role: 'viewer', kind: 'channel' })],
  ['agent.from-list', agent({ list }, { role: 'admin' })],
  ['agent.fair', agent({ view: aView({ targets: [aTarget('vpn', aReading('fair', 67))] }) })],
  [
    'agent.good',
    agent({
      view: aView({
        agent: { wifi: false, network: {} },
        targets: [aTarget('crm', aReading('good', 96)), aTarget('git', aReading('good', 99))],
      }),
    }),
  ],
  [
    'agent.offline',
    agent({
      view: aView({
        agent: { online: false, lastSeen: now - 3 * hour },
        targets: [aTarget('crm', aReading('good', 90, { measuredAt: now - 3 * hour }))],
      }),
    }),
  ],
  [
    'agent.never',
    agent({
      view: aView({
        agent: {
          online: false,
          lastSeen: 'never',
          platform: 'NotSpecified',
          configured: false,
          openSessions: 0,
          totalSessions: 0,
        },
      }),
    }),
  ],
  [
    'agent.lobby',
    agent({
      view: aView({
        agent: { autoApprove: false },
        targets: [aTarget('crm', aReading('good', 96))],
      }),
    }),
  ],
  [
    'agent.stale',
    agent({
      view: aView({
        targets: [
          aTarget(
            'crm',
            aReading('poor', 41, { measuredAt: now - 25 * minute }),
            aReading('fair', 60, { definitionId: 'voice', measuredAt: now - 25 * minute }),
          ),
        ],
      }),
    }),
  ],
  [
    'agent.one-definition-behind',
    agent({
      view: aView({
        targets: [
          aTarget(
            'crm',
            aReading('good', 96),
            aReading('poor', 12, { definitionId: 'voice', measuredAt: now - 2 * hour }),
            aReading('fair', 70, { definitionId: 'nobody-named-it' }),
          ),
        ],
      }),
    }),
  ],
  [
    'agent.unknown',
    agent({
      view: lax12({
        targets: [],
        seen: [{ id: 'session-crm', name: 'crm', address: 'crm.example.com' }],
      }),
    }),
  ],
  ['agent.paused', agent({ view: lax12({ targets: [] }) })],
  [
    'agent.paused-listed',
    agent({
      view: aView({
        listed: [
          { id: 's', agentId: 'agent-lax-12', name: 'crm', address: '10.0.0.1', state: 'paused' },
        ],
      }),
    }),
  ],
  ['agent.trend', agent({ trend, resumes: new Map([['session-router', now + 2 * hour]]) })],
  ['agent.trend-crowded', agent({ trend, list }, { role: 'admin' })],
  [
    'agent.trend-hostile',
    agent({ trend: trend.slice(0, 1).map((line) => ({ ...line, name: hostile })) }),
  ],
  ['agent.trend-of-nothing', agent({ trend: [{ session: 's', name: 'crm', points: [] }] })],
  [
    'agent.resumes-all',
    agent({
      view: lax12({
        targets: [],
        seen: [
          { id: 'session-crm', name: 'crm', address: 'crm.example.com' },
          {
            id: 'session-router',
            name: 'router',
            address: '192.168.0.1',
            pausedBy: { name: 'Alex Wilber', at: now - minute },
          },
        ],
      }),
      resumes: new Map([
        ['', now + 2 * hour],
        ['session-router', now + 20 * hour],
      ]),
    }),
  ],
  ['agent.no-targets', agent({ view: aView({}) })],
  ['agent.many-targets', agent({ view: aView({ targets: manyTargets }) })],
  [
    'agent.template',
    agent(
      {
        view: aView({
          agent: {
            template: true,
            online: false,
            lastSeen: 'never',
            name: 'Laptop',
            platform: 'NotSpecified',
          },
        }),
      },
      { role: 'admin' },
    ),
  ],
  [
    'agent.deleted',
    agent(
      { view: aView({ agent: { deleted: true, deletedAt: now - 48 * hour, online: false } }) },
      { role: 'admin' },
    ),
  ],
  ['agent.warning', agent({ warning: 'The list of targets could not be read just now.' })],
  [
    'agent.bare',
    agent({
      view: aView({ agent: { name: '', customFields: [], network: {}, platform: 'NotSpecified' } }),
    }),
  ],
  [
    'agent.hostile',
    agent({
      view: aView({
        agent: {
          name: hostile,
          platform: hostile,
          notes: hostile,
          machineName: hostile,
          customFields: [
            { name: 'Site', value: hostile },
            { name: hostile, value: hostile },
          ],
        },
        targets: [{ ...aTarget(hostile, aReading('poor', 3)), sessionId: 's', address: hostile }],
      }),
      change: changed({
        by: hostile,
        at: now,
        what: 'renamed',
        before: hostile,
        after: hostile,
        undo: 'c',
      }),
      warning: hostile,
    }),
  ],
  ...Object.entries(dones).map(
    ([name, done]): Picture => [`agent.done-${name}`, agent({ change: changed(done) })],
  ),
];

const forms: readonly Picture[] = [
  ['rename.empty', renameCard({ agentId: 'agent-lax-12', name: 'LAX-12' }, aReader())],
  [
    'rename.problem',
    renameCard(
      {
        agentId: 'agent-lax-12',
        name: 'LAX-12',
        value: 'BER-1',
        problem: 'Another agent is called BER-1.',
        list,
      },
      aReader(),
    ),
  ],
  ['rename.hostile', renameCard({ agentId: 'agent-lax-12', name: hostile }, aReader())],
  ['create.empty', createCard({ token: 'token-1', traced: [] }, aReader({ role: 'admin' }))],
  [
    'create.filled',
    createCard(
      {
        token: 'token-2',
        traced: [
          { address: 'crm.example.com', name: 'CRM', agents: 12 },
          { address: '10.0.0.1', name: '10.0.0.1', agents: 3 },
          { address: 'evil.example', name: hostile, agents: 1 },
        ],
        values: {
          known: '10.0.0.1',
          name: 'LAX-13',
          kind: 'template',
          target1: 'crm.example.com CRM',
          target2: '192.168.0.1 Router',
          seconds2: 'often',
          configuration2: 'c-7',
        },
        problem:
          'The time between samples of target 2 must be a number of seconds from 0.1 to 3,600.',
      },
      aReader({ role: 'admin' }),
    ),
  ],
  [
    'delete.online',
    deleteCard(
      { view: lax12(), token: 'token-1', expiresAt: now + 10 * minute },
      aReader({ role: 'admin' }),
    ),
  ],
  [
    'delete.offline',
    deleteCard(
      {
        view: aView({ agent: { online: false, lastSeen: now - 3 * hour, openSessions: 1 } }),
        token: 'token-1',
        expiresAt: now + 10 * minute,
        problem: 'It went offline meanwhile, so nothing was deleted.',
        list,
      },
      aReader({ role: 'admin' }),
    ),
  ],
  [
    'delete.template',
    deleteCard(
      {
        view: aView({ agent: { template: true, online: false, name: 'Laptop' } }),
        token: 'token-1',
        expiresAt: now + 10 * minute,
      },
      aReader({ role: 'admin' }),
    ),
  ],
  [
    'delete.hostile',
    deleteCard(
      { view: aView({ agent: { name: hostile } }), token: 'token-1', expiresAt: now },
      aReader(),
    ),
  ],
];

const created = (reader: Partial<Reader>, downloadUrl: string): Card =>
  createdCard(
    {
      agent: { id: 'agent-lax-13', name: 'LAX-13', template: false, downloadUrl },
      targets: 2,
      ...by,
    },
    aReader(reader),
  );

const answers: readonly Picture[] = [
  ['removed.plain', removedCard({ name: 'LAX-12', uninstall: false, ...by }, aReader())],
  ['removed.uninstalled', removedCard({ name: 'LAX-12', uninstall: true, ...by, list }, aReader())],
  ['created.admin', created({ role: 'admin' }, 'https://download.example.com/agent')],
  [
    'created.channel',
    created({ role: 'admin', kind: 'channel' }, 'https://download.example.com/agent'),
  ],
  ['created.no-https', created({ role: 'admin' }, 'javascript:alert(1)')],
  [
    'created.template',
    createdCard(
      { agent: { id: 't', name: 'Laptop', template: true }, targets: 0, ...by },
      aReader(),
    ),
  ],
  [
    'which.agents',
    whichCard(
      {
        question: 'Which agent is “lax”?',
        choices: [
          {
            title: 'LAX-07',
            subtitle: 'Poor 48 · Los Angeles',
            verb: 'agent.show',
            data: { agent: 'a7' },
          },
          { title: 'LAX-12', subtitle: '', verb: 'agent.show', data: { agent: 'a12' } },
        ],
        more: 3,
      },
      aReader(),
    ),
  ],
  [
    'which.rename',
    whichCard(
      {
        question: `Rename which “${hostile}”?`,
        choices: [
          { title: hostile, subtitle: hostile, verb: 'agent.rename', data: { agent: 'a7' } },
        ],
        more: 0,
        input: { id: 'name', label: 'New name', value: '${x} <b>' },
      },
      aReader(),
    ),
  ],
];

const isCode = (text: string): text is ErrorCode => text in sentences;

const details: Partial<Record<ErrorCode, ErrorDetail>> = {
  'permission-missing': { permission: 'TargetManagement' },
  'rate-limited': { retryAfterMs: 29_300 },
  'bad-input': { reason: { name: 'filter.needs-text', facts: { typed: hostile } } },
  'not-allowed': {
    reason: { name: 'role.too-low', facts: { what: 'Pausing', needs: 'operator', role: 'viewer' } },
  },
  changed: { reason: { name: 'agent.target-gone', facts: { session: 's', agent: 'a' } } },
};

const errors: readonly Picture[] = [
  ...Object.keys(sentences)
    .filter(isCode)
    .map(
      (code): Picture => [
        `error.${code}`,
        errorCard({ error: new AppError(code, 'for the log', details[code]) }, aReader()),
      ],
    ),
  [
    'error.with-look',
    errorCard(
      {
        error: new AppError('not-confirmed', 'for the log'),
        retry: { verb: 'agent.show', data: { agent: 'a' } },
      },
      aReader(),
    ),
  ],
  [
    'error.with-retry',
    errorCard(
      {
        error: new AppError('timeout', 'for the log'),
        retry: { verb: 'command.run', data: { command: 'fields' } },
      },
      aReader(),
    ),
  ],
];

const commands: readonly CommandHelp[] = [
  {
    name: 'agents',
    group: 'Look',
    usage: 'agents [filter]',
    summary: 'the fleet, worst quality first',
  },
  {
    name: 'agent',
    group: 'Look',
    usage: 'agent <name>',
    summary: 'one agent: state, network, targets',
  },
  { name: 'templates', group: 'Look', usage: 'templates', summary: 'agent templates' },
  {
    name: 'pause',
    group: 'Act',
    usage: 'pause <agent> [/ <target>]',
    summary: 'pause one target, or all',
  },
  { name: 'resume', group: 'Act', usage: 'resume <agent> [/ <target>]', summary: 'resume' },
  { name: 'rename', group: 'Act', usage: 'rename <agent> to <new name>', summary: 'rename' },
  { name: 'help', group: 'The bot', usage: 'help [command]', summary: 'what the bot can do here' },
  { name: 'whoami', group: 'The bot', usage: 'whoami', summary: 'your id, tenant and role' },
];

const invited = (
  [
    ['See which agents have trouble', 'which agents are bad?', 'Fleet'],
    ['Be told here when one gets bad', 'tell me when an agent goes offline', 'Tell me when…'],
    ['See what is wrong here, and who has it', 'open alerts', 'Alerts'],
    ['Pause, rename or reconnect an agent', 'please pause lax-12 for 2h', 'How to'],
    ['Get a summary at fixed times', 'send a report every day at 8:00', 'Digest'],
    ['See who I take you for', 'what is my role?', 'Who am I'],
  ] as const
).map(([does, said, button], place) => ({
  name: 'help',
  group: 'The bot' as const,
  usage: 'help',
  summary: does,
  details: [],
  role: button === 'Who am I' ? ('none' as const) : ('viewer' as const),
  invitation: { place, does, words: said, button },
}));

const words: readonly Picture[] = [
  ['help.all', helpCard({ commands, invited }, aReader())],
  [
    'help.none',
    helpCard(
      { commands: commands.slice(-2), invited: invited.slice(-1) },
      aReader({ role: 'none' }),
    ),
  ],
  [
    'help.one',
    helpCard(
      {
        commands,
        invited,
        one: {
          name: 'rename',
          group: 'Act',
          usage: 'rename <agent> to <new name>',
          summary: 'Gives an agent another name.',
          details: ['Names with spaces stand in double quotes.', 'undo takes it back.'],
        },
      },
      aReader(),
    ),
  ],
  ['welcome.personal', welcomeCard({ kind: 'personal', invited }, aReader())],
  ['welcome.group', welcomeCard({ kind: 'group', invited }, aReader())],
  [
    'welcome.channel',
    welcomeCard({ kind: 'channel', invited: invited.slice(2), addedBy: 'Megan Bowen' }, aReader()),
  ],
  ...(['none', 'viewer', 'operator', 'admin'] as const).map(
    (role): Picture => [
      `whoami.${role}`,
      whoamiCard(
        {
          name: 'Alex Wilber',
          id: '00000000-0000-0000-0000-0000000000020',
          tenantId: '00000000-0000-0000-0000-0000000000001',
          role,
          guest: false,
        },
        aReader(),
      ),
    ],
  ),
  [
    'whoami.guest',
    whoamiCard(
      { name: hostile, id: '29:1a_b*c', tenantId: 't', role: 'viewer', guest: true },
      aReader(),
    ),
  ],
  ['fields.some', fieldsCard({ names: ['Site', 'Manager', 'Cost centre', hostile] }, aReader())],
  [
    'fields.many',
    fieldsCard({ names: Array.from({ length: 60 }, (_, index) => `Field ${index}`) }, aReader()),
  ],
  ['saved-filters.none', savedFiltersCard({ filters: [] }, aReader())],
  [
    'saved-filters.saved',
    savedFiltersCard(
      {
        filters: [aSavedFilter('boise', 'field.Site:Boise'), aSavedFilter('west', 'name:lax*')],
        done: {
          what: 'saved',
          filter: aSavedFilter('boise', 'field.Site:Boise'),
          before: aSavedFilter('boise', 'boise'),
          matching: 12,
          expanded: true,
          by: 'Alex Wilber',
        },
      },
      aReader(),
    ),
  ],
  [
    'saved-filters.hostile',
    savedFiltersCard(
      {
        filters: Array.from({ length: 25 }, (_, n) =>
          aSavedFilter(`${'x'.repeat(30)}${n}`, hostile.repeat(4).slice(0, 500)),
        ),
        done: { what: 'forgotten', filter: aSavedFilter('x', hostile), by: hostile },
      },
      aReader(),
    ),
  ],
  [
    'table.link',
    tableCard({
      title: 'Agents as CSV',
      about: 'is:poor · 8000 agents',
      download: { url: 'https://bot.example.com/files/a.b.c', bytes: 2_345_678 },
      notes: [],
      actions: [],
    }),
  ],
  ['fields.none', fieldsCard({ names: [] }, aReader())],
  [
    'inventory.templates',
    inventoryCard(
      {
        what: 'templates',
        agents: [anAgent({ id: 't1', name: 'Laptop', template: true, notes: 'for sales' })],
        page: 1,
        pages: 1,
        total: 1,
      },
      aReader(),
    ),
  ],
  [
    'inventory.deleted',
    inventoryCard(
      {
        what: 'deleted',
        agents: [anAgent({ id: 'd1', name: hostile, deleted: true, deletedAt: now - 48 * hour })],
        page: 2,
        pages: 3,
        total: 21,
      },
      aReader(),
    ),
  ],
  [
    'inventory.none',
    inventoryCard({ what: 'deleted', agents: [], page: 1, pages: 1, total: 0 }, aReader()),
  ],
  [
    'greeting.hello',
    greetingCard({ understood: true, invited, commands: [], agents: [] }, aReader()),
  ],
  [
    'greeting.missed',
    greetingCard(
      {
        understood: false,
        invited,
        said: 'agnets',
        commands: commands.slice(0, 1),
        agents: [{ id: 'agent-lax-12', name: 'LAX-12' }],
      },
      aReader(),
    ),
  ],
  [
    'greeting.hostile',
    greetingCard(
      {
        understood: false,
        invited,
        said: hostile,
        commands: [],
        agents: [{ id: 'x', name: hostile }],
      },
      aReader(),
    ),
  ],
  [
    'greeting.lost',
    greetingCard({ understood: false, invited, commands: [], agents: [] }, aReader()),
  ],
  ...plainWords,
  ...whyGallery,
  ['interim.plain', interimCard({}, aReader())],
  ['interim.what', interimCard({ what: 'pausing LAX-12' }, aReader())],
];

/** Every card in every state. */
export const gallery: readonly Picture[] = [
  ...fleets,
  ...inventories,
  ...agents,
  ...forms,
  ...answers,
  ...errors,
  ...words,
  ...historyPictures,
  ...noticeGallery,
  ...carePictures,
  ...bulkPictures,
  ...watchGallery,
  ...suppressedPictures,
  ...hoursPictures,
  ...schedulePictures,
  ...peopleGallery,
  ...linksGallery,
  ...connectionGallery,
  ...accountGallery,
];
