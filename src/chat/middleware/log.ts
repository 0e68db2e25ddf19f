import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import { parseCommand } from '../command-line.ts';
import type { Incoming, Middleware } from '../turn.ts';

/** One turn for the metrics. `outcome` says whether it was answered. */
export interface TurnObserved {
  readonly kind: Incoming['kind'];
  readonly outcome: 'answered' | 'silent';
  readonly seconds: number;
}

/** Names that the bot itself has given: all else that is typed or pressed stays out of the log. */
export interface KnownNames {
  isCommand(name: string): boolean;
  isVerb(verb: string): boolean;
}

/** One log line and one observation a turn; what was typed stays out of both, but for a command's own name. */
export const logTurns =
  ({
    clock,
    log,
    names,
    onTurn,
  }: {
    readonly clock: Clock;
    readonly log: Logger;
    readonly names: KnownNames;
    readonly onTurn: (turn: TurnObserved) => void;
  }): Middleware =>
  (next) =>
  async (incoming, signal) => {
    const started = clock.monotonic();
    const reply = await next(incoming, signal);
    const outcome = reply === undefined ? 'silent' : 'answered';
    const ms = Math.round(clock.monotonic() - started);
    onTurn({ kind: incoming.kind, outcome, seconds: ms / 1000 });
    log.info('turn.done', { kind: incoming.kind, outcome, ms, ...factsOf(incoming, names) });
    return reply;
  };

const factsOf = (
  incoming: Incoming,
  { isCommand, isVerb }: KnownNames,
): Readonly<Record<string, unknown>> => {
  if (incoming.kind === 'ignored') return { reason: incoming.reason };
  const { conversationKey, person } = incoming.scope;
  const facts = { conversation: conversationKey, person: person.objectId };
  switch (incoming.kind) {
    case 'command':
      return { ...facts, command: commandIn(incoming.text, isCommand) };
    case 'action':
      return {
        ...facts,
        verb: isVerb(incoming.verb) ? incoming.verb : unknown,
        trigger: incoming.trigger,
      };
    case 'search':
      return { ...facts, surface: incoming.surface };
    case 'link':
    case 'message-action':
    case 'installed':
    case 'removed':
      return facts;
    default:
      return incoming satisfies never;
  }
};

/** Stands for words that the bot does not know: they may be anything, a password too. */
const unknown = '(other)';

const commandIn = (text: string, isCommand: KnownNames['isCommand']): string => {
  const { name } = parseCommand(text);
  return isCommand(name) ? name : unknown;
};
