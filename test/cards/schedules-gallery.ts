import { scheduleMadeCard } from '../../src/features/schedules/cards/schedule-made.ts';
import { scheduleRunCard } from '../../src/features/schedules/cards/schedule-run.ts';
import {
  type SchedulesModel,
  schedulesCard,
} from '../../src/features/schedules/cards/schedules.ts';
import type { Schedule } from '../../src/features/schedules/domain/schedule.ts';
import { windowAt } from '../../src/features/schedules/domain/times.ts';
import type { SchedulePayload } from '../../src/features/schedules/notices.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { aReader, hostile, hour, minute, now } from './a-fleet.ts';

type Picture = readonly [name: string, card: Card];

const nights = { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00', timeZone: 'UTC' };
const around = { days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '14:00', timeZone: 'UTC' };

const aSchedule = (changes: Partial<Schedule> = {}): Schedule => ({
  account: 'default',
  conversationKey: '19:ops',
  id: 'schedule-1',
  number: 1,
  subject: { filter: 'field.Site:Boise' },
  times: nights,
  by: { id: 'alex-id', name: 'Alex Wilber' },
  createdAt: now - 48 * hour,
  phase: 'waiting',
  dueAt: windowAt(nights, now).from,
  ...changes,
});

const open = aSchedule({
  id: 'schedule-2',
  number: 2,
  subject: { agent: 'lax-12', name: 'LAX-12' },
  times: around,
  phase: 'paused',
  window: windowAt(around, now),
  dueAt: windowAt(around, now).until,
});

const list = (changes: Partial<SchedulesModel> = {}, reader: Partial<Reader> = {}): Card =>
  schedulesCard(
    {
      schedules: [
        { schedule: aSchedule(), matching: 14 },
        { schedule: open, paused: 1 },
      ],
      ...changes,
    },
    aReader(reader),
  );

const run = (changes: Partial<SchedulePayload> = {}): Card =>
  scheduleRunCard(
    {
      kind: 'schedule',
      schedule: 'schedule-1',
      number: 1,
      line: 'where field.Site:Boise weekdays 22:00-06:00',
      what: 'paused',
      dueAt: now - 40 * minute,
      at: now,
      until: now + 8 * hour,
      agents: 14,
      passed: 0,
      failed: [],
      failedCount: 0,
      ...changes,
    },
    aReader(),
  );

export const schedulePictures: readonly Picture[] = [
  ['schedules.here', list()],
  ['schedules.none', list({ schedules: [] })],
  ['schedules.viewer', list({}, { role: 'viewer' })],
  ['schedules.channel', list({}, { kind: 'channel', timeZone: 'Europe/Berlin' })],
  [
    'schedules.skipped',
    list({ schedules: [{ schedule: aSchedule({ skip: aSchedule().dueAt }) }] }),
  ],
  [
    'schedules.agent-gone',
    list({ schedules: [{ schedule: aSchedule({ ...open, trouble: 'agent-gone' }) }] }),
  ],
  [
    'schedules.ended',
    list({
      schedules: [{ schedule: aSchedule(), matching: 14 }],
      ended: { id: 'schedule-2', number: 2, by: 'Alex Wilber', left: 11 },
    }),
  ],
  [
    'schedules.everywhere',
    list({ everywhere: true, schedules: [{ schedule: open, where: 'Ops' }] }),
  ],
  [
    'schedules.many',
    list({
      schedules: Array.from({ length: 20 }, (_, index) => ({
        schedule: aSchedule({ number: index + 1 }),
      })),
    }),
  ],
  [
    'schedules.hostile',
    list({
      schedules: [
        {
          schedule: aSchedule({
            subject: { agent: 'x', name: hostile },
            by: { id: 'x', name: hostile },
          }),
          where: hostile,
        },
        { schedule: aSchedule({ subject: { filter: hostile } }) },
      ],
      done: hostile,
    }),
  ],
  ['schedule-made.filter', scheduleMadeCard({ schedule: aSchedule(), matching: 14 }, aReader())],
  [
    'schedule-made.inside',
    scheduleMadeCard(
      { schedule: { ...open, phase: 'waiting', dueAt: windowAt(around, now).from } },
      aReader(),
    ),
  ],
  ['schedule-run.late', run()],
  ['schedule-run.first', run({ dueAt: now, passed: 3 })],
  [
    'schedule-run.failed',
    run({
      agents: 12,
      failed: [
        { agentId: 'lax-12', name: 'LAX-12', problem: 'permission-missing' },
        { agentId: 'boi-1', name: hostile, problem: 'timeout' },
      ],
      failedCount: 5,
    }),
  ],
  [
    'schedule-run.gone',
    run({
      agents: 0,
      dueAt: now,
      line: 'LAX-12 daily 22:00-06:00',
      failed: [{ agentId: 'lax-12', name: 'LAX-12', problem: 'not-found' }],
      failedCount: 1,
    }),
  ],
  ['schedule-run.resumed-late', run({ what: 'resumed' })],
];
