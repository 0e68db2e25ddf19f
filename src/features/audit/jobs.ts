import type { Clock } from '../../platform/clock.ts';
import type { Job } from '../../platform/job.ts';
import type { Logger } from '../../platform/log.ts';
import type { AuditLog } from './store.ts';

interface Ports {
  readonly audit: Pick<AuditLog, 'head'>;
  readonly clock: Clock;
  readonly log: Logger;
}

const dayMs = 24 * 60 * 60_000;

/**
 * Logs each day where the chain ends. Who can write the database can compute the chain again, but not the
 * lines that have left the machine.
 */
export const auditHeadJob = ({ audit, clock, log }: Ports): Job => {
  let day: number | undefined;
  return {
    name: 'head of the audit log',
    run: async () => {
      const today = Math.floor(clock.now() / dayMs);
      if (today === day) return;
      const head = await audit.head();
      if (head !== undefined) log.info('audit.head', { entry: head.seq, hash: head.hash });
      day = today;
    },
  };
};
