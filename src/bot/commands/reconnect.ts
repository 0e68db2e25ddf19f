import { reconnectAgent } from '../../use-cases/reconnect-agent.ts';
import { outcomeReply } from '../answers.ts';
import type { Command } from '../command.ts';
import { withAgent } from '../meant-agent.ts';
import { requireOneAgent } from './sessions.ts';

const usage = 'reconnect <agent>';

export const reconnect: Command = {
  name: 'reconnect',
  usage,
  summary: 'Make an agent drop its connection and come back',
  details: ['reconnect lax-12'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    requireOneAgent(rest, usage);
    return withAgent(ports, turn, {
      name: rest,
      usage,
      verb: 'agent.reconnect',
      act: async ({ id }) => outcomeReply(ports, turn, await reconnectAgent(ports)(turn.scope, id)),
    });
  },
};
