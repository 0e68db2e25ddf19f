import {
  type AgentFinder,
  type Choice,
  knownAs,
  type NamedAgent,
  resolveAgent,
} from '../../chat/resolve-agent.ts';
import {
  askWhichTarget,
  choiceWithoutTarget,
  findTargetIfRead,
  type NamedTarget,
  noSuchTarget,
  targetsOf,
} from '../../chat/resolve-target.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { Logger } from '../../platform/log.ts';
import { findByName } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { unquoted } from '../../shared/text.ts';
import type { Verb } from '../../ui/action.ts';
import { plainName } from '../../ui/escape.ts';
import { dots } from '../../ui/rich-text.ts';
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

/** Names stand in no button's data, so each agent's own target is looked up before the question is asked. */
const choiceOfTarget = async (
  ports: ResolvePorts,
  turn: Turn,
  asked: Asked,
  target: string,
  agent: NamedAgent,
): Promise<Choice> => {
  const read = () => ports.agents.recent(turn.scope.account, agent.id, turn.signal);
  const found = await findTargetIfRead(ports.log, read, target);
  return found?.kind === 'one'
    ? choiceOf(asked, agent, found.item, agent.name)
    : choiceWithoutTarget(agent, target, found);
};

const choiceOf = (
  { verb, data }: Asked,
  agent: NamedAgent,
  target: NamedTarget,
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
    return askWhichTarget(
      turn,
      agent,
      target,
      found.items,
      (item) => choiceOf(asked, agent, item, item.name),
      asked.input,
    );
  return noSuchTarget(turn, agent, target, targets, { usage: asked.usage, acts: false });
};
