import { digestSetCard } from '../../src/features/digest/cards/digest-set.ts';
import { type HealthModel, healthCard } from '../../src/features/health/cards/health.ts';
import { silenceCard } from '../../src/features/silence/cards/silence.ts';
import { agentToWatchCard } from '../../src/features/watches/cards/agent-to-watch.ts';
import { watchFormCard } from '../../src/features/watches/cards/watch-form.ts';
import { watchEndedCard } from '../../src/features/watches/cards/watch-line.ts';
import { type WatchMadeModel, watchMadeCard } from '../../src/features/watches/cards/watch-made.ts';
import { type WatchesModel, watchesCard } from '../../src/features/watches/cards/watches.ts';
import type { WatchRule } from '../../src/features/watches/domain/watch.ts';
import type { ShownPreview, WatchPreview } from '../../src/features/watches/ports.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { aReader, hostile, hour, minute, now, tenAgents } from './a-fleet.ts';
import { aRule, aWatch } from './a-problem.ts';

type Picture = readonly [name: string, card: Card];

const quiet = { from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' };
const by = { by: 'Alex Wilber', at: now - 90_000 };

const token = 'token-1';
const agentToWatch = { id: 'lax-12', name: 'LAX-12' };

const shown = (found: Partial<WatchPreview> = {}, rule: Partial<WatchRule> = {}): ShownPreview => ({
  rule: aRule(rule),
  token,
  found: {
    matching: 14,
    agents: tenAgents,
    backtest: {
      notifications: 3,
      problems: 4,
      agents: 2,
      open: 0,
      offline: { problems: 2, usual: 5 },
    },
    hoursKnown: 12,
    ...found,
  },
});

const forms: readonly Picture[] = [
  ['watch-form.new', watchFormCard({}, aReader())],
  [
    'watch-form.change',
    watchFormCard(
      {
        watch: {
          ...aWatch({
            filter: 'field.Site:Boise',
            quality: { below: 70 },
            afterMs: 90 * minute,
            quiet,
          }),
        },
      },
      aReader(),
    ),
  ],
  ['watch-form.offline-alone', watchFormCard({ watch: aWatch({ quality: 'none' }) }, aReader())],
  [
    'watch-form.changes',
    watchFormCard(
      { watch: aWatch({ about: 'changes', quality: 'none', offline: false }) },
      aReader(),
    ),
  ],
  ['watch-form.preview', watchFormCard({ preview: shown() }, aReader())],
  [
    'watch-form.preview-of-change',
    watchFormCard(
      {
        watch: aWatch({ filter: 'field.Site:Boise' }),
        values: { filter: 'field.Site:Nowhere' },
        preview: shown({ matching: 0, agents: [] }, { filter: 'field.Site:Nowhere' }),
      },
      aReader(),
    ),
  ],
  ['watch-form.preview-unread', watchFormCard({ preview: { rule: aRule(), token } }, aReader())],
  ['agent-to-watch.plain', agentToWatchCard({ agent: agentToWatch, preview: shown() }, aReader())],
  [
    'agent-to-watch.hostile',
    agentToWatchCard(
      {
        agent: { id: 'a', name: hostile },
        preview: { rule: aRule({ filter: hostile }), token },
      },
      aReader(),
    ),
  ],
  [
    'watch-form.problem',
    watchFormCard(
      {
        watch: aWatch(),
        problem: `“${hostile}” is no duration.`,
        values: { filter: hostile, bound: 'below', below: 'low', offline: 'false', after: hostile },
      },
      aReader(),
    ),
  ],
];

const made = (model: Partial<WatchMadeModel> = {}, reader: Partial<Reader> = {}): Card =>
  watchMadeCard(
    {
      watch: aWatch(),
      matching: 14,
      agents: tenAgents,
      backtest: { notifications: 3, problems: 4, agents: 2, open: 0 },
      changed: false,
      ...model,
    },
    aReader(reader),
  );

const withoutBacktest = ({
  watch,
  usualKnown,
}: Required<Pick<WatchMadeModel, 'watch' | 'usualKnown'>>) =>
  watchMadeCard(
    { ...{ watch, usualKnown }, matching: 14, agents: tenAgents, changed: false },
    aReader(),
  );

const mades: readonly Picture[] = [
  ['watch-made.new', made()],
  [
    'watch-made.worse-than-usual',
    withoutBacktest({
      watch: aWatch({ quality: { worseThan: 'usual' }, offline: false, afterMs: 15 * minute }),
      usualKnown: { targets: 30, known: 24 },
    }),
  ],
  [
    'watch-made.changes',
    made({ watch: aWatch({ about: 'changes', quality: 'none', offline: false }) }),
  ],
  ['watch-made.viewer', made({}, { role: 'viewer' })],
  ['watch-made.channel', made({}, { kind: 'channel', role: 'viewer' })],
  [
    'watch-made.changed',
    made({
      changed: true,
      watch: aWatch({ offline: false, filter: 'field.Site:Boise' }),
      matching: 1,
      agents: tenAgents.slice(0, 1),
      backtest: { notifications: 1, problems: 1, agents: 1, open: 1 },
    }),
  ],
  [
    'watch-made.quiet-week',
    made({ backtest: { notifications: 0, problems: 0, agents: 0, open: 0 } }),
  ],
  [
    'watch-made.limits',
    made({
      watch: aWatch({
        quality: 'none',
        offline: false,
        limits: { latency: 150, loss: 2, jitter: 30 },
      }),
    }),
  ],
  ['watch-made.offline-alone', made({ watch: aWatch({ quality: 'none' }) })],
  [
    'watch-made.young-store',
    made({
      backtest: {
        ...{ notifications: 5, problems: 6, agents: 3, open: 1, since: now - 50 * hour },
        offline: { problems: 2, usual: 0, since: now - 20 * hour },
      },
    }),
  ],
  ['watch-made.nothing-matches', made({ matching: 0, agents: [] })],
  ['watch-made.hostile', made({ watch: { ...aWatch({ filter: hostile }), madeBy: hostile } })],
];

const listed = (model: Partial<WatchesModel>, reader: Partial<Reader> = {}): Card =>
  watchesCard({ watches: [], mutes: [], maintenance: [], ...model }, aReader(reader));

const some: WatchesModel = {
  watches: [
    { ...aWatch(), matching: 14 },
    {
      ...aWatch({ filter: 'field.Site:Boise', quality: { below: 70 }, quiet }),
      id: 'w5',
      number: 5,
    },
  ],
  mutes: [
    { agentId: 'agent-lax-12', agentName: 'LAX-12', until: now + hour },
    { agentId: '', agentName: '', until: now + 30 * hour },
  ],
  maintenance: [
    { filter: 'field.Site:Oslo', from: now + hour, until: now + 3 * hour, by: 'Alex Wilber' },
  ],
};

const lists: readonly Picture[] = [
  ['watches.some', listed(some)],
  ['watches.viewer', listed(some, { role: 'viewer' })],
  ['watches.none', listed({})],
  [
    'watches.many',
    listed({
      watches: Array.from({ length: 30 }, (_, index) => ({
        ...aWatch({ filter: `name:lax-${index}` }),
        id: `watch-${index}`,
        number: index + 1,
        matching: index,
      })),
    }),
  ],
  [
    'watches.hostile',
    listed({
      watches: [{ ...aWatch({ filter: hostile }), madeBy: hostile }],
      mutes: [{ agentId: 'a', agentName: hostile, until: now + hour }],
      maintenance: [
        { filter: hostile, from: now, until: now + hour, by: hostile },
        { filter: '', from: now, until: now + hour, by: hostile },
      ],
    }),
  ],
];

const lax12 = { id: 'agent-lax-12', name: 'LAX-12' };
const window = { filter: 'field.Site:Oslo', from: now + hour, until: now + 30 * hour };

const silences: readonly Picture[] = [
  [
    'silence.muted',
    silenceCard({ ...by, what: 'muted', agent: lax12, until: now + hour }, aReader()),
  ],
  [
    'silence.muted-viewer',
    silenceCard(
      { ...by, what: 'muted', agent: lax12, until: now + hour },
      aReader({ role: 'viewer' }),
    ),
  ],
  ['silence.muted-all', silenceCard({ ...by, what: 'muted', until: now + 30 * hour }, aReader())],
  [
    'silence.muted-hidden',
    silenceCard(
      {
        ...{ ...by, what: 'muted', agent: lax12, until: now + hour },
        hidden: { alerts: 4, agents: 1, since: now - 50 * hour },
      },
      aReader(),
    ),
  ],
  ['silence.unmuted', silenceCard({ ...by, what: 'unmuted', agent: lax12 }, aReader())],
  ['silence.unmuted-all', silenceCard({ ...by, what: 'unmuted' }, aReader())],
  [
    'silence.maintenance',
    silenceCard({ ...by, what: 'maintenance', ...window, matching: 3 }, aReader()),
  ],
  [
    'silence.maintenance-hidden',
    silenceCard(
      {
        ...{ ...by, what: 'maintenance', ...window, until: now + 3 * hour, matching: 3 },
        hidden: { alerts: 0, agents: 0 },
      },
      aReader(),
    ),
  ],
  [
    'silence.maintenance-ended',
    silenceCard({ ...by, what: 'maintenance-ended', filter: '' }, aReader()),
  ],
  [
    'silence.hostile',
    silenceCard(
      { by: hostile, at: now, what: 'muted', agent: { id: 'a', name: hostile }, until: now + hour },
      aReader(),
    ),
  ],
  [
    'silence.hostile-maintenance',
    silenceCard(
      { by: hostile, at: now, what: 'maintenance', ...window, filter: hostile },
      aReader(),
    ),
  ],
];

const set: readonly Picture[] = [
  ['watch-ended.plain', watchEndedCard({ watch: aWatch(), ...by }, aReader())],
  [
    'watch-ended.hostile',
    watchEndedCard(
      { watch: { number: 3, rule: aRule({ filter: hostile }) }, by: hostile, at: now },
      aReader(),
    ),
  ],
  [
    'digest-set.daily',
    digestSetCard({ schedule: 'daily at 08:00', nextAt: now + 19 * hour, ...by }, aReader()),
  ],
  ['digest-set.off', digestSetCard({ before: 'weekly mon at 08:00', ...by }, aReader())],
  ['digest-set.was-off', digestSetCard({ by: hostile, at: now }, aReader())],
];

const well: HealthModel = {
  api: { ok: true, lastGoodAt: now - 4000 },
  poll: { lastAt: now - 12_000, lagMs: 200 },
  store: { ok: true },
  queue: { waiting: 0 },
  here: { sent: 128, failed: 0 },
};

const health = (changes: Partial<HealthModel> = {}, reader: Partial<Reader> = {}): Card =>
  healthCard({ ...well, ...changes }, aReader(reader));

const conversations: NonNullable<HealthModel['conversations']> = [
  { label: 'Alex Wilber', kind: 'personal', sent: 40, failed: 0, state: 'alive' },
  { label: 'Operations / Alerts', kind: 'channel', sent: 900, failed: 2, state: 'alive' },
  {
    label: 'Old project',
    kind: 'group',
    sent: 3,
    failed: 1,
    state: 'dead',
    reason: 'the bot was removed',
  },
];

const trouble: Partial<HealthModel> = {
  api: { ok: false, lastGoodAt: now - 20 * minute, sentence: 'PingPlotter cannot be reached.' },
  poll: { lastAt: now - 70_000, lagMs: 10_000, blindSince: now - 15 * minute },
  store: { ok: false },
  queue: { waiting: 7, oldestDueAt: now - 12 * minute },
  here: { sent: 3, failed: 4, dead: 'blocked by the person', lastError: '403' },
};

const healths: readonly Picture[] = [
  ['health.well', health()],
  ['health.waiting', health({ queue: { waiting: 3, oldestDueAt: now - 2000 } })],
  ['health.trouble', health(trouble)],
  [
    'health.unreadable-rows',
    health({
      store: {
        ok: true,
        unreadable: [
          { table: 'watches', rows: 1 },
          { table: 'outbox', rows: 3 },
        ],
      },
    }),
  ],
  [
    'health.causes',
    health({
      rules: [
        { rule: 'service', right: 12, answers: 14 },
        { rule: 'wifi', right: 11, answers: 21 },
        { rule: 'group.field', right: 3, answers: 3 },
      ],
    }),
  ],
  ['health.starting', health({ api: { ok: false }, poll: {} })],
  ['health.admin', health({ conversations }, { role: 'admin' })],
  ['health.not-for-operators', health({ conversations })],
  [
    'health.many',
    health(
      {
        conversations: Array.from({ length: 60 }, (_, index) => ({
          label: `Chat ${index}`,
          kind: 'group',
          sent: index,
          failed: index % 7,
          state: 'alive',
        })),
      },
      { role: 'admin' },
    ),
  ],
  [
    'health.hostile',
    health(
      {
        api: { ok: false, sentence: hostile },
        here: { sent: 0, failed: 1, dead: hostile, lastError: hostile },
        conversations: [
          { label: hostile, kind: 'group', sent: 0, failed: 1, state: 'dead', reason: hostile },
        ],
      },
      { role: 'admin' },
    ),
  ],
];

/** Every card about watches and what goes with them, in every state. */
export const watchGallery: readonly Picture[] = [
  ...forms,
  ...mades,
  ...lists,
  ...silences,
  ...set,
  ...healths,
];
