import type { Handler, Middleware } from '../../core/turn.ts';

/** The first middleware is the outermost. */
export const compose =
  (...middleware: readonly Middleware[]) =>
  (last: Handler): Handler =>
    middleware.reduceRight((next, wrap) => wrap(next), last);
