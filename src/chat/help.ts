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

/** `help` needs the list that it is itself part of, so it is made when the list is. */
export const createHelp = (others: readonly CommandFacts[]): Command<CommandSettings> => {
  /** It speaks of commands alone, so it is the same for everybody of a role in a kind of conversation where the same is set up; to draw it is a tenth of the turn. */
  const drawn = new Map<string, Card>();
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
    run: async (settings, { scope, reader }, rest) => {
      const commands = [help, ...others];
      const name = rest.trim().toLowerCase();
      const one = commandCalled(commands, name);
      if (name !== '' && one === undefined) throw unknownTopic(name, commands);
      const several = scope.oneOfSeveral === true;
      const isOfUse = (one: CommandFacts): boolean =>
        isSetUp(one, settings) && (several || one.ofSeveral !== true);
      const allowed = commands.filter((one) => mayAct(scope.role, one.role) && isOfUse(one));
      const invited = invitedTo(allowed, reader, settings);
      if (one !== undefined)
        return privateReply(helpCard({ commands: allowed, invited, one }, reader));
      const key = `${reader.kind} ${reader.role} ${allowed.map((command) => command.name).join()}`;
      const card = drawn.get(key) ?? helpCard({ commands: allowed, invited }, reader);
      drawn.set(key, card);
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
