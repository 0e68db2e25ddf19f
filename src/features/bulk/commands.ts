import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { reply } from '../../chat/reply.ts';
import { conversationOf } from '../../chat/turn.ts';
import { jobsCard } from './cards/jobs.ts';
import { listedMs, noCounts } from './domain/job.ts';
import type { BulkPorts } from './ports.ts';

type Ports = Pick<BulkPorts, 'clock' | 'store'>;

/** Rows of the card. */
const mostJobs = 20;

export const jobs = defineCommand({
  name: 'jobs',
  group: 'Act',
  usage: 'jobs',
  summary: 'Changes of many agents here: those that run, and those of the last 7 days',
  details: ['Each opens with how far it is, or its report, with Cancel, Retry and Undo.'],
  role: 'viewer',
  reads: true,
  run: async ({ clock, store }: Ports, { scope, reader }, rest) => {
    if (rest.trim() !== '') throw usageError('jobs', rest);
    const since = clock.now() - listedMs;
    const found = await store.bulkJobs.list(conversationOf(scope), since, mostJobs + 1);
    const shown = found.slice(0, mostJobs);
    const counts = await store.bulkJobs.counts(shown.map(({ id }) => id));
    return reply(
      jobsCard(
        {
          jobs: shown.map((job) => ({ job, counts: counts.get(job.id) ?? noCounts })),
          more: found.length > shown.length,
        },
        reader,
      ),
    );
  },
});

export const bulkCommands = [jobs];
