import { type AppError, refusal } from '../platform/errors.ts';
import type { Card } from '../platform/messenger.ts';
import { nearestCommands } from '../shared/names.ts';
import { mayAct } from '../shared/role.ts';
import { helpCard } from './cards/help.ts';
import {
  type Command,
  type CommandFacts,
  type CommandSettings,
  commandCalled,
  invitedTo,
  isSetUp,
} from './define-command.ts';
import { privateReply } from './reply.ts';
import type { Turn } from './turn.ts';

/** `help` needs the list that it is itself part of, so it is made when the list is. */
export const createHelp = (others: readonly CommandFacts[]): Command<CommandSettings> => {
  /** It speaks of commands alone, so it is the same for everybody of a role in a kind of conversation: to draw it is a tenth of the turn. */
  const drawn = new WeakMap<CommandSettings, Map<string, Card>>();
  const commandsFor = (settings: CommandSettings, { scope, reader }: Turn) => {
    const several = scope.oneOfSeveral === true;
    const isOfUse = (one: CommandFacts): boolean =>
      isSetUp(one, settings) && (several || one.ofSeveral !== true);
    const commands = [help, ...others].filter(
      (one) => mayAct(scope.role, one.role) && isOfUse(one),
    );
    return { commands, invited: invitedTo(commands, reader, settings) };
  };
  const wholeHelp = (settings: CommandSettings, turn: Turn): Card => {
    const cards = drawn.get(settings) ?? new Map<string, Card>();
    drawn.set(settings, cards);
    const { scope, reader } = turn;
    const key = [reader.kind, reader.role, scope.role, scope.oneOfSeveral].join(' ');
    const card = cards.get(key) ?? helpCard(commandsFor(settings, turn), reader);
    cards.set(key, card);
    return card;
  };
  const help: Command<CommandSettings> = {
    name: 'help',
    aliases: ['?', 'commands'],
    group: 'The bot',
    usage: 'help [command]',
    summary: 'What I can do here, for your role',
    details: ['help pause'],
    role: 'none',
    reads: true,
    anyAccount: true,
    run: async (settings, turn, rest) => {
      const name = rest.trim().toLowerCase();
      if (name === '') return privateReply(wholeHelp(settings, turn));
      const commands = [help, ...others];
      const one = commandCalled(commands, name);
      if (one === undefined) throw unknownTopic(name, commands);
      return privateReply(helpCard({ ...commandsFor(settings, turn), one }, turn.reader));
    },
  };
  return help;
};

const unknownTopic = (name: string, commands: readonly CommandFacts[]): AppError => {
  const nearest = nearestCommands(
    name,
    commands.map((command) => command.name),
  );
  return refusal('bad-input', 'help.no-such-command', { name, nearest });
};
