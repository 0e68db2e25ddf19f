import { csvCard } from '../../src/chat/table.ts';
import { alertCard } from '../../src/features/alerting/cards/alert.ts';
import { alertsTable } from '../../src/features/alerting/cards/alerts-csv.ts';
import { groupCard } from '../../src/features/alerting/cards/group.ts';
import { noteFormCard } from '../../src/features/alerting/cards/note-form.ts';
import { type ReminderModel, reminderCard } from '../../src/features/alerting/cards/reminder.ts';
import type { AlertView, GroupView } from '../../src/features/alerting/domain/alert-view.ts';
import { digestCard } from '../../src/features/digest/cards/digest.ts';
import { watchFormCard } from '../../src/features/watches/cards/watch-form.ts';
import { noFileLinks } from '../../src/platform/files.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { aReader, hostile, hour, minute, now } from './a-fleet.ts';
import { anOfflineAgent, aPoorTarget, aSite, aWatch } from './a-problem.ts';
import { anEmptyDigest } from './an-empty-digest.ts';

type Picture = readonly [name: string, card: Card];

const alert: AlertView = {
  id: 'alert-7',
  number: 7,
  agentId: 'agent-lax-12',
  detail: aPoorTarget(),
  notes: [],
  watches: [aWatch()],
};
const group: GroupView = {
  id: 'group-1',
  title: '13 agents at Boise are Poor or offline',
  members: aSite,
  total: 14,
  open: 13,
  since: now - 14 * minute,
  watches: [aWatch()],
};
const by = (minutes: number, name = 'Alex Wilber') => ({ by: name, at: now - minutes * minute });
const notes = [
  { ...by(12), text: '4h', act: 'ack' },
  { ...by(11), text: 'ISP ticket 4711 is open' },
  { ...by(8), text: '', act: 'unack' },
  { ...by(7), text: 'Megan Bowen', act: 'assign' },
  { ...by(6, 'Megan Bowen'), text: '1m', act: 'ack' },
  { ...by(5, 'Megan Bowen'), text: '', act: 'ack-ended' },
] as const;

const reminder = (model: Partial<ReminderModel> = {}): Card =>
  reminderCard(
    {
      about: { kind: 'alert', alert },
      what: { kind: 'remind', number: 2 },
      who: { mentioned: { id: 'megan-id', name: 'Megan Bowen' } },
      ...model,
    },
    aReader(),
  );

const nobody = (
  unmentioned: Extract<ReminderModel['who'], { unmentioned: unknown }>['unmentioned'],
) => reminder({ what: { kind: 'escalate' }, who: { unmentioned } });

const alertsCsv = (model: Parameters<typeof alertsTable>[0]): Promise<Card> =>
  csvCard({ files: noFileLinks }, alertsTable(model));

export const carePictures: readonly Picture[] = [
  ['reminder.alert', reminder()],
  ['reminder.group', reminder({ about: { kind: 'group', group } })],
  [
    'reminder.group-in-part',
    reminder({
      about: { kind: 'group', group: { ...group, acked: 2 } },
      what: { kind: 'escalate' },
    }),
  ],
  ['reminder.hostile', reminder({ who: { mentioned: { id: 'x', name: hostile } } })],
  ['reminder.escalated', reminder({ what: { kind: 'escalate' } })],
  ['reminder.no-field', nobody({ why: 'no-field', field: 'Manager' })],
  ['reminder.not-here', nobody({ why: 'not-here', field: 'Manager', name: 'boss@contoso.com' })],
  ['reminder.guest', nobody({ why: 'guest', name: 'Pat Guest' })],
  ['reminder.unreadable', nobody({ why: 'unreadable', name: hostile })],
  ['reminder.ack-ended', reminder({ what: { kind: 'ack-ended', until: now - minute } })],
  ['note-form.alert', noteFormCard({ id: 'alert-7', numbers: [7] })],
  ['note-form.group', noteFormCard({ id: 'group-1', numbers: [9, 7, 8] })],
  ['alert.timeline', alertCard({ ...alert, assignedTo: 'Megan Bowen', notes }, aReader())],
  [
    'group.timeline',
    groupCard({ ...group, assignedTo: 'Megan Bowen', notes: notes.slice(0, 4) }, aReader()),
  ],
  [
    'alerts.csv',
    await alertsCsv({
      alerts: [
        {
          ...alert,
          ackedBy: { name: 'Alex, "the" Wilber', at: now, until: now + hour },
          assignedTo: '=SUM(A1)',
        },
        { ...alert, number: 8, detail: anOfflineAgent({ state: 'over' }) },
      ],
      asked: 'unacked csv',
    }),
  ],
  ['alerts.csv-none', await alertsCsv({ alerts: [], asked: 'mine csv' })],
  [
    'alerts.csv-many',
    await alertsCsv({
      alerts: Array.from({ length: 500 }, (_, number) => ({ ...alert, number })),
      asked: 'csv',
    }),
  ],
  [
    'digest.still-open',
    digestCard(
      {
        digest: anEmptyDigest(),
        names: new Map(),
        targets: new Map(),
        schedule: 'daily at 08:00',
        open: Array.from({ length: 7 }, (_, index) => ({
          number: index + 3,
          agentId: `agent-${index}`,
          agentName: `LAX-${index}`,
          shown: { word: 'poor' as const, score: 41 },
          since: now - (80 - index) * hour,
          ...(index % 2 === 0 ? {} : { owner: 'Alex Wilber' }),
        })),
      },
      aReader(),
    ),
  ],
  [
    'watch-form.reminds',
    watchFormCard(
      {
        watch: aWatch({
          remindMs: 15 * minute,
          escalate: { to: { person: { id: 'megan-id', name: 'Megan Bowen' } }, afterMs: hour / 2 },
        }),
      },
      aReader(),
    ),
  ],
];
