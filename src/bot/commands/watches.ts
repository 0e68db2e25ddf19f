import { reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { watchesHereCard } from '../watch-answers.ts';

export const watches: Command = {
  name: 'watches',
  aliases: ['mutes'],
  usage: 'watches',
  summary: 'What is watched here, with its numbers, and what is muted',
  details: [],
  role: 'viewer',
  looksOnly: true,
  run: async (ports, turn) => reply(await watchesHereCard(ports, turn)),
};
