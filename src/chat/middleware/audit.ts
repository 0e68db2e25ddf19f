import { type AppError, type AuditedChange, asAppError } from '../../platform/errors.ts';
import type { Incoming, Middleware } from '../turn.ts';

export type Asked = Extract<Incoming, { kind: 'command' | 'action' }>;

/** Port: writes what was asked into the audit log. Never rejects: a change that is done stays done. */
export interface AuditRecorder {
  /** A change that was made, or tried. */
  changed(asked: Asked, change: AuditedChange): Promise<void>;
  /** A refusal or failure; the recorder decides whether it is worth an entry. */
  failed(asked: Asked, error: AppError): Promise<void>;
}

/** Records every change and every refusal. */
export const audit =
  (recorder: AuditRecorder): Middleware =>
  (next) =>
  async (incoming, signal) => {
    if (incoming.kind !== 'command' && incoming.kind !== 'action') return next(incoming, signal);
    try {
      const reply = await next(incoming, signal);
      if (reply?.kind === 'card' && reply.auditedChange !== undefined)
        await recorder.changed(incoming, reply.auditedChange);
      return reply;
    } catch (error) {
      const failure = asAppError(error);
      const { auditedChange } = failure.detail;
      await (auditedChange === undefined
        ? recorder.failed(incoming, failure)
        : recorder.changed(incoming, auditedChange));
      throw error;
    }
  };
