import type { Clock } from '../platform/clock.ts';
import { welcomeCard } from './cards/welcome.ts';
import { type CommandFacts, type CommandSettings, invitedTo } from './define-command.ts';
import { reply } from './reply.ts';
import { type Handler, type Incoming, type Middleware, type Reply, readerOf } from './turn.ts';

type Of<K extends Incoming['kind']> = Extract<Incoming, { readonly kind: K }>;

/** What handles each kind of incoming. */
interface Handlers {
  readonly clock: Clock;
  readonly commands: readonly CommandFacts[];
  readonly settings: CommandSettings;
  readonly message: (incoming: Of<'command'>, signal: AbortSignal) => Promise<Reply>;
  readonly action: (incoming: Of<'action'>, signal: AbortSignal) => Promise<Reply>;
  readonly search: (incoming: Of<'search'>) => Promise<Reply>;
  readonly link: (incoming: Of<'link'>) => Promise<Reply>;
  readonly messageAction: (incoming: Of<'message-action'>) => Promise<Reply>;
}

/** Sends each kind of incoming to what handles it. */
export const route =
  ({
    clock,
    commands,
    settings,
    message,
    action,
    search,
    link,
    messageAction,
  }: Handlers): Handler =>
  async (incoming, signal) => {
    switch (incoming.kind) {
      case 'command':
        return message(incoming, signal);
      case 'action':
        return action(incoming, signal);
      case 'search':
        return search(incoming);
      case 'link':
        return link(incoming);
      case 'message-action':
        return messageAction(incoming);
      case 'installed': {
        const reader = readerOf(incoming.scope, clock);
        return reply(
          welcomeCard(
            { kind: reader.kind, invited: invitedTo(commands, reader, settings) },
            reader,
          ),
        );
      }
      case 'removed':
      case 'ignored':
        return undefined;
      default:
        return incoming satisfies never;
    }
  };

/** The first middleware is the outermost. */
export const compose =
  (...middleware: readonly Middleware[]) =>
  (last: Handler): Handler =>
    middleware.reduceRight((next, wrap) => wrap(next), last);
