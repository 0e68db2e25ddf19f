import type { z } from 'zod';
import { nearestCommands } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { mayAct } from '../shared/role.ts';
import { greetingCard } from './cards/greeting.ts';
import { parseCommand, requireCommandLength, usageError } from './command-line.ts';
import { defineAction } from './define-action.ts';
import {
  type Command,
  type CommandFacts,
  type CommandSettings,
  commandCalled,
  invitedTo,
} from './define-command.ts';
import { findByAddress } from './find-by-address.ts';
import { isGreeting } from './greetings.ts';
import { requireRole } from './person.ts';
import { answerPlainWords, type PlainWordsPorts } from './plain-words/answer.ts';
import type { Spelled } from './plain-words/meaning.ts';
import { privateReply, reply } from './reply.ts';
import type { AgentFinder, NamedAgent } from './resolve-agent.ts';
import { RunCommand } from './run-command.ts';
import { type Incoming, type Reply, readerOf, type Turn } from './turn.ts';
import { findTypedNames, mayBePlain, restOf } from './typed-names.ts';

type Message = Extract<Incoming, { kind: 'command' }>;

interface MessagePorts extends PlainWordsPorts, CommandSettings {
  readonly finder: AgentFinder;
}

/** Runs the command that was typed, or shows the agent whose name was; a greeting, or anything else, gets a greeting with a way on. */
export const handleMessage =
  <Ports extends MessagePorts>(ports: Ports, commands: readonly Command<Ports>[]) =>
  async ({ text, mentions, scope }: Message, signal: AbortSignal): Promise<Reply> => {
    requireCommandLength(text);
    const turn = { scope, reader: readerOf(scope, ports.clock), signal, mentions };
    const { name, rest } = parseCommand(text);
    const command = typedCommand(commands, name);
    const typed = { text, command, rest };
    const names = await findTypedNames(ports, turn, typed, commands);
    if (names.alone !== undefined) return runNamed(commands, ports, turn, 'agent', names.alone);
    if (command === undefined) {
      const found = await findByAddress(ports, turn, text);
      if (typeof found === 'string') return runNamed(commands, ports, turn, 'agent', found);
      if (found !== undefined) return found;
    }
    if (mayBePlain(typed, name, names)) {
      const run = (asked: Spelled) => runNamed(commands, ports, turn, asked.name, asked.rest);
      const answer = await answerPlainWords({ ports, commands, run, turn }, text);
      if (answer !== undefined) return answer;
    }
    if (command === undefined) return greet(ports, commands, turn, text);
    requireRole(scope, command.role, `“${command.name}”`);
    return command.run(ports, turn, restOf(typed, names));
  };

/** Another word for a command that changes something does not do it at once. */
const typedCommand = <C extends CommandFacts>(
  commands: readonly C[],
  word: string,
): C | undefined => {
  const command = commandCalled(commands, word);
  return command?.name === word || command?.reads === true ? command : undefined;
};

declare module '../ui/action.ts' {
  interface Verbs {
    /** A command, from a suggestion or the help card; what follows it holds no names. */
    'command.run': z.infer<typeof RunCommand>;
  }
}

/** Runs a command by its name, as if it had been typed alone: with the role that it takes. */
export const runNamed = async <Ports>(
  commands: readonly Command<Ports>[],
  ports: Ports,
  turn: Turn,
  name: string,
  rest = '',
): Promise<Reply> => {
  const command = commandCalled(commands, name);
  if (command === undefined) throw usageError('help');
  requireRole(turn.scope, command.role, `“${command.name}”`);
  return command.run(ports, turn, rest);
};

/** The action behind a button that runs a command. */
export const runCommandAction = <Ports>(commands: readonly Command<Ports>[]) =>
  defineAction('command.run', {
    data: RunCommand,
    role: 'none',
    title: 'This',
    run: (ports: Ports, turn, { command, rest, note, topic = '' }) => {
      const about = commandCalled(commands, topic)?.name ?? rest;
      return runNamed(
        commands,
        ports,
        turn,
        command,
        note === undefined ? about : `${rest} : ${note}`,
      );
    },
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
  const understood = isGreeting(text);
  const nearest = understood
    ? []
    : nearestCommands(
        parseCommand(text).name,
        allowed.map(({ name }) => name),
      );
  return (understood ? reply : privateReply)(
    greetingCard(
      {
        understood,
        ...optional('said', understood ? undefined : text),
        invited: invitedTo(commands, turn.reader, ports),
        commands: nearest.flatMap((name) => allowed.find((command) => command.name === name) ?? []),
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
