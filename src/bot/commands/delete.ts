import { confirmRemoval, reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { withAgent } from '../meant-agent.ts';
import { requireOneAgent } from './sessions.ts';

const usage = 'delete <agent>';

export const remove: Command = {
  name: 'delete',
  aliases: ['remove'],
  usage,
  summary: 'Delete an agent, after a confirmation; may uninstall it too',
  details: ['delete lax-12', 'Nothing is deleted before you confirm it on the card.'],
  role: 'admin',
  run: async (ports, turn, rest) => {
    requireOneAgent(rest, usage);
    return withAgent(ports, turn, {
      name: rest,
      usage,
      verb: 'agent.delete',
      act: async ({ id }) => {
        const view = await ports.agents.read(turn.scope.account, id, turn.signal);
        return reply(await confirmRemoval(ports, turn, view));
      },
    });
  },
};
