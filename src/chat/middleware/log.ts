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

/** One log line and one observation a turn; what was typed stays out of both, but for the command's name. */
export const logTurns =
  ({
    clock,
    log,
    onTurn,
  }: {
    readonly clock: Clock;
    readonly log: Logger;
    readonly onTurn: (turn: TurnObserved) => void;
  }): Middleware =>
  (next) =>
  async (incoming, signal) => {
    const started = clock.monotonic();
    const reply = await next(incoming, signal);
    const outcome = reply === undefined ? 'silent' : 'answered';
    const ms = Math.round(clock.monotonic() - started);
    onTurn({ kind: incoming.kind, outcome, seconds: ms / 1000 });
    log.info('turn.done', { kind: incoming.kind, outcome, ms, ...factsOf(incoming) });
    return reply;
  };

const factsOf = (incoming: Incoming): Readonly<Record<string, unknown>> => {
  if (incoming.kind === 'ignored') return { reason: incoming.reason };
  const { conversationKey, person } = incoming.scope;
  const facts = { conversation: conversationKey, person: person.objectId };
  switch (incoming.kind) {
    case 'command':
      return { ...facts, command: parseCommand(incoming.text).name.slice(0, 20) };
    case 'action':
      return { ...facts, verb: incoming.verb.slice(0, 40), trigger: incoming.trigger };
    case 'search':
      return { ...facts, surface: incoming.surface };
    case 'installed':
    case 'removed':
      return facts;
    default:
      return incoming satisfies never;
  }
};
