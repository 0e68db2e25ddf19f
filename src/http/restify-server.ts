import type { Server } from 'restify';
import Router from 'restify/lib/router.js';
import RestifyServer from 'restify/lib/server.js';
import type { Logger } from '../platform/log.ts';

/**
 * What `createServer` of restify makes. restify itself loads all of its plugins, of which the bot uses none: that was
 * a seventh of the start.
 */
export const createRestifyServer = (log: Logger): Server => {
  // What it would say is about requests, and nobody knows what else is in it.
  const printed = () => log.debug('library.printed', { method: 'warn' });
  const own = { trace: () => false, warn: printed, error: printed };
  return new RestifyServer({ name: '', log: own, router: new Router({ log: own }) });
};
