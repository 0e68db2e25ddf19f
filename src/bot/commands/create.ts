import { unquoted } from '../../core/command-line.ts';
import { creationForm, reply } from '../answers.ts';
import type { Command } from '../command.ts';

export const create: Command = {
  name: 'create',
  aliases: ['new', 'add'],
  usage: 'create [<name>]',
  summary: 'A new agent or template, with its targets; a form opens',
  details: ['create LAX Reception'],
  role: 'admin',
  run: async (ports, turn, rest) =>
    reply(await creationForm(ports, turn, rest.trim() === '' ? {} : { name: unquoted(rest) })),
};
