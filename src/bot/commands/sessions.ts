import { whichCard } from '../../cards/which.ts';
import { isBulk, splitTarget, splitTiming } from '../../core/command-line.ts';
import { AppError } from '../../core/errors.ts';
import { endMeant } from '../../core/moment.ts';
import { findByName } from '../../core/names.ts';
import { optional } from '../../core/optional.ts';
import type { Reply } from '../../core/turn.ts';
import { changeSessions, type SessionChange } from '../../use-cases/change-sessions.ts';
import type { NamedAgent } from '../../use-cases/find-agent.ts';
import { outcomeReply, reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { usageError, withAgent } from '../meant-agent.ts';
import type { BotPorts, Turn } from '../turn.ts';

export const pause: Command = {
  name: 'pause',
  aliases: ['stop'],
  usage: 'pause <agent> [/ <target>] [for 2h | until 08:00]',
  summary: 'Pause one target, or all of an agent; with a time it resumes by itself',
  details: [
    'pause lax-12',
    'pause lax-12 / crm',
    'pause lax-12 for 2h',
    'pause lax-12 / crm until mon 08:00',
  ],
  role: 'operator',
  run: async (ports, turn, typed) => {
    requireOneAgent(typed, pause.usage);
    const { rest, timing } = splitTiming(typed);
    const until = timing && endMeant(timing, turn.reader);
    return change(ports, turn, rest, { action: 'pause', ...optional('until', until) });
  },
};

export const resume: Command = {
  name: 'resume',
  aliases: ['start', 'unpause'],
  usage: 'resume <agent> [/ <target>]',
  summary: 'Resume one target, or all of an agent',
  details: ['resume lax-12', 'resume lax-12 / crm'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    requireOneAgent(rest, resume.usage);
    if (splitTiming(rest).timing !== undefined)
      throw new AppError('bad-input', 'timed resume', {
        explanation: 'Only a pause ends by itself: “pause lax-12 for 2h”. Nothing was resumed.',
      });
    return change(ports, turn, rest, { action: 'resume' });
  },
};

type Change = Pick<SessionChange, 'action' | 'until'>;

const change = async (
  ports: BotPorts,
  turn: Turn,
  rest: string,
  { action, ...ending }: Change,
): Promise<Reply> => {
  const { agent, target } = splitTarget(rest);
  return withAgent(ports, turn, {
    name: agent,
    usage: { pause, resume }[action].usage,
    verb: `agent.${action}`,
    data: ending,
    act: async (found) =>
      target === undefined
        ? outcomeReply(
            ports,
            turn,
            await changeSessions(ports)(turn.scope, { agent: found.id, action, ...ending }),
          )
        : changeTarget(ports, turn, found, target, { action, ...ending }),
  });
};

const changeTarget = async (
  ports: BotPorts,
  turn: Turn,
  agent: NamedAgent,
  target: string,
  { action, ...ending }: Change,
): Promise<Reply> => {
  const view = await ports.agents.read(turn.scope.account, agent.id, turn.signal);
  const found = findByName(
    target,
    view.sessions.map(({ id, name, address }) => ({
      id,
      name,
      ...optional('alsoKnownAs', address === undefined ? undefined : [address]),
    })),
  );
  if (found.kind === 'one') {
    const done = await changeSessions(ports)(turn.scope, {
      agent: agent.id,
      session: found.item.id,
      action,
      ...ending,
    });
    return outcomeReply(ports, turn, done);
  }
  const candidates = found.kind === 'many' ? found.items : view.sessions;
  return reply(
    whichCard(
      {
        question:
          found.kind === 'many'
            ? `Which target of ${agent.name} do you mean by “${target}”?`
            : `${agent.name} has no target called “${target}”. ${candidates.length > 0 ? 'These are its targets:' : ''}`,
        choices: candidates.slice(0, 10).map(({ id, name }) => ({
          title: name,
          subtitle: view.sessions.find((session) => session.id === id)?.address ?? '',
          verb: `session.${action}`,
          data: { ...ending, agent: agent.id, session: id },
        })),
        more: Math.max(0, candidates.length - 10),
      },
      turn.reader,
    ),
  );
};

/** Acting on many agents by a filter comes later; until then nothing is done, and that is said. */
export const requireOneAgent = (rest: string, usage: string): void => {
  if (rest.trim() === '') throw usageError(usage);
  if (isBulk(rest))
    throw new AppError('bad-input', 'bulk', {
      explanation: 'I act on one agent at a time, so nothing was done. Name the agent.',
    });
};
