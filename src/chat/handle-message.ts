import type { BotPorts } from '../app.ts';
import { findByName, nearestCommands } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { mayAct } from '../shared/role.ts';
import { greetingCard } from './cards/greeting.ts';
import { parseCommand, requireCommandLength } from './command-line.ts';
import { answersTo, type Command } from './define-command.ts';
import { requireRole } from './person.ts';
import { reply } from './reply.ts';
import { type Incoming, type Reply, readerOf, type Turn } from './turn.ts';

type Said = Extract<Incoming, { kind: 'command' }>;

const greetings = new Set(['', 'hi', 'hello', 'hey', 'hallo', 'moin', 'yo', 'good morning']);

/** Runs the command that was typed; a greeting, or anything else, gets a greeting with a way on. */
export const say =
  (ports: BotPorts, commands: readonly Command[]) =>
  async ({ text, mentions, scope }: Said, signal: AbortSignal): Promise<Reply> => {
    requireCommandLength(text);
    const turn = { scope, reader: readerOf(scope, ports.clock), signal, mentions };
    const { name, rest } = parseCommand(text);
    const command = commands.find((one) => answersTo(one, name));
    if (command === undefined) return greet(ports, commands, turn, text);
    requireRole(scope, command.role, `“${command.name}”`);
    return command.run(ports, turn, rest);
  };

/** How many agents a greeting suggests: buttons must fit a phone. */
const mostAgents = 3;

const greet = async (
  ports: BotPorts,
  commands: readonly Command[],
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
  { fleets, log }: BotPorts,
  { scope }: Turn,
  text: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> => {
  if (!mayAct(scope.role, 'viewer')) return [];
  try {
    const fleet = await fleets.read(scope.account);
    const named = fleet.agents.map(({ agent: { id, name } }) => ({ id, name }));
    const found = findByName(text, named);
    const like =
      found.kind === 'one' ? [found.item] : found.kind === 'many' ? found.items : found.nearest;
    return like.slice(0, mostAgents);
  } catch (error) {
    log.info('no agents to suggest', { error });
    return [];
  }
};
