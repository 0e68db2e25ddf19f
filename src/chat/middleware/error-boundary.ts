import type { Clock } from '../../platform/clock.ts';
import { type AppError, asAppError, type ErrorCode } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { isReason } from '../../platform/reasons.ts';
import { optional } from '../../shared/optional.ts';
import { longestFilter } from '../../shared/text.ts';
import type { Verb } from '../../ui/action.ts';
import { errorCard } from '../../ui/error.ts';
import { sentences } from '../../ui/explanations/codes.ts';
import { parseCommand, withoutEndSigns } from '../command-line.ts';
import { type ActionTable, isVerb, readVerbData } from '../define-action.ts';
import { type CommandFacts, commandCalled } from '../define-command.ts';
import { privateReply, reply } from '../reply.ts';
import { type Incoming, type Middleware, type Reply, readerOf } from '../turn.ts';

interface Ports {
  readonly clock: Clock;
  readonly log: Logger;
  readonly actions: ActionTable;
  readonly commands: readonly CommandFacts[];
}

/** The one place where an error becomes a sentence; the details go to the log. */
export const errorBoundary =
  ({ clock, log, ...known }: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    try {
      return await next(incoming, signal);
    } catch (thrown) {
      const error = asAppError(thrown);
      const expected = error.code !== 'internal';
      log[expected ? 'info' : 'error']('turn.failed', { code: error.code, error });
      return errorReply(incoming, { clock, ...known }, error);
    }
  };

const errorReply = (
  incoming: Incoming,
  { clock, ...known }: Omit<Ports, 'log'>,
  error: AppError,
): Reply | undefined => {
  switch (incoming.kind) {
    case 'command':
    case 'action': {
      // It came by itself, and nobody waits for it: the card stays as it is.
      if (incoming.kind === 'action' && incoming.trigger === 'automatic') return undefined;
      const retry = optional(
        'retry',
        isDeadEnd(error) ? undefined : retryAction(known, incoming, error.code),
      );
      const card = errorCard({ error, ...retry }, readerOf(incoming.scope, clock));
      return mayHaveChanged(error) ? reply(card) : privateReply(card);
    }
    case 'search':
    case 'link':
    case 'message-action':
      return {
        kind: 'hits',
        hits: [],
        sentence: sentenceFor(error),
      };
    case 'installed':
    case 'removed':
    case 'ignored':
      return undefined;
    default:
      return incoming satisfies never;
  }
};

/** What may have taken effect concerns everybody there. */
const mayHaveChanged = ({ code, detail }: AppError): boolean =>
  code === 'not-confirmed' || detail.ambiguous === true || detail.auditedChange !== undefined;

/** Who has no role, or no account, is refused behind every button, too. */
const isDeadEnd = ({ detail: { reason } }: AppError): boolean =>
  reason !== undefined &&
  ((isReason(reason, 'role.too-low') && reason.facts.role === 'none') ||
    isReason(reason, 'account.other-card') ||
    isReason(reason, 'account.unchosen') ||
    isReason(reason, 'account.none-here'));

const sentenceFor = ({ code, detail }: AppError): string => sentences[code].sentence(detail);

export interface RetryAction {
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The button under an error: what only reads is tried again, a change leads back to the agent, whose state must be
 * seen before anyone tries again, and a command that cannot be read leads to the help about it.
 */
export const retryAction = (
  { actions, commands }: Pick<Ports, 'actions' | 'commands'>,
  incoming: Extract<Incoming, { kind: 'command' | 'action' }>,
  code: ErrorCode,
): RetryAction | undefined => {
  if (incoming.kind === 'command') {
    const { name, rest } = parseCommand(incoming.text);
    if (name === 'agents') return page(withoutEndSigns(rest), code);
    const command = code === 'bad-input' ? commandCalled(commands, name) : undefined;
    return command === undefined || command.name === 'help'
      ? undefined
      : { verb: 'command.run', data: { command: 'help', topic: command.name } };
  }
  const { verb, data } = incoming;
  if (!isVerb(actions, verb)) return undefined;
  const known = readVerbData(actions, verb, data);
  if (known === undefined) return undefined;
  if ('page' in known && 'filter' in known) return page(known.filter, code, known.page);
  if (!('agent' in known) || known.agent === '') return undefined;
  const { agent } = known;
  const list = 'list' in known ? known.list : undefined;
  return { verb: 'agent.show', data: { agent, ...(list === undefined ? {} : { list }) } };
};

/** A filter that could not be read, or is too long to be, would only fail again. */
const page = (filter: string, code: ErrorCode, number = 1): RetryAction => ({
  verb: 'agents.page',
  data:
    code === 'bad-input' || filter.length > longestFilter
      ? { filter: '', page: 1 }
      : { filter, page: number },
});
