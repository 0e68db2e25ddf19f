import { fieldsCard } from '../../cards/fields.ts';
import { reply } from '../answers.ts';
import type { Command } from '../command.ts';

export const fields: Command = {
  name: 'fields',
  aliases: ['customfields'],
  usage: 'fields',
  summary: 'The custom fields that agents have',
  details: ['Filter by one of them: agents field.Site:Boise'],
  role: 'viewer',
  looksOnly: true,
  run: async ({ pingPlotter }, { scope, reader, signal }) =>
    reply(fieldsCard({ names: await pingPlotter(scope.account).customFields(signal) }, reader)),
};
