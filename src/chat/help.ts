import { type AppError, refusal } from '../platform/errors.ts';
import type { Card } from '../platform/messenger.ts';
import { nearestCommands } from '../shared/names.ts';
import { mayAct, type Role } from '../shared/role.ts';
import { helpCard } from './cards/help.ts';
import { type Command, type CommandFacts, commandCalled } from './define-command.ts';
import { privateReply } from './reply.ts';

/** `help` needs the list that it is itself part of, so it is made when the list is. */
export const createHelp = (others: readonly CommandFacts[]): Command<unknown> => {
  /** It speaks of commands alone, so it is the same for everybody of a role; to draw it is a tenth of the turn. */
  const drawn = new Map<Role, Card>();
  const help: Command<unknown> = {
    name: 'help',
    aliases: ['?', 'commands'],
    group: 'The bot',
    usage: 'help [command]',
    summary: 'What I can do here, for your role',
    details: ['help pause'],
    role: 'none',
    reads: true,
    run: async (_ports, { scope, reader }, rest) => {
      const commands = [help, ...others];
      const name = rest.trim().toLowerCase();
      const one = commandCalled(commands, name);
      if (name !== '' && one === undefined) throw unknownTopic(name, commands);
      const allowed = commands.filter(({ role }) => mayAct(scope.role, role));
      if (one !== undefined) return privateReply(helpCard({ commands: allowed, one }, reader));
      const card = drawn.get(scope.role) ?? helpCard({ commands: allowed }, reader);
      drawn.set(scope.role, card);
      return privateReply(card);
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
