import type { BotPorts } from '../app.ts';
import { lookUp } from '../features/fleet/search.ts';
import { actions, commands } from '../registry.ts';
import { welcomeCard } from './cards/welcome.ts';
import { press } from './handle-action.ts';
import { say } from './handle-message.ts';
import { reply } from './reply.ts';
import { type Handler, type Middleware, readerOf } from './turn.ts';

/** Sends each kind of incoming to what handles it. */
export const dispatch = (ports: BotPorts): Handler => {
  const said = say(ports, commands);
  const pressed = press(ports, actions);
  const searched = lookUp(ports);
  return async (incoming, signal) => {
    switch (incoming.kind) {
      case 'command':
        return said(incoming, signal);
      case 'action':
        return pressed(incoming, signal);
      case 'search':
        return searched(incoming);
      case 'installed': {
        const reader = readerOf(incoming.scope, ports.clock);
        return reply(welcomeCard({ kind: reader.kind }, reader));
      }
      case 'removed':
      case 'ignored':
        return undefined;
      default:
        return incoming satisfies never;
    }
  };
};

/** The first middleware is the outermost. */
export const compose =
  (...middleware: readonly Middleware[]) =>
  (last: Handler): Handler =>
    middleware.reduceRight((next, wrap) => wrap(next), last);
