import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, showsTo, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { whyNotChanged } from '../../../ui/explanations/many.ts';
import { bold, boxed, dots, dotted, run, small, subtle } from '../../../ui/rich-text.ts';
import { stateRun, stateText } from '../../../ui/status.ts';
import { age, clock } from '../../../ui/time.ts';
import type { BulkJob, LeftOutSome } from '../domain/job.ts';
import type { Chosen } from '../domain/selection.ts';
import source from './preview.json' with { type: 'json' };
import { agentsText, filterText, wordsOf } from './wording.ts';

export interface PreviewModel {
  readonly job: BulkJob;
  /** Worst first. */
  readonly chosen: readonly Chosen[];
  /** ms since 1970 */
  readonly expiresAt: number;
  /** How long it will take, in ms. */
  readonly takesMs: number;
  /** It is about every agent of the account. */
  readonly isEverybody: boolean;
}

const fill = template(source);

/** The names that a preview shows (contract, Bulk). */
const shown = 10;

export const previewCard: CardView<PreviewModel> = (model, reader): Card => {
  const { job, chosen, expiresAt, takesMs, isEverybody } = model;
  const { verb } = wordsOf(job);
  const count = chosen.length;
  const title = `${verb} ${agentsText(count)}?`;
  const more = count - shown;
  const online = chosen.filter((one) => one.online).length;
  const notes = [
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(job.leftOut ?? []).map(leftOutText),
    ...(job.act === 'delete' && online < count
      ? [`${agentsText(count - online)} offline: with “Uninstall” they are left out.`]
      : []),
    `Valid until ${clock(expiresAt, reader)}, for ${plainName(job.by.name, 60)} alone.`,
  ];
  return fill(
    {
      title,
      about: [
        small(dots([filterText(job), endText(job, reader), patternText(job), takesText(takesMs)])),
      ],
      boxes: [
        ...boxed(isEverybody ? 'This is every agent of the account.' : undefined),
        ...boxed(
          job.act === 'delete'
            ? 'They will no longer be measured. This cannot be taken back.'
            : undefined,
        ),
      ],
      rows: chosen.slice(0, shown).map((one) => ({ inlines: rowOf(one) })),
      notes: notes.map((note) => ({ inlines: [small(note)] })),
      deletes: job.act === 'delete',
      countLabel: `Type ${count} to delete ${count === 1 ? 'it' : 'them'}`,
      actions: showsTo(reader, job.act === 'delete' ? 'admin' : 'operator')
        ? [
            execute(`${verb} ${agentsText(count)}`, 'bulk.start', { job: job.id }),
            execute('Cancel', 'bulk.cancel', { job: job.id }, withoutInputs),
          ]
        : [],
    },
    title,
  );
};

const rowOf = ({ name, to, statusWord, score }: Chosen) =>
  to === undefined
    ? dotted([bold(plainName(name, 60)), stateRun(stateText(statusWord, score), statusWord)])
    : [run(plainName(name, 60)), subtle(' → '), bold(plainName(to, 60))];

/** `2 left out, paused already: LAX-1, LAX-2`; plain text. */
export const leftOutText = ({ why, count, names }: LeftOutSome): string => {
  const named = names.map((name) => plainName(name, 40)).join(', ');
  const rest = count - names.length;
  return `${count} left out, ${whyNotChanged(why)}: ${rest > 0 ? `${named} and ${rest} more` : named}`;
};

const endText = (
  { until, lasts }: BulkJob,
  reader: Parameters<typeof clock>[1],
): string | undefined => {
  if (lasts !== undefined) return `for ${age(lasts)}`;
  return until === undefined ? undefined : `until ${clock(until, reader)}`;
};

const patternText = ({ pattern }: BulkJob): string | undefined =>
  pattern === undefined ? undefined : `to ${plainName(pattern, 60)}`;

const takesText = (ms: number): string => `takes about ${age(Math.max(1000, ms + 999))}`;
