import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import type { OwnAgentPorts } from './own-agent.ts';
import { showConnection } from './show-connection.ts';

const usage = 'my connection';

export const myConnection = defineCommand({
  name: 'my',
  group: 'Look',
  usage,
  summary: 'How your own connection is, and what helps',
  details: ['In channels and group chats only you see the answer.'],
  role: 'none',
  needs: 'ownerField',
  reads: true,
  run: async (ports: OwnAgentPorts, turn, rest) => {
    if (rest.trim().toLowerCase() !== 'connection') throw usageError(usage, rest);
    return showConnection(ports)(turn);
  },
});

export const connectionCommands = [myConnection];
