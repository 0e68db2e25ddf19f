import type { Verb } from '../core/verbs.ts';
import { reconnectAgent } from '../use-cases/reconnect-agent.ts';
import { takeBack } from '../use-cases/take-back.ts';
import type { CardAction } from './actions/action.ts';
import { ackAlert, muteAlertAgents, showAlert } from './actions/alerts.ts';
import { create } from './actions/create.ts';
import { remove } from './actions/delete.ts';
import { showAgent, showPage } from './actions/look.ts';
import { endMute, muteAgent } from './actions/mutes.ts';
import { rename } from './actions/rename.ts';
import { changeAll, changeOne } from './actions/sessions.ts';
import * as watches from './actions/watches.ts';
import { outcomeReply } from './answers.ts';
import { auditReply } from './commands/audit.ts';
import { commandCalled } from './commands.ts';
import { digestAnswer } from './digest-answers.ts';
import { usageError } from './meant-agent.ts';
import { requireRole } from './turn.ts';

/** One entry for each verb: the compiler asks for it. */
export type CardActions = { readonly [V in Verb]: CardAction<V> };

export const actions: CardActions = {
  'agents.page': showPage,
  'agent.show': showAgent,
  'agent.pause': changeAll('pause'),
  'agent.resume': changeAll('resume'),
  'session.pause': changeOne('pause'),
  'session.resume': changeOne('resume'),
  'agent.rename': rename,
  'agent.delete': remove,
  'agent.create': create,
  'agent.reconnect': {
    role: 'operator',
    run: async (ports, turn, { agent, list }) =>
      outcomeReply(ports, turn, await reconnectAgent(ports)(turn.scope, agent), list),
  },
  'agent.mute': muteAgent,
  'alert.show': showAlert,
  'alert.ack': ackAlert,
  'alert.mute': muteAlertAgents,
  'watch.create': watches.create,
  'watch.edit': watches.edit,
  'watch.end': watches.end,
  'watch.test': watches.test,
  'mute.end': endMute,
  'digest.set': {
    role: 'viewer',
    run: (ports, turn, { when }) => digestAnswer(ports, turn, when),
  },
  'change.undo': {
    role: 'operator',
    run: async (ports, turn, { change }) =>
      outcomeReply(ports, turn, await takeBack(ports)(turn.scope, change)),
  },
  'audit.page': { role: 'viewer', reads: true, run: auditReply },
  'command.run': {
    role: 'none',
    run: async (ports, turn, { command: name }) => {
      const command = commandCalled(name);
      if (command === undefined) throw usageError('help');
      requireRole(turn.scope, command.role, `“${command.name}”`);
      return command.run(ports, turn, '');
    },
  },
};
