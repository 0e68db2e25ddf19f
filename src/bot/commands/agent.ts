import { agentAnswer, reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { withAgent } from '../meant-agent.ts';

const usage = 'agent <name>';

export const agent: Command = {
  name: 'agent',
  aliases: ['show', 'status'],
  usage,
  summary: 'One agent: state, network, targets with scores',
  details: ['agent lax-12', 'A part of the name is enough.'],
  role: 'viewer',
  looksOnly: true,
  run: (ports, turn, name) =>
    withAgent(ports, turn, {
      name,
      usage,
      verb: 'agent.show',
      act: async ({ id }) => {
        const view = await ports.agents.read(turn.scope.account, id, turn.signal);
        return reply(await agentAnswer(ports, turn, { view }));
      },
    }),
};
