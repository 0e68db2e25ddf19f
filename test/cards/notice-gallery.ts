import { alertCard } from '../../src/features/alerting/cards/alert.ts';
import {
  earlierAlertCard,
  earlierGroupCard,
  movedAlertCard,
} from '../../src/features/alerting/cards/earlier.ts';
import { groupCard } from '../../src/features/alerting/cards/group.ts';
import { testNoticeCard } from '../../src/features/alerting/cards/test.ts';
import type { AlertDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import type { AlertView, GroupView } from '../../src/features/alerting/domain/alert-view.ts';
import {
  type ForgottenPauses,
  forgottenPausesCard,
} from '../../src/features/changes/cards/forgotten-pauses.ts';
import { type ResumedModel, resumedCard } from '../../src/features/changes/cards/resumed.ts';
import { type DigestModel, digestCard } from '../../src/features/digest/cards/digest.ts';
import type { Digest } from '../../src/features/digest/domain/digest.ts';
import { type OutageModel, outageCard } from '../../src/features/health/cards/outage.ts';
import { limitsRightCard } from '../../src/features/watches/cards/limits-right.ts';
import type { WatchRule } from '../../src/features/watches/domain/watch.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { oneProblem } from '../features/alerting/one-problem.ts';
import { anAgent, aReader, hostile, hour, minute, now } from './a-fleet.ts';
import { aMember, anOfflineAgent, aPoorTarget, aSite, aWatch } from './a-problem.ts';
import { anEmptyDigest } from './an-empty-digest.ts';
import { changesGallery } from './changes-gallery.ts';

type Picture = readonly [name: string, card: Card];

const limited = { quality: 'none', offline: false, limits: { latency: 150, loss: 2 } } as const;
const overItsLimit = aPoorTarget({
  shown: {
    word: 'unknown',
    over: [
      { what: 'latency', value: 182.4, limit: 150 },
      { what: 'loss', value: 4.25, limit: 2 },
    ],
  },
});
const withinAgain: AlertDetail = {
  ...overItsLimit,
  state: 'over',
  endedAt: now,
  rows: overItsLimit.rows.map((row) => ({
    ...row,
    state: 'over',
    was: row.shown,
    shown: { word: 'good', score: 93 },
  })),
};

const worse = { quality: { worseThan: 'usual' }, offline: false } as const;
const worseThanUsual = aPoorTarget({
  shown: { word: 'fair', score: 71, usual: { score: 92, worse: 82 } },
});
const asUsualAgain: AlertDetail = {
  ...worseThanUsual,
  state: 'over',
  endedAt: now,
  rows: worseThanUsual.rows.map((row) => ({
    ...row,
    state: 'over',
    was: row.shown,
    shown: { word: 'good', score: 91 },
  })),
};

const alert = (model: Partial<AlertView> = {}, reader: Partial<Reader> = {}): Card =>
  alertCard(
    {
      id: 'alert-7',
      number: 7,
      agentId: 'agent-lax-12',
      detail: aPoorTarget(),
      notes: [],
      watches: [aWatch()],
      ...model,
    },
    aReader(reader),
  );

const [crm = aPoorTarget().rows[0], mail, self] = [
  ...aPoorTarget().rows,
  ...aPoorTarget({
    target: { name: 'mail' },
    shown: { word: 'fair', score: 66 },
    since: now - 4 * minute,
  }).rows,
  ...anOfflineAgent({ state: 'over', shown: { word: 'online' }, was: { word: 'offline' } }).rows,
];
const rowsOf = [crm, mail, self].flatMap((row, index) =>
  row === undefined ? [] : [{ ...row, sessionId: index === 2 ? '' : `session-${index}` }],
);
const severalTargets = { ...aPoorTarget(), rows: rowsOf, targets: 4 };
const severalTargetsOver: AlertDetail = {
  ...severalTargets,
  state: 'over',
  endedAt: now - minute,
  rows: rowsOf.map((row) => ({
    ...row,
    state: 'over',
    was: row.shown,
    shown: { word: 'good', score: 95 },
  })),
};

const over = {
  state: 'over',
  shown: { word: 'good', score: 91 },
  was: { word: 'poor', score: 41 },
} as const;
const ackedBy = { name: 'Alex Wilber', at: now - 10 * minute };

const anAlert: AlertView = {
  id: 'alert-7',
  number: 7,
  agentId: 'agent-lax-12',
  detail: aPoorTarget(),
  notes: [],
  watches: [aWatch()],
};

const ended: AlertDetail = {
  ...aPoorTarget({
    state: 'over',
    shown: { word: 'good', score: 95 },
    was: { word: 'poor', score: 41.4 },
  }),
  endedAt: now - minute,
};

const alerts: readonly Picture[] = [
  ['alert.poor', alert()],
  ['alert.worse-than-usual', alert({ detail: worseThanUsual, watches: [aWatch(worse)] })],
  ['alert.as-usual-again', alert({ detail: asUsualAgain, watches: [aWatch(worse)] })],
  [
    'alert.worse-though-good',
    alert({
      detail: aPoorTarget({ shown: { word: 'good', score: 84, usual: { score: 98, worse: 88 } } }),
      watches: [aWatch(worse)],
    }),
  ],
  ['alert.viewer', alert({}, { role: 'viewer' })],
  ['alert.group', alert({}, { role: 'viewer', kind: 'group' })],
  ['alert.us-english', alert({}, { locale: 'en-US', timeZone: 'America/Boise' })],
  [
    'alert.no-clear-cause',
    alert({
      detail: {
        ...severalTargets,
        noCause: true,
        justBefore: { what: 'to-wifi', at: now - 9 * minute },
      },
    }),
  ],
  [
    'alert.about-then',
    alert({
      detail: {
        ...anOfflineAgent(),
        justBefore: {
          what: 'address',
          from: '10.0.0.3',
          to: '10.0.0.4',
          at: now - 3 * minute,
          isUnsure: true,
        },
      },
    }),
  ],
  ['alert.acknowledged', alert({ ackedBy })],
  ['alert.was-the-cause-right', alert({ detail: { ...ended, state: 'over' } })],
  ['alert.cause-was-right', alert({ detail: { ...ended, state: 'over' }, verdict: 'right' })],
  ['alert.deleted-with-a-cause', alert({ detail: { ...ended, state: 'gone' } })],
  ['alert.muted', alert({ mutedUntil: now + hour })],
  ['alert.mute-over', alert({ mutedUntil: now - minute })],
  [
    'alert.fair',
    alert({
      detail: aPoorTarget({
        shown: { word: 'fair', score: 67 },
        diagnosis: { likely: 'service', because: ['6 of 7 other agents reach crm badly too'] },
      }),
      watches: [aWatch({ quality: { word: 'fair' } })],
    }),
  ],
  [
    'alert.below',
    alert({
      detail: aPoorTarget({
        shown: { word: 'good', score: 76 },
        diagnosis: { likely: 'machine', because: [] },
      }),
      watches: [aWatch({ quality: { below: 80 }, offline: false, filter: 'field.Site:Boise' })],
    }),
  ],
  [
    'alert.bare',
    alert({
      detail: oneProblem({
        about: 'quality',
        agentName: '',
        state: 'open',
        since: now,
        at: now,
        shown: { word: 'unknown' },
        circumstances: [],
        diagnosis: { likely: 'sunspots', because: ['the sun is high'] },
      }),
      watches: [aWatch({ quality: 'none' })],
    }),
  ],
  ['alert.targets', alert({ detail: severalTargets })],
  ['alert.targets-over', alert({ detail: severalTargetsOver, ackedBy })],
  [
    'alert.cared-for',
    alert({
      detail: severalTargets,
      ackedBy: { ...ackedBy, until: now + hour },
      assignedTo: 'Megan Bowen',
      notes: [{ by: 'Alex Wilber', at: now - 5 * minute, text: 'ISP ticket 4711 is open' }],
      watches: [aWatch(), { ...aWatch({ filter: 'field.Site:LA' }), id: 'watch-5', number: 5 }],
    }),
  ],
  ['alert.unwatched', alert({ detail: { ...aPoorTarget(), state: 'unwatched' } })],
  ['alert.merged', alert({ detail: { ...aPoorTarget(), state: 'merged' } })],
  ['alert.earlier', earlierAlertCard(anAlert, aReader())],
  ['alert.limit', alert({ detail: overItsLimit, watches: [aWatch(limited)] })],
  ['alert.limit-over', alert({ detail: withinAgain, watches: [aWatch(limited)] })],
  ['alert.moved', movedAlertCard(anAlert, { members: aSite }, aReader())],
  ['alert.unsteady', alert({ detail: aPoorTarget({ state: 'unsteady' }) })],
  ['alert.over', alert({ detail: aPoorTarget(over), ackedBy })],
  [
    'alert.back-online',
    alert({
      detail: anOfflineAgent({
        state: 'over',
        shown: { word: 'online' },
        was: { word: 'offline' },
      }),
    }),
  ],
  ['alert.gone', alert({ detail: aPoorTarget({ state: 'gone' }) })],
  ['alert.closed', alert({ detail: aPoorTarget({ state: 'closed' }) })],
  ['alert.watch-ended', alert({ watches: [] })],
  [
    'alert.offline',
    alert({
      detail: anOfflineAgent({
        diagnosis: {
          likely: 'site',
          because: ['4 of 5 other agents behind the same gateway are offline too'],
        },
      }),
    }),
  ],
  ['alert.offline-unsteady', alert({ detail: anOfflineAgent({ state: 'unsteady' }) })],
  ['alert.offline-gone', alert({ detail: anOfflineAgent({ state: 'gone' }) })],
  [
    'alert.away-as-usual',
    alert({
      detail: {
        ...anOfflineAgent({ state: 'over' }),
        state: 'usual',
        rows: anOfflineAgent().rows.map((row) => ({ ...row, state: 'usual' })),
      },
    }),
  ],
  [
    'alert.hostile',
    alert({
      detail: aPoorTarget({
        agentName: hostile,
        target: { name: hostile, address: hostile },
        expected: hostile,
        circumstances: Array.from({ length: 9 }, () => hostile),
        diagnosis: { likely: 'service', because: Array.from({ length: 9 }, () => hostile) },
      }),
      ackedBy: { name: hostile, at: now },
      watches: [{ ...aWatch({ filter: hostile }), madeBy: hostile }],
    }),
  ],
];

const group = (model: Partial<GroupView> = {}, reader: Partial<Reader> = {}): Card =>
  groupCard(
    {
      id: 'group-1',
      title: '13 agents at Boise are Poor, offline or unsteady',
      cause: { kind: 'field', name: 'Site', value: 'Boise', members: 14, of: 15 },
      members: aSite,
      total: 14,
      open: 13,
      since: now - 14 * minute,
      watches: [aWatch()],
      filter: 'field.Site:Boise',
      ...model,
    },
    aReader(reader),
  );

const threeMembers = [
  aMember(7),
  aMember(8, { state: 'fair', shown: { word: 'fair', score: 66 }, target: 'crm' }),
  aMember(9, { state: 'low', shown: { word: 'good', score: 76 }, target: 'crm' }),
  // Its other target is better off, so it has no row of its own.
  aMember(10, { agentId: 'agent-boi-8', state: 'low', shown: { word: 'good', score: 79 } }),
];

const groups: readonly Picture[] = [
  [
    'group.provider',
    group({
      title: '5 agents at 203.0.113.* are Poor',
      cause: { kind: 'prefix', name: '', value: '203.0.113.*', members: 5, of: 6 },
      total: 5,
      open: 5,
    }),
  ],
  ['group.ended-wrong', group({ open: 0, endedAt: now - minute, verdict: 'wrong' })],
  ['group.site', group()],
  [
    'group.strays',
    group({
      title: '5 agents are Poor',
      cause: { kind: 'field', name: 'Site', value: 'Boise', members: 4, of: 5 },
      strays: ['LAX-2'],
      changed: { change: { what: 'vpn-on', at: now - 20 * minute }, until: now - 18 * minute },
      total: 5,
      open: 5,
    }),
  ],
  ['group.viewer', group({}, { role: 'viewer' })],
  ['group.channel', group({}, { role: 'viewer', kind: 'channel' })],
  ['group.acknowledged', group({ ackedBy })],
  ['group.acknowledged-in-part', group({ acked: 2 })],
  ['group.muted', group({ muted: { agents: 13, until: now + 60 * minute } })],
  ['group.muted-in-part', group({ muted: { agents: 3, until: now + 60 * minute } })],
  [
    'group.gateway',
    group({
      title: '3 agents behind 10.4.0.1 are offline, Fair or below the score',
      cause: { kind: 'gateway', name: '', value: '10.4.0.1', members: 3, of: 3 },
      members: threeMembers,
      total: 3,
      open: 3,
    }),
  ],
  [
    'group.target',
    group({
      title: '3 agents → crm are Poor',
      cause: { kind: 'target', name: '', value: 'crm', members: 3, of: 3 },
      members: threeMembers.slice(0, 3),
      total: 3,
      open: 3,
    }),
  ],
  [
    'group.field',
    group({
      title: '3 agents with ISP Contoso are Poor',
      cause: { kind: 'field', name: 'ISP', value: 'Contoso', members: 3, of: 3 },
      members: threeMembers.slice(0, 3),
      total: 3,
      open: 3,
    }),
  ],
  [
    'group.over',
    group({
      title: '14 agents at Boise are fine again',
      members: aSite.map((one) => ({ ...one, state: 'over', shown: { word: 'good', score: 95 } })),
      open: 0,
      endedAt: now - 2 * minute,
      ackedBy,
    }),
  ],
  ['group.earlier', earlierGroupCard({ title: '13 agents at Boise are Poor' })],
  [
    'group.bare',
    groupCard(
      {
        id: 'g',
        title: '3 agents are fine again',
        members: [],
        total: 3,
        open: 0,
        since: now,
        watches: [],
      },
      aReader(),
    ),
  ],
  [
    'group.hostile',
    group({
      title: `3 agents at ${hostile} are offline`,
      cause: { kind: 'field', name: hostile, value: hostile, members: 3, of: 3 },
      members: [aMember(7, { agentName: hostile, target: hostile })],
      total: 3,
      open: 2,
      ackedBy: { name: hostile, at: now },
      watches: [{ ...aWatch({ filter: hostile }), madeBy: hostile }],
    }),
  ],
];

const sight = (model: Partial<OutageModel>): Card =>
  outageCard({ what: 'blind', since: now - 14 * minute, at: now, ...model }, aReader());

const sights: readonly Picture[] = [
  ['sight.blind', sight({ why: 'unreadable' })],
  ['sight.vanished', sight({ why: 'vanished' })],
  ['sight.sighted', sight({ what: 'sighted' })],
  ['sight.accepted', sight({ what: 'sighted', why: 'accepted', lost: 6, before: 7 })],
  ['sight.key-wrong', sight({ what: 'key-wrong' })],
  ['sight.key-accepted', sight({ what: 'key-accepted' })],
];

const resumed = (model: Partial<ResumedModel> = {}, reader: Partial<Reader> = {}): Card =>
  resumedCard(
    {
      agentId: 'agent-lax-12',
      agentName: 'LAX-12',
      targets: [],
      by: 'Alex Wilber',
      dueAt: now - 20_000,
      at: now,
      ...model,
    },
    aReader(reader),
  );

const failed = { failed: 'PingPlotter does not know it any more.' };

const resumes: readonly Picture[] = [
  ['resumed.all', resumed()],
  ['resumed.one', resumed({ targets: ['crm'] })],
  ['resumed.late', resumed({ targets: ['a', 'b', 'c', 'd'], dueAt: now - 3 * hour })],
  ['resumed.failed', resumed(failed)],
  ['resumed.failed-viewer', resumed({ ...failed, dueAt: now - hour }, { role: 'viewer' })],
  ['resumed.failed-one', resumed({ ...failed, targets: ['crm'] })],
  [
    'resumed.hostile',
    resumed({ agentName: hostile, targets: [hostile], by: hostile, failed: hostile }),
  ],
];

const stillPaused = (
  agents: ForgottenPauses['agents'],
  reader: Partial<Reader> = {},
  by = 'Alex Wilber',
): Card => forgottenPausesCard({ by, agents }, aReader(reader));

const onePause = { agent: anAgent(), targets: [], at: now - 25 * hour };

const forgotten: readonly Picture[] = [
  ['forgotten-pause.all', stillPaused([onePause])],
  ['forgotten-pause.viewer', stillPaused([onePause], { role: 'viewer' })],
  [
    'forgotten-pause.targets',
    stillPaused([{ ...onePause, targets: ['crm', 'mail', 'router', 'dns', 'web'] }]),
  ],
  [
    'forgotten-pause.many',
    stillPaused(
      Array.from({ length: 12 }, (_, index) => ({
        agent: anAgent({ id: `agent-${index}`, name: `LAX-${index}` }),
        targets: index % 2 === 0 ? [] : ['crm'],
        at: now - (75 - index) * hour,
      })),
    ),
  ],
  [
    'forgotten-pause.hostile',
    stillPaused(
      [{ ...onePause, agent: anAgent({ name: hostile }), targets: [hostile] }],
      {},
      hostile,
    ),
  ],
];

const test = (rule: Partial<WatchRule>): Card =>
  testNoticeCard({ watch: aWatch(rule), by: 'Alex Wilber' }, aReader());

const tests: readonly Picture[] = [
  ['test.poor', test({})],
  ['test.fair', test({ quality: { word: 'fair' } })],
  ['test.below', test({ quality: { below: 30 } })],
  ['test.below-high', test({ quality: { below: 80 } })],
  ['test.offline', test({ quality: 'none' })],
  [
    'test.hostile',
    testNoticeCard(
      { watch: { ...aWatch({ filter: hostile }), madeBy: hostile }, by: hostile },
      aReader(),
    ),
  ],
];

const mark = (name: string, lastSeen: number | 'never' = now) => ({
  id: `agent-${name.toLowerCase()}`,
  name,
  online: false,
  lastSeen,
  missed: 0,
});

const marks = (count: number) =>
  Array.from({ length: count }, (_, index) => mark(`NEW-${index + 1}`));

const nothing = anEmptyDigest({ nothingChanged: false });

const aDay: Digest = {
  ...nothing,
  worst: [
    {
      agent: 'agent-lax-12',
      session: 'session-crm',
      poorMs: 3.7 * hour,
      fairMs: 40 * minute,
      measuredMs: 23 * hour,
      lowestScore: 12.4,
    },
    {
      agent: 'agent-boi-3',
      session: 'session-mail',
      poorMs: 0,
      fairMs: 2 * hour,
      measuredMs: 24 * hour,
    },
  ],
  came: [mark('LAX-13')],
  gone: [mark('OLD-1'), mark('OLD-2')],
  neverConnected: [mark('OSL-Spare', 'never')],
  longOffline: [mark('BER-Office', now - 12 * 24 * hour)],
  forgottenPauses: [
    {
      agent: 'agent-lax-12',
      session: 'session-router',
      name: 'router',
      by: 'Alex Wilber',
      at: now - 72 * hour,
    },
  ],
};

const digest = (changes: Partial<DigestModel> = {}): Card =>
  digestCard(
    {
      digest: aDay,
      names: new Map([
        ['agent-lax-12', 'LAX-12'],
        ['agent-boi-3', 'BOI-Desk-03'],
      ]),
      targets: new Map([
        ['session-crm', 'crm'],
        ['session-mail', 'mail'],
      ]),
      schedule: 'daily at 08:00',
      ...changes,
    },
    aReader(),
  );

const digests: readonly Picture[] = [
  ['digest.day', digest()],
  ['digest.now', digestCard({ digest: nothing, names: new Map(), targets: new Map() }, aReader())],
  ['digest.nothing-changed', digest({ digest: { ...nothing, nothingChanged: true } })],
  [
    'digest.still',
    digest({
      digest: { ...nothing, nothingChanged: true, longOffline: aDay.longOffline },
      schedule: 'weekly mon at 08:00',
    }),
  ],
  [
    'digest.week',
    digest({
      schedule: 'weekly mon at 08:00',
      weeks: {
        until: now - 2 * hour,
        now: { poorShare: 0.0312, mean: 86.44 },
        before: { poorShare: 0.0004, mean: 91.02 },
        movers: [
          { agent: 'agent-lax-12', session: 'session-crm', before: 92, now: 61.4 },
          { agent: 'agent-boi-3', session: 'session-mail', before: 88, now: 79 },
          { agent: 'agent-gone', session: 'session-gone', before: 88, now: 79 },
        ],
      },
    }),
  ],
  [
    'digest.first-week',
    digest({ schedule: 'weekly mon at 08:00', weeks: { since: now - 100 * hour } }),
  ],
  [
    'digest.many',
    digest({
      digest: {
        ...aDay,
        worst: Array.from({ length: 30 }, (_, index) => ({
          agent: `agent-${index}`,
          session: `session-${index}`,
          poorMs: (60 - index) * minute,
          fairMs: index * minute,
          measuredMs: 2 * hour,
          lowestScore: index,
        })),
        came: marks(12),
        gone: marks(12),
        neverConnected: marks(12),
        longOffline: marks(12),
        forgottenPauses: Array.from({ length: 12 }, (_, index) => ({
          agent: `agent-${index}`,
          session: `session-${index}`,
          name: `host-${index}`,
          by: 'Alex Wilber',
          at: now - 72 * hour,
        })),
      },
      names: new Map(Array.from({ length: 30 }, (_, index) => [`agent-${index}`, `LAX-${index}`])),
    }),
  ],
  [
    'digest.hostile',
    digest({
      digest: {
        ...aDay,
        came: [mark(hostile)].map((one) => ({ ...one, id: 'agent-x' })),
        gone: [{ ...mark(hostile), id: 'agent-y' }],
        forgottenPauses: [
          { agent: 'agent-lax-12', session: 's', name: hostile, by: hostile, at: 0 },
        ],
      },
      names: new Map([['agent-lax-12', hostile]]),
      targets: new Map([['session-crm', hostile]]),
      schedule: hostile,
    }),
  ],
];

/** Every card that is sent proactively, in every state. */
export const noticeGallery: readonly Picture[] = [
  ...alerts,
  ...groups,
  ...changesGallery,
  ...sights,
  ...resumes,
  ...forgotten,
  ['limits-right.lost', limitsRightCard({ readable: false, watches: [2, 5] }, aReader())],
  ['limits-right.back', limitsRightCard({ readable: true, watches: [2] }, aReader())],
  ...tests,
  ...digests,
];
