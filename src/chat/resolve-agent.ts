import { type AppError, refusal } from '../platform/errors.ts';
import type { BegunName } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { asTyped, unquoted } from '../shared/text.ts';
import type { Verb } from '../ui/action.ts';
import { whichCard } from '../ui/which.ts';
import { usageError } from './command-line.ts';
import { privateReply } from './reply.ts';
import type { Reply, Turn } from './turn.ts';

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
  /** What to do with the agent that was found. */
  readonly act: (agent: NamedAgent) => Promise<Reply>;
  /** The same as a button, when several match. */
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
export const resolveAgent = async (
  { finder }: { readonly finder: AgentFinder },
  turn: Turn,
  question: Question,
): Promise<Reply> => {
  const { name, act, verb, data, usage, input } = question;
  // Nobody is called so, and every agent would be a row to press.
  if (unquoted(name) === '') throw usageError(usage);
  const looks = verb === 'agent.show';
  const found = await finder.find(turn.scope.account, name, { templates: looks });
  if (found.kind === 'one') return act(found.item);
  if (found.kind === 'none') return nobody(turn, question, found);
  const plainChoices = async (agents: readonly NamedAgent[]): Promise<readonly Choice[]> =>
    agents.map((agent) => ({
      title: agent.name,
      subtitle: knownAs(agent),
      verb,
      data: { ...data, agent: agent.id },
    }));
  return privateReply(
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
  if (acts && templates.length === 0 && begun !== undefined) throw wordsBehind(begun, usage);
  const candidates = templates.length > 0 ? templates : nearest;
  const none = `There is no agent called ${asTyped(name)}${acts ? ', so nothing was done' : ''}.`;
  const next =
    templates.length > 0
      ? 'Only a template is: its card has buttons.'
      : candidates.length > 0
        ? 'Did you mean one of these?'
        : 'Type “agents” to see them all.';
  return privateReply(
    whichCard(
      {
        question: `${none} ${next}`,
        choices: candidates.slice(0, most).map((agent) => showChoice(agent, knownAs(agent))),
        more: Math.max(0, candidates.length - most),
      },
      reader,
    ),
  );
};

export const showChoice = ({ id, name }: NamedAgent, subtitle: string): Choice => ({
  title: name,
  subtitle,
  verb: 'agent.show',
  data: { agent: id },
});

export const knownAs = ({ alsoKnownAs }: NamedAgent): string => alsoKnownAs?.join(', ') ?? '';

/** The first words mean somebody or something; those behind them mean nothing. */
export const wordsBehind = ({ name, unread }: BegunName, usage: string): AppError =>
  refusal('bad-input', 'command.words-behind', { typed: unread, name, usage });

export interface FindOptions {
  /** Templates too, for what only looks. */
  readonly templates: boolean;
}

/** Port: which agents a typed name means. */
export interface AgentFinder {
  /**
   * The agents that a part of a name matches. When the last reading of the fleet does not know it, PingPlotter is
   * asked again, for the templates too.
   */
  find(account: string, name: string, options: FindOptions): Promise<Found>;
  /** Agents that have this whole IP address; see `wholeAddress`. */
  withAddress(account: string, address: string): Promise<readonly NamedAgent[]>;
  /** Agents that are called, or sound, like it; for a suggestion. */
  like(account: string, text: string): Promise<readonly NamedAgent[]>;
  /** Of several ways to read what was typed, the one that says a live agent's whole name. */
  readingOfWholeName<R extends { readonly agent: string }>(
    account: string,
    readings: readonly R[],
  ): Promise<R | undefined>;
  /** Of a target that was typed right behind a slash: the ways to read it that mean some agent by a part of its name. */
  readingsOfPart<R extends { readonly agent: string }>(
    account: string,
    readings: readonly R[],
  ): Promise<readonly R[]>;
  /** Which of several names means one agent of the fleet as it was read last; -1 = none. Asks PingPlotter nothing for each. */
  firstKnown(account: string, names: readonly string[]): Promise<number>;
}

export interface NamedAgent {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
  /** What tells it from others of that name. */
  readonly distinction?: string;
}

export type Found =
  | { readonly kind: 'one'; readonly item: NamedAgent }
  | { readonly kind: 'many'; readonly items: readonly NamedAgent[] }
  | {
      readonly kind: 'none';
      readonly nearest: readonly NamedAgent[];
      /** Who is called so and no live agent: a command that acts does not mean them. */
      readonly templates: readonly NamedAgent[];
      /** Set when the first words alone would mean somebody. */
      readonly begun?: BegunName;
    };
