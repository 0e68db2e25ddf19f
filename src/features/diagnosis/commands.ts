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
import {
  askWhichTarget,
  chooseSlashReading,
  findTargetIfRead,
  type NamedTarget,
  targetsOf,
} from '../../chat/resolve-target.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { begunName, findByName } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { asTyped, unquoted } from '../../shared/text.ts';
import { plainName } from '../../ui/escape.ts';
import { dots } from '../../ui/rich-text.ts';
import { whichCard } from '../../ui/which.ts';
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
  return chooseSlashReading(finder, account, grammar, slashed);
};

/** Names stand in no button's data, so each agent's own target is looked up before the question is asked. */
const choiceFor = async (
  ports: Ports,
  turn: Turn,
  agent: NamedAgent,
  target: string | undefined,
): Promise<Choice> => {
  const read = () => ports.agents.recent(turn.scope.account, agent.id, turn.signal);
  const found = target === undefined ? undefined : await findTargetIfRead(ports.log, read, target);
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
  const choiceOf = (item: NamedTarget): Choice => ({
    title: item.name,
    subtitle: knownAs(item),
    verb: 'diagnosis.show',
    data: { agent: agent.id, session: item.id },
  });
  if (found.kind === 'many') return askWhichTarget(turn, agent, target, found.items, choiceOf);
  const begun = begunName(target, targets);
  if (begun !== undefined) throw wordsBehind(begun, usage);
  const has = targets.length === 0 ? 'It has none.' : 'It has these:';
  return privateReply(
    whichCard(
      {
        question: `${asTyped(agent.name)} has no target called ${asTyped(target)}. ${has}`,
        choices: targets.slice(0, most).map(choiceOf),
        more: Math.max(0, targets.length - most),
      },
      turn.reader,
    ),
  );
};

export const diagnosisCommands = [why];
