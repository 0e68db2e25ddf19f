import { welcomeCard } from '../cards/welcome.ts';
import type { Handler } from '../core/turn.ts';
import { actions } from './actions.ts';
import { reply } from './answers.ts';
import { commands } from './commands.ts';
import { lookUp } from './look-up.ts';
import { press } from './press.ts';
import { say } from './say.ts';
import { type BotPorts, readerOf } from './turn.ts';

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
