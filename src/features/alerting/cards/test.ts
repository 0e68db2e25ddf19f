import type { CardView } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { boxed, small } from '../../../ui/rich-text.ts';
import { watchLine } from '../../watches/cards/watch-line.ts';
import { type LimitKind, limitKinds } from '../../watches/domain/limits.ts';
import type { NamedWatch, WatchRule } from '../../watches/domain/watch.ts';
import type { AlertDetail, AlertRow } from '../domain/alert-detail.ts';
import type { Shown } from '../domain/alert-state.ts';
import source from './alert.json' with { type: 'json' };
import { alertFace, alertToast } from './alert-parts.ts';
import { changesCard } from './changes.ts';

export interface TestNoticeModel {
  readonly watch: NamedWatch;
  /** The name of the person who pressed the button. */
  readonly by: string;
}

/** Without the refresh: there is no alert whose newest state it could read. */
const { refresh: _refresh, ...fixed } = source;
const fill = template(fixed);

export const testNoticeCard: CardView<TestNoticeModel> = (model, reader) =>
  model.watch.rule.about === undefined ? testAlert(model, reader) : testChanges(model, reader);

/** About an agent that nobody has, so there is nothing to open. */
const testChanges: CardView<TestNoticeModel> = ({ watch, by }, reader) => {
  const sample = { kind: 'deleted', agent: '', name: 'Sample agent' } as const;
  const test = `Test by ${plainName(by)}: nothing has changed`;
  return changesCard(
    { changes: [sample], more: 0, watches: [watch], at: reader.now, test },
    reader,
  );
};

const testAlert: CardView<TestNoticeModel> = ({ watch, by }, reader) => {
  const detail = sample(watch.rule, reader.now);
  const face = alertFace(detail, watch.rule, reader);
  return fill(
    {
      ...face,
      title: `Test: ${face.title}`,
      boxes: boxed(`This is a test that ${plainName(by)} asked for. Nothing is wrong.`),
      notes: [{ inlines: [small(watchLine(watch))] }],
      actions: [execute('Change watch', 'watch.edit', { watch: watch.id })],
    },
    `Test · ${alertToast(detail, reader)}`,
  );
};

const sample = (rule: WatchRule, now: number): AlertDetail => {
  const shown = sampleOf(rule);
  const isOffline = shown.word === 'offline';
  const row: AlertRow = {
    sessionId: isOffline ? '' : 'sample',
    watchIds: [],
    state: 'open',
    since: now - 4 * 60_000,
    at: now,
    shown,
    ...(isOffline ? {} : { target: { name: 'sample target' }, was: { word: 'good', score: 92 } }),
  };
  return {
    agentName: 'Sample agent',
    state: 'open',
    rows: [row],
    targets: 4,
    notified: shown,
    circumstances: ['Sample site', 'Wi-Fi 38 %'],
  };
};

/** What this rule would report: of its score, else of its limits. */
const sampleOf = ({ quality, limits = {} }: WatchRule): Shown => {
  if (quality !== 'none') return sampleReading(quality);
  const over = limitKinds.flatMap((what) => {
    const limit = limits[what];
    return limit === undefined ? [] : [{ what, value: beyond(what, limit), limit }];
  });
  return over.length === 0 ? { word: 'offline' } : { word: 'unknown', over: over.slice(0, 1) };
};

const beyond = (what: LimitKind, limit: number): number =>
  what === 'loss' ? Math.min(100, limit * 1.2) : limit * 1.2;

/** A reading that this rule would report. */
const sampleReading = (bound: Exclude<WatchRule['quality'], 'none'>): Shown => {
  if ('word' in bound)
    return bound.word === 'fair' ? { word: 'fair', score: 67 } : { word: 'poor', score: 41 };
  if ('worseThan' in bound) return { word: 'fair', score: 71, usual: { score: 92, worse: 82 } };
  return bound.below > 41
    ? { word: 'poor', score: 41 }
    : { word: 'poor', score: Math.max(0, bound.below - 1) };
};
