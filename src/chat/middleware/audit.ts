import { entryOf, failedEntry } from '../../features/audit/record.ts';
import type { AuditEntry, AuditLog } from '../../features/audit/store.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Middleware } from '../turn.ts';

interface Ports {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Keeps every change and every refusal. A change that is done stays done, and is told, when it cannot
 * be kept: the log has it then.
 */
export const keepAudit =
  ({ audit, clock, log }: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    if (incoming.kind !== 'command' && incoming.kind !== 'action') return next(incoming, signal);
    const keep = async (entry: AuditEntry): Promise<void> => {
      try {
        await audit.append(entry);
      } catch (error) {
        const { action, agentId, personId, result, correlationId } = entry;
        const lost = { action, agentId, personId, result, correlationId };
        log.error('audit entry not kept', { ...lost, code: asAppError(error).code });
      }
    };
    try {
      const reply = await next(incoming, signal);
      if (reply?.kind === 'card' && reply.did !== undefined)
        await keep(entryOf(incoming, clock.now(), reply.did));
      return reply;
    } catch (error) {
      const failure = asAppError(error);
      const { did } = failure.detail;
      const entry =
        did === undefined
          ? failedEntry(incoming, clock.now(), failure)
          : entryOf(incoming, clock.now(), did);
      if (entry !== undefined) await keep(entry);
      throw error;
    }
  };
