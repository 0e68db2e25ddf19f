import { privateReply } from '../../chat/reply.ts';
import {
  type AgentFinder,
  type Choice,
  knownAs,
  most,
  type NamedAgent,
  resolveAgent,
  showChoice,
  wordsBehind,
} from '../../chat/resolve-agent.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { begunName, findByName, type NameSearch } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { asTyped, unquoted } from '../../shared/text.ts';
import type { Verb } from '../../ui/action.ts';
import { plainName } from '../../ui/escape.ts';
import { dots } from '../../ui/rich-text.ts';
import { whichCard } from '../../ui/which.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { AgentReader } from '../fleet/ports.ts';
import type { TypedHistory } from './typed-history.ts';

export interface ResolvePorts {
  readonly agents: AgentReader;
  readonly finder: AgentFinder;
  readonly log: Logger;
}

/** What is asked about an agent, or one of its targets. */
export interface Asked {
  readonly typed: TypedHistory;
  readonly usage: string;
  /** The same as a button, where several match. */
  readonly verb: Verb;
  /** What the button carries besides agent and session. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Goes along with the press. */
  readonly input?: { readonly id: string; readonly label: string; readonly value: string };
  readonly act: (agent: string, session: string | undefined) => Promise<Reply>;
}

/** Finds the agent, then its target; a question takes all of the command along. */
export const resolveTarget = (ports: ResolvePorts, turn: Turn, asked: Asked): Promise<Reply> => {
  const { typed, usage, verb, data, input, act } = asked;
  const { target } = typed;
  return resolveAgent(ports, turn, {
    name: unquoted(typed.agent),
    usage,
    verb,
    data,
    ...optional('input', input),
    ...optional(
      'choose',
      target === undefined
        ? undefined
        : (agents: readonly NamedAgent[]) =>
            Promise.all(agents.map((agent) => choiceOfTarget(ports, turn, asked, target, agent))),
    ),
    act: (agent) =>
      target === undefined ? act(agent.id, undefined) : targetOf(ports, turn, asked, agent, target),
  });
};

interface Target {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
}

/** Names stand in no button's data, so each agent's own target is looked up before the question is asked. */
const choiceOfTarget = async (
  ports: ResolvePorts,
  turn: Turn,
  asked: Asked,
  target: string,
  agent: NamedAgent,
): Promise<Choice> => {
  const found = await targetIn(ports, turn, agent, target);
  if (found?.kind === 'one') return choiceOf(asked, agent, found.item, agent.name);
  const why = { many: 'several targets match', none: 'no target' }[found?.kind ?? 'none'];
  const label =
    found === undefined ? 'its targets cannot be read now' : `${why} ${asTyped(target)}`;
  return showChoice(agent, dots([label, knownAs(agent)]));
};

const targetIn = async (
  { agents, log }: ResolvePorts,
  { scope, signal }: Turn,
  { id }: NamedAgent,
  target: string,
): Promise<NameSearch<Target> | undefined> => {
  try {
    return findByName(target, targetsOf(await agents.recent(scope.account, id, signal)));
  } catch (error) {
    log.info('targets.unreadable', { error: asAppError(error) });
    return undefined;
  }
};

const choiceOf = (
  { verb, data }: Asked,
  agent: NamedAgent,
  target: Target,
  title: string,
): Choice => ({
  title,
  subtitle: dots([plainName(target.name), knownAs(agent)]),
  verb,
  data: { ...data, agent: agent.id, session: target.id },
});

const targetOf = async (
  { agents }: ResolvePorts,
  turn: Turn,
  asked: Asked,
  agent: NamedAgent,
  target: string,
): Promise<Reply> => {
  const targets = targetsOf(await agents.recent(turn.scope.account, agent.id, turn.signal));
  const found = findByName(target, targets);
  if (found.kind === 'one') return asked.act(agent.id, found.item.id);
  if (found.kind === 'many')
    return privateReply(
      whichCard(
        {
          question: `Which target of ${asTyped(agent.name)} do you mean by ${asTyped(target)}?`,
          choices: found.items
            .slice(0, most)
            .map((item) => choiceOf(asked, agent, item, item.name)),
          more: Math.max(0, found.items.length - most),
          ...optional('input', asked.input),
        },
        turn.reader,
      ),
    );
  const begun = begunName(target, targets);
  if (begun !== undefined) throw wordsBehind(begun, asked.usage);
  const names = targets.map(({ name }) => name).join(', ');
  return privateReply(
    whichCard(
      {
        question: `${asTyped(agent.name)} has no target called ${asTyped(target)}.`,
        choices: [showChoice(agent, names === '' ? 'It has no targets' : `Its targets: ${names}`)],
        more: 0,
      },
      turn.reader,
    ),
  );
};

const targetsOf = ({ sessions }: AgentView): readonly Target[] =>
  sessions.map(({ id, name, address }) => ({
    id,
    name,
    ...optional('alsoKnownAs', address === undefined ? undefined : [address]),
  }));
