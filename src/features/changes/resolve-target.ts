import { privateReply } from '../../chat/reply.ts';
import {
  type Choice,
  knownAs,
  most,
  type NamedAgent,
  showChoice,
  wordsBehind,
} from '../../chat/resolve-agent.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { begunName, findByName, type NameSearch } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { asTyped } from '../../shared/text.ts';
import { plainName } from '../../ui/escape.ts';
import { dots } from '../../ui/rich-text.ts';
import { whichCard } from '../../ui/which.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { changeSessions, type SessionChange } from './pause-resume.ts';
import type { ChangePorts as Ports } from './ports.ts';
import { outcomeReply } from './replies.ts';

/** A pause or a resume as it was typed, whatever it turns out to be about. */
export interface Change extends Pick<SessionChange, 'action' | 'until'> {
  readonly usage: string;
  /** How a button's data says when it ends. */
  readonly data?: { readonly until: number } | { readonly for: string };
  /** For the row of a question, like `Pause` and ` for 2h`. */
  readonly label: string;
  readonly ending?: string;
}

interface Target {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
}

/** The rows of “which agent?”: each carries all of the command, with its own agent's target. */
export const choices =
  (ports: Ports, turn: Turn, change: Change, target: string | undefined) =>
  (agents: readonly NamedAgent[]): Promise<readonly Choice[]> =>
    Promise.all(
      agents.map(async (agent) => {
        if (target !== undefined) return choiceOfTarget(ports, turn, change, target, agent);
        const { action, label, ending = '', data } = change;
        return {
          title: agent.name,
          subtitle: dots([`${label} all targets${ending}`, knownAs(agent)]),
          verb: `agent.${action}` as const,
          data: { ...data, agent: agent.id },
        };
      }),
    );

/** Names stand in no button's data, so each agent's own target is looked up before the question is asked. */
const choiceOfTarget = async (
  ports: Ports,
  turn: Turn,
  change: Change,
  target: string,
  agent: NamedAgent,
): Promise<Choice> => {
  const found = await targetIn(ports, turn, agent, target);
  if (found?.kind === 'one') return choiceOf(change, agent, found.item, agent.name, knownAs(agent));
  const why = { many: 'several targets match', none: 'no target' }[found?.kind ?? 'none'];
  const label =
    found === undefined ? 'its targets cannot be read now' : `${why} ${asTyped(target)}`;
  return showChoice(agent, dots([label, knownAs(agent)]));
};

/** One agent that cannot be read must not keep the others from being offered. */
const targetIn = async (
  ports: Ports,
  { scope, signal }: Turn,
  { id }: NamedAgent,
  target: string,
): Promise<NameSearch<Target> | undefined> => {
  try {
    return findByName(target, targetsOf(await ports.agents.recent(scope.account, id, signal)));
  } catch (error) {
    ports.log.info('targets.unreadable', { error });
    return undefined;
  }
};

const choiceOf = (
  { action, label, ending = '', data }: Change,
  agent: NamedAgent,
  target: Target,
  title: string,
  aka: string,
): Choice => ({
  title,
  subtitle: dots([`${label} ${plainName(target.name)}${ending}`, aka]),
  verb: `session.${action}`,
  data: { ...data, agent: agent.id, session: target.id },
});

/** Changes the target of an agent that is known; several ask which one, none leads to the agent's card. */
export const changeTarget = async (
  ports: Ports,
  turn: Turn,
  agent: NamedAgent,
  target: string,
  change: Change,
): Promise<Reply> => {
  const view = await ports.agents.read(turn.scope.account, agent.id, turn.signal);
  const targets = targetsOf(view);
  const found = findByName(target, targets);
  if (found.kind === 'one') {
    const { action, until } = change;
    const one = { agent: agent.id, session: found.item.id, action, ...optional('until', until) };
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, one));
  }
  if (found.kind === 'many')
    return privateReply(
      whichCard(
        {
          question: `Which target of ${asTyped(agent.name)} do you mean by ${asTyped(target)}?`,
          choices: found.items
            .slice(0, most)
            .map((item) => choiceOf(change, agent, item, item.name, knownAs(item))),
          more: Math.max(0, found.items.length - most),
        },
        turn.reader,
      ),
    );
  const begun = begunName(target, targets);
  if (begun !== undefined) throw wordsBehind(begun, change.usage);
  const names = targets.map(({ name }) => name).join(', ');
  return privateReply(
    whichCard(
      {
        question: `${asTyped(agent.name)} has no target called ${asTyped(target)}, so nothing was done.`,
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
