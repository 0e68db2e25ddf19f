import { parseCommand, usageError } from './chat/command-line.ts';
import type { CardAction } from './chat/define-action.ts';
import { answersTo, type Command } from './chat/define-command.ts';
import { createHelp } from './chat/help.ts';
import { requireRole } from './chat/person.ts';
import { grant, revoke, roles, whoami } from './features/access/commands.ts';
import { ackAlert, muteAlertAgents, showAlert } from './features/alerting/actions.ts';
import { ack } from './features/alerting/commands.ts';
import { auditReply } from './features/audit/actions.ts';
import { audit } from './features/audit/commands.ts';
import { changeAll, changeOne, create, remove, rename } from './features/changes/actions.ts';
import {
  create as createAgent,
  remove as deleteAgent,
  reconnect,
  rename as renameAgent,
  undo,
} from './features/changes/commands.ts';
import { pause, resume } from './features/changes/pause-commands.ts';
import { reconnectAgent } from './features/changes/reconnect.ts';
import { outcomeReply } from './features/changes/replies.ts';
import { takeBack } from './features/changes/undo.ts';
import { digestAnswer } from './features/digest/actions.ts';
import { digest } from './features/digest/commands.ts';
import { showAgent, showPage } from './features/fleet/actions.ts';
import { agent, agents, deleted, fields, templates } from './features/fleet/commands.ts';
import { health } from './features/health/commands.ts';
import { endMute, muteAgent } from './features/silence/actions.ts';
import { maintenance, mute, unmute } from './features/silence/commands.ts';
import * as watches from './features/watches/actions.ts';
import { watches as listWatches, unwatch, watch } from './features/watches/commands.ts';
import type { Verb } from './ui/action.ts';

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

const others: readonly Command[] = [
  agents,
  agent,
  pause,
  resume,
  renameAgent,
  reconnect,
  createAgent,
  deleteAgent,
  undo,
  watch,
  listWatches,
  unwatch,
  ack,
  mute,
  unmute,
  maintenance,
  digest,
  health,
  fields,
  templates,
  deleted,
  grant,
  revoke,
  roles,
  audit,
  whoami,
];

/** In the order in which help and the app manifest show them. */
export const commands: readonly Command[] = [...others, createHelp(others)];

export const commandCalled = (word: string): Command | undefined =>
  commands.find((command) => answersTo(command, word));

/** Of a text that was typed: whether it asks for something that changes nothing. */
export const looksOnly = (text: string): boolean =>
  commandCalled(parseCommand(text).name)?.looksOnly === true;
