import { type ChooseModel, chooseCard } from '../../src/features/bulk/cards/choose.ts';
import { jobCard } from '../../src/features/bulk/cards/job.ts';
import { jobsCard } from '../../src/features/bulk/cards/jobs.ts';
import { type PreviewModel, previewCard } from '../../src/features/bulk/cards/preview.ts';
import {
  givenUpCard,
  nameFaultsCard,
  nobodyCard,
  noMatchCard,
} from '../../src/features/bulk/cards/refused.ts';
import {
  type BulkJob,
  type BulkMember,
  type JobCounts,
  noCounts,
} from '../../src/features/bulk/domain/job.ts';
import type { Chosen } from '../../src/features/bulk/domain/selection.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { aReader, hostile, minute, now, tenAgents } from './a-fleet.ts';

type Picture = readonly [name: string, card: Card];

const aJob = (changes: Partial<BulkJob> = {}): BulkJob => ({
  account: 'default',
  conversationKey: 'chat',
  id: 'job-1',
  tenantId: 'contoso',
  by: { id: 'alex', name: 'Alex Wilber' },
  act: 'pause',
  filter: 'field.Site:Boise',
  state: 'preview',
  at: now - minute,
  takenBack: false,
  retried: false,
  ...changes,
});

const chosen: readonly Chosen[] = tenAgents.map(({ agent, statusWord, score }) => ({
  agentId: agent.id,
  name: agent.name,
  from: agent.name,
  statusWord,
  score,
  online: agent.online,
}));
const two = chosen.slice(0, 2).map((one) => ({ ...one, agentId: `${one.agentId}-2` }));

const preview = (changes: Partial<PreviewModel> = {}): Card =>
  previewCard(
    {
      job: aJob({
        leftOut: [{ why: 'paused-already', count: 4, names: ['LAX-1', 'LAX-2', 'LAX-3'] }],
      }),
      chosen: [...chosen, ...two],
      expiresAt: now + 9 * minute,
      takesMs: 2300,
      isEverybody: false,
      ...changes,
    },
    aReader({ role: 'admin' }),
  );

const choose = (reader: Partial<Reader>, changes: Partial<ChooseModel> = {}): Card => {
  const offered = tenAgents.slice(0, Math.min(changes.count ?? tenAgents.length, 10));
  return chooseCard(
    {
      from: { list: { filter: 'field.Site:Boise', page: 1 } },
      count: offered.length,
      offered,
      ticked: new Set(offered.map(({ agent }) => agent.id)),
      ...changes,
    },
    aReader(reader),
  );
};

const job = (
  changes: Partial<BulkJob>,
  counts: Partial<JobCounts>,
  unchanged: readonly BulkMember[] = [],
  reader: Partial<Reader> = {},
  page = 1,
): Card =>
  jobCard(
    {
      job: aJob({ startedAt: now - minute, ...changes }),
      counts: { ...noCounts, ...counts },
      unchanged,
      page,
    },
    aReader(reader),
  );

const member = (
  place: number,
  name: string,
  state: BulkMember['state'],
  why: string,
): BulkMember => ({ place, agentId: `a${place}`, name, state, why });

const unchanged = [
  member(0, 'BOI-Desk-03', 'failed', 'permission-missing'),
  member(1, 'BOI-Desk-04', 'failed', 'unavailable'),
  member(2, 'LAX-12', 'not-known', 'not-confirmed'),
  member(3, 'OSL-1', 'left-out', 'gone'),
];

const renamed = { act: 'rename', pattern: '{field.Site}-{n}' } as const;

