import { type AppError, asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { sentences } from '../../ui/explanations/codes.ts';
import { noted } from '../../ui/noted.ts';
import { type ActionTable, isVerb, readVerbData } from '../define-action.ts';
import type { Incoming, Middleware } from '../turn.ts';

interface Ports {
  readonly actions: ActionTable;
  readonly log: Logger;
}

/** A refused press leaves the card that it was made on where it is, with the refusal above it. */
export const cardStays =
  ({ actions, log }: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    try {
      return await next(incoming, signal);
    } catch (thrown) {
      const error = asAppError(thrown);
      const again = redrawing(actions, incoming, error);
      if (again === undefined) throw error;
      const reply = await next(again, signal).catch(() => undefined);
      if (reply?.kind !== 'card') throw error;
      log.info('turn.failed', { code: error.code, error });
      return {
        kind: 'card',
        card: noted(reply.card, sentences[error.code].sentence(error.detail)),
      };
    }
  };

const redrawing = (
  actions: ActionTable,
  incoming: Incoming,
  { detail }: AppError,
): Incoming | undefined => {
  const done = detail.auditedChange !== undefined || detail.forged === true;
  if (done || incoming.kind !== 'action' || incoming.trigger === 'automatic') return undefined;
  const verb = isVerb(actions, incoming.verb) ? actions[incoming.verb].card : undefined;
  // The same button may stand on another card too, which this verb does not draw.
  if (verb === undefined || readVerbData(actions, verb, incoming.data) === undefined)
    return undefined;
  return { ...incoming, verb };
};
