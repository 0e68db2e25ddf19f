import { alertCard } from '../../src/features/alerting/cards/alert.ts';
import { groupCard } from '../../src/features/alerting/cards/group.ts';
import type { AlertDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { type AlertView, viewGroup } from '../../src/features/alerting/domain/alert-view.ts';
import {
  type HoursModel,
  type HoursOfManyModel,
  hoursCard,
  hoursOfManyCard,
} from '../../src/features/silence/cards/hours.ts';
import type { HourWeek } from '../../src/features/silence/domain/hours.ts';
import { watchMadeCard } from '../../src/features/watches/cards/watch-made.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { aReader, hostile, hour, minute, now, tenAgents } from './a-fleet.ts';
import { anOfflineAgent, aWatch } from './a-problem.ts';

type Picture = readonly [name: string, card: Card];

const office: HourWeek = Uint8Array.from({ length: 168 }, (_, index) =>
  index < 5 * 24 && index % 24 >= 8 && index % 24 < 17 ? 1 : 0,
);
const alex = { id: 'alex-id', name: 'Alex Wilber' };

const one = (changes: Partial<HoursModel> = {}, reader: Partial<Reader> = {}): Card =>
  hoursCard(
    {
      agent: { id: 'agent-ann', name: 'ANN-LAPTOP' },
      learned: { kind: 'hours', week: office, days: 28 },
      timeZone: 'Europe/Berlin',
      changed: false,
      ...changes,
    },
    aReader(reader),
  );

const set = {
  agentId: 'agent-ann',
  by: alex,
  at: now - 3 * hour,
  hours: {
    kind: 'ranges',
    ranges: [
      { days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' },
      { days: [6], from: '09:00', to: '00:00' },
    ],
    timeZone: 'Europe/Berlin',
  },
} as const;

const many = (changes: Partial<HoursOfManyModel> = {}): Card =>
  hoursOfManyCard(
    {
      filter: 'field.Site:Boise',
      names: Array.from({ length: 14 }, (_, index) => `BOI-Desk-${index}`),
      set: 2,
      learned: 9,
      neverPauses: 1,
      notYet: 2,
      ...changes,
    },
    aReader(),
  );

const didNotCome = (isSet: boolean, agentName = 'ANN-LAPTOP'): AlertDetail => {
  const detail = anOfflineAgent({ agentName, since: now - 16 * hour });
  return {
    ...detail,
    rows: detail.rows.map((row) => ({
      ...row,
      missing: { from: now - 45 * minute, isSet },
    })),
  };
};

const anAlert = (number: number, detail: AlertDetail): AlertView => ({
  id: `alert-${number}`,
  number,
  agentId: `agent-${number}`,
  detail,
  notes: [],
  watches: [aWatch()],
});

const alert = (isSet: boolean): Card => alertCard(anAlert(7, didNotCome(isSet)), aReader());

const madeFor = (hoursKnown: number): Card =>
  watchMadeCard(
    { watch: aWatch(), matching: 14, agents: tenAgents, changed: false, hoursKnown },
    aReader(),
  );

export const hoursPictures: readonly Picture[] = [
  ['hours.learned', one()],
  ['hours.learned-viewer', one({}, { role: 'viewer' })],
  ['hours.no-usual', one({ learned: { kind: 'hours', week: new Uint8Array(168), days: 28 } })],
  ['hours.not-yet', one({ learned: { kind: 'not-yet', days: 3 } })],
  ['hours.never-pauses', one({ learned: { kind: 'never-pauses' } })],
  ['hours.set', one({ set, changed: true })],
  ['hours.always', one({ set: { ...set, hours: { kind: 'always' } } })],
  ['hours.learned-again', one({ changed: true, learned: { kind: 'not-yet', days: 0 } })],
  [
    'hours.hostile',
    one({
      agent: { id: 'x', name: hostile },
      set: { ...set, by: { id: 'x', name: hostile } },
      timeZone: hostile,
    }),
  ],
  ['hours-of-many.shown', many()],
  [
    'hours-of-many.set',
    many({ changed: set.hours, set: 14, learned: 0, neverPauses: 0, notYet: 0 }),
  ],
  [
    'hours-of-many.always',
    many({
      changed: { kind: 'always' },
      names: ['LAX-12'],
      set: 1,
      learned: 0,
      neverPauses: 0,
      notYet: 0,
    }),
  ],
  ['hours-of-many.learn', many({ changed: 'learn', set: 0 })],
  ['hours-of-many.hostile', many({ filter: hostile, names: [hostile] })],
  ['alert.did-not-come', alert(false)],
  ['alert.did-not-come-set', alert(true)],
  [
    'group.did-not-come',
    groupCard(
      viewGroup(
        'group-1',
        ['ANN-LAPTOP', 'BOB-LAPTOP', 'CEM-LAPTOP', 'DEE-LAPTOP'].map((name, index) =>
          anAlert(7 + index, didNotCome(false, name)),
        ),
      ),
      aReader(),
    ),
  ],
  ['watch-made.hours-unknown', madeFor(0)],
  ['watch-made.hours-of-some', madeFor(9)],
  ['watch-made.hours-known', madeFor(14)],
];
