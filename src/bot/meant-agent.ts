import { whichCard } from '../cards/which.ts';
import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Reply } from '../core/turn.ts';
import type { Verb } from '../core/verbs.ts';
import { findAgent, type NamedAgent } from '../use-cases/find-agent.ts';
import { reply } from './answers.ts';
import type { BotPorts, Turn } from './turn.ts';

/** Rows of a card that asks which one. */
const most = 10;

export interface Question {
  /** What was typed for the agent. */
  readonly name: string;
  /** What to do with the one that is meant. */
  readonly act: (agent: NamedAgent) => Promise<Reply>;
  /** The same as a button, when several could be meant. */
  readonly verb: Verb;
  /** What the button carries besides the agent. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly usage: string;
  /** Goes along with the press, like the new name of a rename. */
  readonly input?: { readonly id: string; readonly label: string; readonly value: string };
}

/** One match acts; several ask which one; none suggests the nearest. */
export const withAgent = async (
  ports: BotPorts,
  turn: Turn,
  { name, act, verb, data, usage, input }: Question,
): Promise<Reply> => {
  if (name.trim() === '') throw usageError(usage);
  const found = await findAgent(ports)(turn.scope.account, name);
  if (found.kind === 'one') return act(found.item);
  const candidates = found.kind === 'many' ? found.items : found.nearest;
  return reply(
    whichCard(
      {
        question:
          found.kind === 'many'
            ? `Which agent do you mean by “${name}”?`
            : candidates.length > 0
              ? `There is no agent called “${name}”. Did you mean one of these?`
              : `There is no agent called “${name}”. Type “agents” to see them all.`,
        choices: candidates.slice(0, most).map((agent) => ({
          title: agent.name,
          subtitle: agent.alsoKnownAs?.join(', ') ?? '',
          verb,
          data: { ...data, agent: agent.id },
        })),
        more: Math.max(0, candidates.length - most),
        ...optional('input', input),
      },
      turn.reader,
    ),
  );
};

export const usageError = (usage: string): AppError =>
  new AppError('bad-input', 'arguments missing', { explanation: `Type it like this: ${usage}` });
