import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { bold, counted, dots, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { BulkJob, JobCounts } from '../domain/job.ts';
import { titleOf } from './job.ts';
import source from './jobs.json' with { type: 'json' };
import { filterText } from './wording.ts';

export interface JobsModel {
  /** Newest first. */
  readonly jobs: readonly { readonly job: BulkJob; readonly counts: JobCounts }[];
  /** There are older ones. */
  readonly more: boolean;
}

const fill = template(source);

/** The jobs of a conversation; each row opens one. */
export const jobsCard: CardView<JobsModel> = ({ jobs, more }, reader): Card => {
  const nothing = 'Nothing was done to many agents at once here in the last 7 days.';
  const about =
    jobs.length === 0
      ? nothing
      : dots([
          more ? `the last ${jobs.length}` : counted(jobs.length, 'job'),
          'of the last 7 days, newest first',
        ]);
  return fill(
    {
      about: [small(about)],
      rows: jobs.map(({ job, counts }) => {
        const title = titleOf({ job, counts });
        const line = dots([
          filterText(job),
          `by ${plainName(job.by.name, 60)}`,
          job.startedAt !== undefined && clock(job.startedAt, reader),
          counts.failed > 0 && `${counts.failed} failed`,
        ]);
        return {
          open: execute('Open', 'bulk.show', { job: job.id }, { tooltip: dots([title, line]) }),
          name: [bold(title)],
          line: [small(line)],
        };
      }),
      actions: [runCommand('Refresh', 'jobs'), runCommand('Agents', 'agents')],
    },
    jobs.length === 0 ? nothing : 'Bulk jobs here',
  );
};
