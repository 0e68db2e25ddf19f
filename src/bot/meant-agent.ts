import { whichCard } from '../cards/which.ts';
import type { AppError } from '../core/errors.ts';
import type { BegunName } from '../core/names.ts';
import { optional } from '../core/optional.ts';
import type { Reply } from '../core/turn.ts';
import { asTyped, cannotRead } from '../core/unread.ts';
import type { Verb } from '../core/verbs.ts';
import { type Found, findAgent, type NamedAgent } from '../use-cases/find-agent.ts';
import { reply } from './answers.ts';
import type { BotPorts, Turn } from './turn.ts';

/** Rows of a card that asks which one. */
export const most = 10;

/** A row of a card that asks which one, and what a press on it does. */
export interface Choice {
  readonly title: string;
  readonly subtitle: string;
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Question {
  /** What was typed for the agent. */
  readonly name: string;
  /** What to do with the one that is meant. */
  readonly act: (agent: NamedAgent) => Promise<Reply>;
  /** The same as a button, when several could be meant. */
  readonly verb: Verb;
  /** What the button carries besides the agent. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** The rows, where they take more than that. */
  readonly choose?: (agents: readonly NamedAgent[]) => Promise<readonly Choice[]>;
  readonly usage: string;
  /** Goes along with the press, like the new name of a rename. */
  readonly input?: { readonly id: string; readonly label: string; readonly value: string };
}

/** One match acts; several ask which one; none suggests the nearest, to look at. */
export const withAgent = async (
  ports: BotPorts,
  turn: Turn,
  question: Question,
): Promise<Reply> => {
  const { name, act, verb, data, usage, input } = question;
  if (name.trim() === '') throw usageError(usage);
  const looks = verb === 'agent.show';
  const found = await findAgent(ports)(turn.scope.account, name, { templates: looks });
  if (found.kind === 'one') return act(found.item);
  if (found.kind === 'none') return nobody(turn, question, found);
  const plainChoices = async (agents: readonly NamedAgent[]): Promise<readonly Choice[]> =>
    agents.map((agent) => ({
      title: agent.name,
      subtitle: knownAs(agent),
      verb,
      data: { ...data, agent: agent.id },
    }));
  return reply(
    whichCard(
      {
        question: `Which agent do you mean by ${asTyped(name)}?`,
        choices: await (question.choose ?? plainChoices)(found.items.slice(0, most)),
        more: Math.max(0, found.items.length - most),
        ...optional('input', input),
      },
      turn.reader,
    ),
  );
};

/** A guess, or a template, leads to its card: nothing is done to what was not named. */
const nobody = (
  { reader }: Turn,
  { name, verb, usage }: Question,
  { nearest, templates, begun }: Extract<Found, { kind: 'none' }>,
): Reply => {
  const acts = verb !== 'agent.show';
  if (acts && templates.length === 0 && begun !== undefined) throw standsBehind(begun, usage);
  const candidates = templates.length > 0 ? templates : nearest;
  const none = `There is no agent called ${asTyped(name)}${acts ? ', so nothing was done' : ''}.`;
  const next =
    templates.length > 0
      ? 'Only a template is: its card has buttons.'
      : candidates.length > 0
        ? 'Did you mean one of these?'
        : 'Type “agents” to see them all.';
  return reply(
    whichCard(
      {
        question: `${none} ${next}`,
        choices: candidates.slice(0, most).map((agent) => lookAt(agent, knownAs(agent))),
        more: Math.max(0, candidates.length - most),
      },
      reader,
    ),
  );
};

export const lookAt = ({ id, name }: NamedAgent, subtitle: string): Choice => ({
  title: name,
  subtitle,
  verb: 'agent.show',
  data: { agent: id },
});

export const knownAs = ({ alsoKnownAs }: NamedAgent): string => alsoKnownAs?.join(', ') ?? '';

/** The first words mean somebody or something; those behind them mean nothing. */
export const standsBehind = ({ name, unread }: BegunName, usage: string): AppError =>
  cannotRead(unread, `It stands behind ${asTyped(name)}. ${typeIt(usage)}`);

const typeIt = (usage: string): string => `Type it like this: ${usage}`;

/** Says how it goes, and what of that which was typed cannot be read. */
export const usageError = (usage: string, unread = ''): AppError =>
  cannotRead(unread, typeIt(usage));
