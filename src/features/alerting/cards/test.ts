import type { CardView } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { boxed, small } from '../../../ui/rich-text.ts';
import { watchLine } from '../../watches/cards/watch-line.ts';
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
  const shown: Shown = rule.quality === 'none' ? { word: 'offline' } : sampleReading(rule.quality);
  const row: AlertRow = {
    sessionId: rule.quality === 'none' ? '' : 'sample',
    watchIds: [],
    state: 'open',
    since: now - 4 * 60_000,
    at: now,
    shown,
    ...(rule.quality === 'none'
      ? {}
      : { target: { name: 'sample target' }, was: { word: 'good', score: 92 } }),
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

/** A reading that this rule would report. */
const sampleReading = (bound: Exclude<WatchRule['quality'], 'none'>): Shown => {
  if ('word' in bound)
    return bound.word === 'fair' ? { word: 'fair', score: 67 } : { word: 'poor', score: 41 };
  return bound.below > 41
    ? { word: 'poor', score: 41 }
    : { word: 'poor', score: Math.max(0, bound.below - 1) };
};
