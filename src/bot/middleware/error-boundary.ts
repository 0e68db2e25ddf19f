import { errorCard } from '../../cards/error.ts';
import { type AppError, asAppError } from '../../core/errors.ts';
import { optional } from '../../core/optional.ts';
import type { Clock, Logger } from '../../core/ports.ts';
import type { Incoming, Middleware, Reply } from '../../core/turn.ts';
import { reply } from '../answers.ts';
import { readerOf } from '../turn.ts';
import { wayOn } from '../way-on.ts';

/** The one place where an error becomes a sentence; the details go to the log. */
export const errorBoundary =
  ({ clock, log }: { readonly clock: Clock; readonly log: Logger }): Middleware =>
  (next) =>
  async (incoming, signal) => {
    try {
      return await next(incoming, signal);
    } catch (thrown) {
      const error = asAppError(thrown);
      const expected = error.code !== 'internal';
      log[expected ? 'info' : 'error']('turn failed', { code: error.code, error });
      return told(incoming, clock, error);
    }
  };

const told = (incoming: Incoming, clock: Clock, error: AppError): Reply | undefined => {
  switch (incoming.kind) {
    case 'command':
    case 'action': {
      const retry = optional('retry', wayOn(incoming, error.code));
      return reply(errorCard({ error, ...retry }, readerOf(incoming.scope, clock)));
    }
    case 'search':
      return {
        kind: 'hits',
        hits: [],
        ...optional('sentence', error.code === 'bad-input' ? error.detail.explanation : undefined),
      };
    case 'installed':
    case 'removed':
    case 'ignored':
      return undefined;
    default:
      return incoming satisfies never;
  }
};
