import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { nearestCommands } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { mayAct } from '../shared/role.ts';
import { greetingCard } from './cards/greeting.ts';
import { parseCommand, requireCommandLength, usageError } from './command-line.ts';
import { defineAction } from './define-action.ts';
import { type Command, commandCalled } from './define-command.ts';
import { requireRole } from './person.ts';
import { reply } from './reply.ts';
import type { AgentFinder, NamedAgent } from './resolve-agent.ts';
import { type Incoming, type Reply, readerOf, type Turn } from './turn.ts';

type Message = Extract<Incoming, { kind: 'command' }>;

interface MessagePorts {
  readonly finder: AgentFinder;
  readonly clock: Clock;
  readonly log: Logger;
}

const greetings = new Set(['', 'hi', 'hello', 'hey', 'hallo', 'moin', 'yo', 'good morning']);

/** Runs the command that was typed; a greeting, or anything else, gets a greeting with a way on. */
export const handleMessage =
  <Ports extends MessagePorts>(ports: Ports, commands: readonly Command<Ports>[]) =>
  async ({ text, mentions, scope }: Message, signal: AbortSignal): Promise<Reply> => {
    requireCommandLength(text);
    const turn = { scope, reader: readerOf(scope, ports.clock), signal, mentions };
    const { name, rest } = parseCommand(text);
    const command = commandCalled(commands, name);
    if (command === undefined) return greet(ports, commands, turn, text);
    requireRole(scope, command.role, `“${command.name}”`);
    return command.run(ports, turn, rest);
  };

const RunCommand = z.object({ command: z.string().min(1).max(30) });

declare module '../ui/action.ts' {
  interface Verbs {
    /** A command without arguments, from a suggestion or the help card. */
    'command.run': z.infer<typeof RunCommand>;
  }
}

/** Runs a command by its name, as if it had been typed alone: with the role that it takes. */
export const runNamed = async <Ports>(
  commands: readonly Command<Ports>[],
  ports: Ports,
  turn: Turn,
  name: string,
): Promise<Reply> => {
  const command = commandCalled(commands, name);
  if (command === undefined) throw usageError('help');
  requireRole(turn.scope, command.role, `“${command.name}”`);
  return command.run(ports, turn, '');
};

/** The action behind a button that runs a command. */
export const runCommandAction = <Ports>(commands: readonly Command<Ports>[]) =>
  defineAction('command.run', {
    data: RunCommand,
    role: 'none',
    title: 'This',
    run: (ports: Ports, turn, { command }) => runNamed(commands, ports, turn, command),
  });

/** How many agents a greeting suggests: buttons must fit a phone. */
const mostAgents = 3;

const greet = async (
  ports: MessagePorts,
  commands: readonly Command<never>[],
  turn: Turn,
  text: string,
): Promise<Reply> => {
  const allowed = commands.filter(({ role }) => mayAct(turn.scope.role, role));
  const understood = greetings.has(
    text
      .toLowerCase()
      .split(/[\s!.,?]+/u)
      .join(' ')
      .trim(),
  );
  const names = understood
    ? ['agents', 'help']
    : nearestCommands(
        parseCommand(text).name,
        allowed.map(({ name }) => name),
      );
  const suggested = (names.length > 0 ? names : ['agents', 'help']).flatMap(
    (name) => allowed.find((command) => command.name === name) ?? [],
  );
  return reply(
    greetingCard(
      {
        understood,
        ...optional('said', understood ? undefined : text),
        commands: suggested,
        agents: understood ? [] : await agentsLike(ports, turn, text),
      },
      turn.reader,
    ),
  );
};

/** A greeting comes even when PingPlotter does not answer. */
const agentsLike = async (
  { finder, log }: MessagePorts,
  { scope }: Turn,
  text: string,
): Promise<readonly NamedAgent[]> => {
  if (!mayAct(scope.role, 'viewer')) return [];
  try {
    return (await finder.like(scope.account, text)).slice(0, mostAgents);
  } catch (error) {
    log.info('greeting.no-suggestions', { error });
    return [];
  }
};
