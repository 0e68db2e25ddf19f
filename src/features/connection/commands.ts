import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { type NotifyPorts, notifyMe, notifyMeNoMore } from './notify.ts';
import { type ShowPorts, showConnection } from './show-connection.ts';

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
  run: async (ports: ShowPorts, turn, rest) => {
    if (rest.trim().toLowerCase() !== 'connection') throw usageError(usage, rest);
    return showConnection(ports)(turn);
  },
});

const notifyUsage = 'notify me [off]';

export const notify = defineCommand({
  name: 'notify',
  group: 'Be told',
  usage: notifyUsage,
  summary: 'Hear in your 1:1 chat when your own connection is not fit for calls',
  details: ['notify me', 'notify me off'],
  role: 'none',
  needs: 'ownerField',
  run: async (ports: NotifyPorts, turn, rest) => {
    const typed = rest.trim().toLowerCase().replace(/\s+/gu, ' ');
    if (typed === 'me') return notifyMe(ports)(turn);
    if (typed === 'me off') return notifyMeNoMore(ports)(turn);
    throw usageError(notifyUsage, rest);
  },
});

export const connectionCommands = [myConnection];
export const notifyCommands = [notify];
