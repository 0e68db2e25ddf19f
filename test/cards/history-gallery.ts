import { type ComparedAgent, compareCard } from '../../src/features/history/cards/compare.ts';
import { type EvidenceCardModel, evidenceCard } from '../../src/features/history/cards/evidence.ts';
import {
  agentHistoryCard,
  type HistoryModel,
  targetHistoryCard,
} from '../../src/features/history/cards/history.ts';
import { topCard } from '../../src/features/history/cards/top.ts';
import { historyPeriod } from '../../src/features/history/domain/period.ts';
import type { ScoreSummary } from '../../src/features/history/domain/score-summary.ts';
import type { TraceSummary } from '../../src/features/history/domain/trace-summary.ts';
import type { Top, TopEntry } from '../../src/features/history/read-top.ts';
import type { TargetHistory } from '../../src/features/history/target-history.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { bucketMs } from '../../src/platform/trace.ts';
import { aReader, hostile, hour, minute, now } from './a-fleet.ts';

type Picture = readonly [name: string, card: Card];

const aDay = historyPeriod('24h', now);
const noScores: ScoreSummary = {
  poorMs: 0,
  fairMs: 0,
  measuredMs: 0,
  changes: 0,
  poorRuns: [],
};
const scores: ScoreSummary = {
  mean: 71.4,
  lowest: 12,
  poorMs: 95 * minute,
  fairMs: hour,
  measuredMs: 23 * hour,
  changes: 9,
  poorRuns: [
    { from: now - 9 * hour, until: now - 8 * hour },
    { from: now - 40 * minute, until: now },
  ],
};
const trace: TraceSummary = {
  sent: 33_000,
  lost: 429,
  latencyMs: 41.3,
  jitterMs: 3.14,
  measured: 275,
  good: 264,
  silentMs: 65 * minute,
  windows: [
    {
      from: now - 20 * hour,
      until: now - 20 * hour + 5 * minute,
      sent: 120,
      lost: 4,
      outage: false,
    },
    {
      from: now - 9 * hour,
      until: now - 9 * hour + 25 * minute,
      sent: 600,
      lost: 402,
      outage: true,
    },
    { from: now - 2 * hour, until: now - hour, sent: 1440, lost: 30, outage: false },
  ],
};
const before: TraceSummary = {
  ...trace,
  ...{ lost: 0, latencyMs: 38, jitterMs: 2, good: 275, silentMs: 0, windows: [] },
};
const steps = Array.from({ length: 24 }, (_, index) => ({
  at: aDay.from + index * hour,
  latencyMs: 30 + ((index * 7) % 20),
  loss: index === 15 ? 0.12 : 0,
}));

const points = Array.from({ length: 288 }, (_, place) => ({
  at: aDay.from + place * bucketMs,
  sent: 120,
  lost: place === 200 ? 9 : 0,
}));

const aTarget = (name: string, changes: Partial<TargetHistory> = {}): TargetHistory => ({
  session: { id: `session-${name}`, name },
  trace,
  traceBefore: before,
  points,
  steps,
  scores,
  scoresBefore: noScores,
  ...changes,
});

const stored = (changes: Partial<TargetHistory> = {}): TargetHistory => {
  const { trace: _, traceBefore: __, ...target } = aTarget('crm', { steps: [], ...changes });
  return target;
};

const lax = { id: 'agent-lax-12', name: 'LAX-12' };
const one = (target: TargetHistory, reader: Partial<Reader> = {}, agent = lax): Card =>
  targetHistoryCard({ agent, period: aDay, target }, aReader(reader));
const all = (model: Partial<HistoryModel> = {}, reader: Partial<Reader> = {}): Card =>
  agentHistoryCard({ agent: lax, period: aDay, targets: [], ...model }, aReader(reader));

const good: TraceSummary = { ...before, silentMs: 0 };

const router = aTarget('router', { trace: { ...before, lost: 3 } });
const evidence = (model: Partial<EvidenceCardModel> = {}, reader: Partial<Reader> = {}): Card =>
  evidenceCard({ agent: lax, period: aDay, target: aTarget('crm'), ...model }, aReader(reader));
const share = {
  id: 'share-1',
  url: 'https://share.pingplotter.cloud/share-1',
  expiresAt: now + 30 * 24 * hour,
  by: 'Alex Wilber',
};
const manyWindows = Array.from({ length: 60 }, (_, place) => ({
  from: aDay.from + place * 4 * bucketMs,
  until: aDay.from + (place * 4 + 1 + (place % 3)) * bucketMs,
  ...{ sent: 120, lost: 60, outage: place % 2 === 0 },
}));