export const bulkPictures: readonly Picture[] = [
  ['bulk.choose', choose({ role: 'admin' })],
  ['bulk.choose-operator', choose({ role: 'operator' }, { ticked: new Set(['agent-1']) })],
  [
    'bulk.choose-more',
    choose(
      { role: 'admin' },
      {
        from: { list: { filter: hostile, page: 1 } },
        count: 2000,
        filled: { lasts: hostile, pattern: hostile },
      },
    ),
  ],
  ['bulk.choose-machines', choose({ kind: 'channel' }, { from: { machines: true }, count: 3 })],
  [
    'bulk.preview-picked',
    preview({ job: aJob({ picked: true }), chosen: chosen.slice(0, 3), takesMs: 900 }),
  ],
  ['bulk.preview', preview()],
  [
    'bulk.preview-timed',
    preview({
      job: aJob({ lasts: 120 * minute, filter: '' }),
      isEverybody: true,
    }),
  ],
  [
    'bulk.preview-rename',
    preview({
      job: aJob({ ...renamed, leftOut: [{ why: 'has-name', count: 1, names: ['Boise-11'] }] }),
      chosen: chosen.map((one, index) => ({ ...one, to: `Boise-${index + 1}` })),
    }),
  ],
  ['bulk.preview-delete', preview({ job: aJob({ act: 'delete', filter: 'is:stale' }) })],
  [
    'bulk.preview-hostile',
    preview({
      job: aJob({
        ...renamed,
        filter: hostile,
        pattern: hostile,
        leftOut: [{ why: 'offline', count: 1, names: [hostile] }],
      }),
      chosen: chosen.map((one) => ({ ...one, name: hostile, to: hostile })),
    }),
  ],
  [
    'bulk.nobody',
    nobodyCard(aJob(), [{ why: 'paused-already', count: 2, names: ['LAX-1', 'LAX-2'] }]),
  ],
  [
    'bulk.name-faults',
    nameFaultsCard(aJob(renamed), {
      empty: ['LAX-9'],
      same: [{ name: 'Boise', agents: ['LAX-1', 'LAX-2', 'LAX-3', hostile] }],
    }),
  ],
  ['bulk.given-up', givenUpCard(aJob())],
  ['bulk.no-match', noMatchCard(aJob({ filter: hostile }))],
  ['bulk.waiting', job({ state: 'waiting' }, { waiting: 12 })],
  ['bulk.running', job({ state: 'running' }, { waiting: 4, 'in-flight': 2, done: 5, failed: 1 })],
  ['bulk.stopping', job({ state: 'stopping' }, { waiting: 4, 'in-flight': 2, done: 6 })],
  ['bulk.done', job({ state: 'done' }, { done: 12 })],
  [
    'bulk.report',
    job(
      { state: 'done', until: now + 60 * minute },
      { done: 80, failed: 2, 'not-known': 1, 'left-out': 1 },
      unchanged,
    ),
  ],
  [
    'bulk.report-page-2',
    job(
      { state: 'done' },
      { done: 800, failed: 58, 'left-out': 2 },
      [member(25, hostile, 'failed', 'rate-limited'), ...unchanged],
      {},
      2,
    ),
  ],
  [
    'bulk.report-viewer',
    job({ state: 'done' }, { done: 8, failed: 1 }, unchanged.slice(0, 1), { role: 'viewer' }),
  ],
  ['bulk.cancelled', job({ state: 'cancelled' }, { waiting: 7, done: 5 })],
  ['bulk.undone', job({ ...renamed, undoes: 'job-0', state: 'done' }, { done: 12 })],
  [
    'bulk.deleted',
    job(
      { act: 'delete', state: 'done', filter: hostile },
      { done: 2, failed: 1 },
      [member(0, hostile, 'failed', 'rejected')],
      { role: 'admin' },
    ),
  ],
  [
    'bulk.jobs',
    jobsCard(
      {
        jobs: [
          {
            job: aJob({ state: 'running', startedAt: now }),
            counts: { ...noCounts, waiting: 4, done: 8 },
          },
          {
            job: aJob({ ...renamed, state: 'done', startedAt: now - 90 * minute, filter: hostile }),
            counts: { ...noCounts, done: 8, failed: 2 },
          },
        ],
        more: false,
      },
      aReader(),
    ),
  ],
  ['bulk.no-jobs', jobsCard({ jobs: [], more: false }, aReader())],
];
