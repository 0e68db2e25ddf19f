import { type AppError, type AuditedChange, asAppError } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { noted } from '../../ui/noted.ts';
import type { Incoming, Middleware, Reply } from '../turn.ts';

export type Asked = Extract<Incoming, { kind: 'command' | 'action' }>;

/**
 * Port: writes what was asked into the audit log. Never rejects: a change that is done stays done. False = the store did
 * not take it yet; it is stored when the store is back.
 */
export interface AuditRecorder {
  /** A change that was made, or tried. */
  changed(asked: Asked, change: AuditedChange): Promise<boolean>;
  /** A refusal or failure; the recorder decides whether it is worth an entry. */
  failed(asked: Asked, error: AppError): Promise<boolean>;
}

const notRecorded =
  'This is done, but it could not be recorded in the audit log: the bot’s own database does not answer. It will be recorded when it does.';

type CardReply = Extract<Reply, { kind: 'card' }>;

const unrecorded = ({ card, everyone, ...reply }: CardReply): CardReply => ({
  ...reply,
  card: noted(card, notRecorded),
  ...optional('everyone', everyone),
});

/** What changes which account a conversation sees is of the one that it sees then. */
const atItsAccount = (asked: Asked, { account }: CardReply): Asked =>
  account === undefined ? asked : { ...asked, scope: { ...asked.scope, account } };

/** Records every change and every refusal. */
export const audit =
  (recorder: AuditRecorder): Middleware =>
  (next) =>
  async (incoming, signal) => {
    if (incoming.kind !== 'command' && incoming.kind !== 'action') return next(incoming, signal);
    try {
      const reply = await next(incoming, signal);
      if (reply?.kind !== 'card' || reply.auditedChange === undefined) return reply;
      const { result } = reply.auditedChange;
      const recorded = await recorder.changed(atItsAccount(incoming, reply), reply.auditedChange);
      return recorded || result !== undefined ? reply : unrecorded(reply);
    } catch (error) {
      const failure = asAppError(error);
      const { auditedChange } = failure.detail;
      await (auditedChange === undefined
        ? recorder.failed(incoming, failure)
        : recorder.changed(incoming, auditedChange));
      throw error;
    }
  };