const evidencePictures: readonly Picture[] = [
  ['evidence.plain', evidence({ near: router, case: '#00001' })],
  [
    'evidence.many',
    evidence({ target: aTarget('crm', { trace: { ...trace, windows: manyWindows } }) }),
  ],
  ['evidence.shared', evidence({ share, case: '#00001' })],
  ['evidence.viewer', evidence({}, { role: 'viewer' })],
  [
    'evidence.by-the-hour',
    evidence({
      target: stored({
        noTrace: { code: 'permission-missing' },
        hourlyUntil: now - 6 * hour,
        since: now - 20 * hour,
      }),
    }),
  ],
  [
    'evidence.stored',
    evidence({
      target: stored({ noTrace: { code: 'permission-missing' }, since: now - 6 * hour }),
    }),
  ],
  [
    'evidence.hostile',
    evidence({
      agent: { id: 'a', name: hostile },
      target: aTarget(hostile),
      near: aTarget(hostile),
      case: hostile.slice(0, 100),
      share: { ...share, by: hostile },
    }),
  ],
];

const entry = (name: string, amount: number, target?: string): TopEntry => ({
  agent: { id: `agent-${name}`, name },
  amount,
  ofMs: 160 * hour,
  ...(target === undefined ? {} : { target }),
});
const top = (model: Partial<Top> = {}): Card =>
  topCard(
    {
      kind: 'poor',
      period: historyPeriod('7d', now),
      entries: [],
      nothingStored: false,
      ...model,
    },
    aReader(),
  );
const twelve = Array.from({ length: 12 }, (_, place) =>
  entry(`BOI-${place}`, (20 - place) * hour, 'crm'),
);

const topPictures: readonly Picture[] = [
  ['top.poor', top({ entries: twelve })],
  [
    'top.flapping',
    top({ kind: 'flapping', entries: [entry('LAX-12', 91, 'voice'), entry('BOI-1', 2)] }),
  ],
  [
    'top.offline',
    top({ kind: 'offline', entries: [entry('LAX-12', 30 * hour)], since: now - 50 * hour }),
  ],
  ['top.none', top()],
  ['top.nothing-stored', top({ nothingStored: true })],
  ['top.hostile', top({ entries: [entry(hostile, hour, hostile)] })],
];

const compared = (first: ComparedAgent, second: ComparedAgent): Card =>
  compareCard({ agents: [first, second], period: aDay }, aReader());
const denver = { id: 'agent-den-1', name: 'DEN-1', targets: [aTarget('crm', { trace: good })] };

const comparePictures: readonly Picture[] = [
  ['compare.plain', compared({ ...lax, targets: [aTarget('crm'), aTarget('voice')] }, denver)],
  ['compare.nothing-in-common', compared({ ...lax, targets: [] }, denver)],
  [
    'compare.hostile',
    compared(
      { id: 'a', name: hostile, targets: [aTarget(hostile)] },
      { id: 'b', name: hostile, targets: [aTarget(hostile)] },
    ),
  ],
];

export const historyPictures: readonly Picture[] = [
  ...evidencePictures,
  ...topPictures,
  ...comparePictures,
  ['history.target', one(aTarget('crm'))],
  ['history.target-all-good', one(aTarget('crm', { trace: good, scores: noScores }))],
  [
    'history.target-young',
    one(aTarget('crm', { since: now - 5 * hour }), { kind: 'channel', timeZone: 'Europe/Berlin' }),
  ],
  [
    'history.target-not-measured',
    one(
      aTarget('crm', {
        trace: { sent: 0, lost: 0, measured: 0, good: 0, silentMs: 24 * hour, windows: [] },
        traceBefore: before,
        steps: [],
        scores: noScores,
      }),
    ),
  ],
  [
    'history.target-stored',
    one(stored({ noTrace: { code: 'permission-missing' }, since: now - 6 * hour })),
  ],
  [
    'history.target-by-the-hour',
    one(aTarget('crm', { scoresSince: now - 20 * hour, hourlyUntil: now - 6 * hour })),
  ],
  [
    'history.target-limited',
    one(stored({ noTrace: { code: 'rate-limited', againAt: now + 9 * minute } })),
  ],
  [
    'history.target-nothing-stored',
    one(stored({ noTrace: { code: 'timeout' }, scores: noScores })),
  ],
  ['history.target-hostile', one(aTarget(hostile), {}, { id: 'a', name: hostile })],
  ['history.agent', all({ targets: [aTarget('crm'), aTarget('voice', { trace: good })], more: 3 })],
  [
    'history.agent-stored',
    all({ targets: [stored({ noTrace: { code: 'not-found' } })] }, { locale: 'en-US' }),
  ],
  ['history.agent-no-targets', all()],
  [
    'history.agent-hostile',
    all({ agent: { id: 'a', name: hostile }, targets: [aTarget(hostile)] }),
  ],
];
