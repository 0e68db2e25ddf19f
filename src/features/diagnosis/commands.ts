import { slashSplits, splitTarget, usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { privateReply, reply } from '../../chat/reply.ts';
import {
  type AgentFinder,
  type Choice,
  knownAs,
  most,
  type NamedAgent,
  resolveAgent,
  wordsBehind,
} from '../../chat/resolve-agent.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { begunName, findByName, type NameSearch } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { asTyped, unquoted } from '../../shared/text.ts';
import { plainName } from '../../ui/escape.ts';
import { dots } from '../../ui/rich-text.ts';
import { whichCard } from '../../ui/which.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { type WhyPorts, whyAnswer } from './actions.ts';

interface Ports extends WhyPorts {
  readonly finder: AgentFinder;
}

const usage = 'why <agent> [/ <target>]';

export const why = defineCommand({
  name: 'why',
  group: 'Look',
  usage,
  summary: 'Where it is likely broken, with the facts for it',
  details: ['why lax-12', 'why lax-12 / crm', 'Without a target the worst one is meant.'],
  role: 'viewer',
  reads: true,
  run: async (ports: Ports, turn, typed) => {
    if (typed.trim() === '') throw usageError(usage);
    const { agent, target } = await readingOf(ports, turn, typed);
    if (target === '') throw usageError(usage);
    return resolveAgent(ports, turn, {
      name: unquoted(agent),
      usage,
      verb: 'agent.show',
      choose: (agents) => Promise.all(agents.map((one) => choiceFor(ports, turn, one, target))),
      act: (found) =>
        target === undefined
          ? whyAnswer(ports, turn, { agent: found.id }).then(reply)
          : whyTarget(ports, turn, found, target),
    });
  },
});

interface Reading {
  /** As it was typed, with its quotes. */
  readonly agent: string;
  readonly target?: string;
}

/** A whole name comes before the grammar; a slash without spaces counts where only one reading is possible. */
const readingOf = async (
  { finder }: Ports,
  { scope: { account } }: Turn,
  typed: string,
): Promise<Reading> => {
  const readings: readonly Reading[] = [{ agent: typed }, ...slashSplits(typed)];
  const whole = await finder.readingOfWholeName(account, readings);
  if (whole !== undefined) return whole;
  const grammar: Reading = splitTarget(typed);
  const slashed = grammar.target === undefined ? slashSplits(typed) : [];
  if (slashed.length === 0) return grammar;
  const [first = grammar, ...others] = await finder.readingsOfPart(account, [grammar, ...slashed]);
  if (first !== grammar && others.length > 0)
    throw refusal('bad-input', 'agent.slash-unclear', { typed: grammar.agent });
  return first;
};

interface Target {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
}

const targetsOf = ({ sessions }: AgentView): readonly Target[] =>
  sessions.map(({ id, name, address }) => ({
    id,
    name,
    ...optional('alsoKnownAs', address === undefined ? undefined : [address]),
  }));

/** Names stand in no button's data, so each agent's own target is looked up before the question is asked. */
const choiceFor = async (
  ports: Ports,
  turn: Turn,
  agent: NamedAgent,
  target: string | undefined,
): Promise<Choice> => {
  const found = target === undefined ? undefined : await targetIn(ports, turn, agent, target);
  const session = found?.kind === 'one' ? found.item : undefined;
  const label =
    target === undefined
      ? ''
      : session === undefined
        ? `no one target ${asTyped(target)}: its worst`
        : plainName(session.name);
  return {
    title: agent.name,
    subtitle: dots([label, knownAs(agent)]),
    verb: 'diagnosis.show',
    data: { agent: agent.id, ...optional('session', session?.id) },
  };
};

/** One agent that cannot be read must not keep the others from being offered. */
const targetIn = async (
  { agents, log }: Ports,
  { scope, signal }: Turn,
  { id }: NamedAgent,
  target: string,
): Promise<NameSearch<Target> | undefined> => {
  try {
    return findByName(target, targetsOf(await agents.recent(scope.account, id, signal)));
  } catch (error) {
    log.info('targets.unreadable', { error });
    return undefined;
  }
};

/** One match is explained; several ask which one, none names what there is. */
const whyTarget = async (
  ports: Ports,
  turn: Turn,
  agent: NamedAgent,
  target: string,
): Promise<Reply> => {
  const view = await ports.agents.recent(turn.scope.account, agent.id, turn.signal);
  const targets = targetsOf(view);
  const found = findByName(target, targets);
  if (found.kind === 'one')
    return reply(await whyAnswer(ports, turn, { agent: agent.id, session: found.item.id }));
  const begun = begunName(target, targets);
  if (found.kind === 'none' && begun !== undefined) throw wordsBehind(begun, usage);
  const items = found.kind === 'many' ? found.items : targets;
  const name = asTyped(agent.name);
  return privateReply(
    whichCard(
      {
        question:
          found.kind === 'many'
            ? `Which target of ${name} do you mean by ${asTyped(target)}?`
            : `${name} has no target called ${asTyped(target)}. ${items.length === 0 ? 'It has none.' : 'It has these:'}`,
        choices: items.slice(0, most).map((item) => ({
          title: item.name,
          subtitle: knownAs(item),
          verb: 'diagnosis.show',
          data: { agent: agent.id, session: item.id },
        })),
        more: Math.max(0, items.length - most),
      },
      turn.reader,
    ),
  );
};

export const diagnosisCommands = [why];
