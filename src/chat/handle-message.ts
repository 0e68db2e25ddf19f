import type { z } from 'zod';
import { within } from '../platform/clock.ts';
import { fold } from '../shared/fold.ts';
import { nearestCommands } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { mayAct } from '../shared/role.ts';
import { greetingCard } from './cards/greeting.ts';
import { parseCommand, requireCommandLength, usageError, withoutEndSigns } from './command-line.ts';
import { defineAction } from './define-action.ts';
import { type Command, type CommandFacts, commandCalled } from './define-command.ts';
import { findByAddress } from './find-by-address.ts';
import { requireRole } from './person.ts';
import { answerPlainWords, type PlainWordsPorts } from './plain-words/answer.ts';
import type { Spelled } from './plain-words/meaning.ts';
import { isSentence } from './plain-words/own-form.ts';
import { vocabulary } from './plain-words/vocabulary.ts';
import { privateReply, reply } from './reply.ts';
import type { AgentFinder, NamedAgent } from './resolve-agent.ts';
import { RunCommand } from './run-command.ts';
import { type Incoming, type Reply, readerOf, type Turn } from './turn.ts';
import { splitTiming } from './typed-time.ts';

type Message = Extract<Incoming, { kind: 'command' }>;

interface MessagePorts extends PlainWordsPorts {
  readonly finder: AgentFinder;
}

const greetings = new Set(['', 'hi', 'hello', 'hey', 'hallo', 'moin', 'yo', 'good morning']);

const isGreeting = (text: string): boolean =>
  greetings.has(
    text
      .toLowerCase()
      .split(/[\s!.,?]+/u)
      .join(' ')
      .trim(),
  );

/** Runs the command that was typed, or shows the agent whose name was; a greeting, or anything else, gets a greeting with a way on. */
export const handleMessage =
  <Ports extends MessagePorts>(ports: Ports, commands: readonly Command<Ports>[]) =>
  async ({ text, mentions, scope }: Message, signal: AbortSignal): Promise<Reply> => {
    requireCommandLength(text);
    const turn = { scope, reader: readerOf(scope, ports.clock), signal, mentions };
    const { name, rest } = parseCommand(text);
    const command = typedCommand(commands, name);
    const shown = await namedAgent(ports, turn, text, command, commands);
    if (shown !== undefined) return runNamed(commands, ports, turn, 'agent', shown);
    if (command === undefined) {
      const found = await findByAddress(ports, turn, text);
      if (typeof found === 'string') return runNamed(commands, ports, turn, 'agent', found);
      if (found !== undefined) return found;
    }
    if (await mayBePlain(ports, turn, { name, rest, text }, command)) {
      const run = (asked: Spelled) => runNamed(commands, ports, turn, asked.name, asked.rest);
      const answer = await answerPlainWords({ ports, commands, run, turn }, text);
      if (answer !== undefined) return answer;
    }
    if (command === undefined) return greet(ports, commands, turn, text);
    requireRole(scope, command.role, `“${command.name}”`);
    return command.run(ports, turn, await restOf(ports, turn, command, rest));
  };

/** Another word for a command that changes something does not do it at once. */
const typedCommand = <C extends CommandFacts>(
  commands: readonly C[],
  word: string,
): C | undefined => {
  const command = commandCalled(commands, word);
  return command?.name === word || command?.reads === true ? command : undefined;
};

/** A command in its own form is none; nor is one that means an agent by its whole name. */
const mayBePlain = async (
  { finder, log }: MessagePorts,
  { scope }: Turn,
  { name, rest, text }: { readonly name: string; readonly rest: string; readonly text: string },
  command: CommandFacts | undefined,
): Promise<boolean> => {
  if (isGreeting(text)) return false;
  if (command?.name !== name) return true;
  if (!isSentence(command, rest)) return false;
  const whole = [{ agent: rest }, { agent: splitTiming(rest).rest }];
  try {
    return (await finder.readingOfWholeName(scope.account, whole)) === undefined;
  } catch (error) {
    log.info('greeting.no-suggestions', { error });
    return true;
  }
};

/** No command waits longer to learn whether what was typed is somebody's name. */
const nameWithinMs = 1500;

/**
 * The agent that was typed by its name alone. A whole name comes before a command with something behind it; one that is
 * called like a command is meant in quotes only.
 */
const namedAgent = async (
  { finder, clock, log }: MessagePorts,
  { scope }: Turn,
  text: string,
  command: CommandFacts | undefined,
  commands: readonly CommandFacts[],
): Promise<string | undefined> => {
  const name = withoutEndSigns(text.trim());
  const word = /\s/u.test(name) ? '' : name.toLowerCase();
  const alone = commandCalled(commands, word) !== undefined;
  if (isGreeting(text) || alone || !mayAct(scope.role, 'viewer')) return undefined;
  const look = async (): Promise<string | undefined> => {
    const typed = [{ agent: text }, { agent: name }];
    const whole = await finder.readingOfWholeName(scope.account, typed);
    if (whole !== undefined) return whole.agent;
    if (command !== undefined || vocabulary.has(fold(name))) return undefined;
    const [part] = await finder.readingsOfPart(scope.account, typed);
    return part?.agent;
  };
  try {
    const found = look();
    return command === undefined ? await found : (await within(clock, nameWithinMs, found))?.value;
  } catch (error) {
    log.info('greeting.no-suggestions', { error });
    return undefined;
  }
};

/** A sign at the end does not matter, unless it is part of a new name or of an agent's whole one. */
const restOf = async (
  { finder, log }: MessagePorts,
  { scope }: Turn,
  { freeText }: CommandFacts,
  rest: string,
): Promise<string> => {
  const without = withoutEndSigns(rest);
  if (without === rest || freeText === true) return rest;
  try {
    const whole = await finder.readingOfWholeName(scope.account, [{ agent: rest }]);
    return whole === undefined ? without : rest;
  } catch (error) {
    log.info('greeting.no-suggestions', { error });
    return without;
  }
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
    run: (ports: Ports, turn, { command, rest, note }) =>
      runNamed(commands, ports, turn, command, note === undefined ? rest : `${rest} : ${note}`),
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
  const names = understood
    ? ['agents', 'help']
    : nearestCommands(
        parseCommand(text).name,
        allowed.map(({ name }) => name),
      );
  const suggested = (names.length > 0 ? names : ['agents', 'help']).flatMap(
    (name) => allowed.find((command) => command.name === name) ?? [],
  );
  return (understood ? reply : privateReply)(
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
