import { listCard, reply } from '../answers.ts';
import type { Command } from '../command.ts';

export const agents: Command = {
  name: 'agents',
  aliases: ['fleet', 'list'],
  usage: 'agents [filter]',
  summary: 'All agents with their quality, the worst first',
  details: [
    'agents is:poor',
    'agents field.Site:Boise score<70',
    'agents name:lax* -is:offline OR is:vpn',
  ],
  role: 'viewer',
  looksOnly: true,
  run: async (ports, turn, rest) =>
    reply(await listCard(ports, turn, { filter: rest.trim(), page: 1 })),
};
