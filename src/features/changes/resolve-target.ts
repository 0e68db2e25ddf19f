import { type Choice, knownAs, type NamedAgent } from '../../chat/resolve-agent.ts';
import {
  askWhichTarget,
  choiceWithoutTarget,
  findTargetIfRead,
  type NamedTarget,
  noSuchTarget,
  targetsOf,
} from '../../chat/resolve-target.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { findByName } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { plainName } from '../../ui/escape.ts';
import { dots } from '../../ui/rich-text.ts';
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
  const read = () => ports.agents.recent(turn.scope.account, agent.id, turn.signal);
  const found = await findTargetIfRead(ports.log, read, target);
  return found?.kind === 'one'
    ? choiceOf(change, agent, found.item, agent.name, knownAs(agent))
    : choiceWithoutTarget(agent, target, found);
};

const choiceOf = (
  { action, label, ending = '', data }: Change,
  agent: NamedAgent,
  target: NamedTarget,
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
    return askWhichTarget(turn, agent, target, found.items, (item) =>
      choiceOf(change, agent, item, item.name, knownAs(item)),
    );
  return noSuchTarget(turn, agent, target, targets, { usage: change.usage, acts: true });
};
