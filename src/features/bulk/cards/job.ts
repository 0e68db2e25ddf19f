import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { type Execute, execute, runCommand, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { whyNotChanged } from '../../../ui/explanations/many.ts';
import { bold, dots, dotted, run, small, type TextRun } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import {
  type BulkJob,
  type BulkMember,
  isUndoable,
  type JobCounts,
  totalOf,
  unchangedOf,
  undoableMs,
} from '../domain/job.ts';
import source from './job.json' with { type: 'json' };
import { agentsText, filterText, wordsOf } from './wording.ts';

export interface JobModel {
  readonly job: BulkJob;
  readonly counts: JobCounts;
  /** Those that were not changed, the failed ones first; of one page. */
  readonly unchanged: readonly BulkMember[];
  readonly page: number;
}

/** A report names each agent that was not changed (contract, Bulk): so many at once. */
export const namedOnPage = 25;

const fill = template(source);

const isOver = ({ state }: BulkJob): boolean => state === 'done' || state === 'cancelled';

const leftOf = (counts: JobCounts): number => counts.waiting + counts['in-flight'];

/** A job: how far it is, or its report. */
export const jobCard: CardView<JobModel> = (model, reader): Card => {
  const { job, counts, unchanged, page } = model;
  const title = titleOf(model);
  const all = unchangedOf(counts);
  const before = (page - 1) * namedOnPage;
  return fill(
    {
      refresh: execute('Refresh', 'bulk.show', placeOf(model, page)),
      title,
      about: [small(aboutText(job, reader))],
      bars: isOver(job) ? [] : [{ inlines: [run(barText(counts))] }],
      counts: countRuns(job, counts),
      rows: unchanged.map((member) => ({
        name: [bold(plainName(member.name))],
        line: [small(lineOf(member))],
      })),
      notes:
        all > namedOnPage
          ? [
              {
                inlines: [
                  small(
                    `${before + 1}–${before + unchanged.length} of ${all} that were not changed`,
                  ),
                ],
              },
            ]
          : [],
      actions: actionsOf(model, reader),
    },
    dots([title, isOver(job) && counts.failed > 0 && `${counts.failed} failed`]),
  );
};

/** `Pausing 12 agents`, `Paused 9 of 12 agents`; markdown, of the bot's own words alone. */
export const titleOf = ({ job, counts }: Pick<JobModel, 'job' | 'counts'>): string => {
  const { verb, doing, past } = wordsOf(job);
  const total = totalOf(counts);
  switch (job.state) {
    case 'preview':
      return `${verb} ${agentsText(total)}?`;
    case 'waiting':
      return `${doing} ${agentsText(total)}: waits`;
    case 'running':
      return `${doing} ${agentsText(total)}`;
    case 'stopping':
      return `${doing} ${agentsText(total)}: stops`;
    case 'done':
    case 'cancelled': {
      const changed =
        counts.done === total ? agentsText(total) : `${counts.done} of ${agentsText(total)}`;
      return job.state === 'cancelled'
        ? `Cancelled: ${past.toLowerCase()} ${changed}`
        : `${past} ${changed}`;
    }
    default:
      return job.state satisfies never;
  }
};

const aboutText = (job: BulkJob, reader: Reader): string =>
  dots([
    filterText(job),
    job.until !== undefined && `until ${clock(job.until, reader)}`,
    `by ${plainName(job.by.name, 60)}`,
    job.startedAt !== undefined && clock(job.startedAt, reader),
    job.state === 'waiting' && 'after what was started here before',
  ]);

const barLength = 20;

/** `██████████░░░░░░░░░░ 50 %` */
const barText = (counts: JobCounts): string => {
  const total = Math.max(1, totalOf(counts));
  const share = (total - leftOf(counts)) / total;
  const full = Math.floor(share * barLength);
  return `${'█'.repeat(full)}${'░'.repeat(barLength - full)} ${Math.floor(share * 100)} %`;
};

const countRuns = (job: BulkJob, counts: JobCounts): readonly TextRun[] => {
  const left = leftOf(counts);
  const untried = isOver(job) ? `${left} not tried` : `${left} left`;
  return dotted([
    run(`${counts.done} done`),
    counts.failed > 0 ? bold(`${counts.failed} failed`) : run('0 failed'),
    ...(counts['not-known'] > 0 ? [bold(`${counts['not-known']} not known`)] : []),
    ...(counts['left-out'] > 0 ? [run(`${counts['left-out']} left out`)] : []),
    ...(left > 0 || !isOver(job) ? [run(untried)] : []),
  ]);
};

const stateWords = { failed: 'failed', 'not-known': 'not known', 'left-out': 'left out' } as const;

const lineOf = ({ state, why }: BulkMember): string =>
  dots([
    state === 'failed' || state === 'not-known' || state === 'left-out' ? stateWords[state] : state,
    state === 'not-known' ? 'look at it before you try again' : whyNotChanged(why),
  ]);

/** Whether a job may be taken back, or what failed in it be tried again. */
export const isRecent = ({ startedAt = 0 }: BulkJob, now: number): boolean =>
  now - startedAt < undoableMs;

/** The first page is where the job itself opens. */
const placeOf = ({ job }: Pick<JobModel, 'job'>, page: number) =>
  page === 1 ? { job: job.id } : { job: job.id, page };

const paging = (model: JobModel): readonly Execute[] => {
  const { counts, page } = model;
  const left = unchangedOf(counts) - page * namedOnPage;
  return [
    ...(left > 0
      ? [execute(`Next ${Math.min(left, namedOnPage)}`, 'bulk.show', placeOf(model, page + 1))]
      : []),
    ...(page > 1 ? [execute('Previous', 'bulk.show', placeOf(model, page - 1))] : []),
  ];
};

const actionsOf = (model: JobModel, reader: Reader): readonly Execute[] => {
  const { job, counts } = model;
  const data = { job: job.id };
  const needs = job.act === 'delete' ? 'admin' : 'operator';
  const jobs = runCommand('Jobs', 'jobs');
  if (!isOver(job))
    return job.state !== 'stopping' && showsTo(reader, 'operator')
      ? [execute('Cancel', 'bulk.cancel', data), ...paging(model), jobs]
      : [...paging(model), jobs];
  const acts = isRecent(job, reader.now) && showsTo(reader, needs);
  const failed = counts.failed;
  return [
    ...(acts && failed > 0 && !job.retried
      ? [execute(`Retry the ${failed} that failed`, 'bulk.retry', data)]
      : []),
    ...(acts && isUndoable(job.act) && job.undoes === undefined && counts.done > 0 && !job.takenBack
      ? [execute('Undo', 'bulk.undo', data)]
      : []),
    ...paging(model),
    jobs,
  ];
};
