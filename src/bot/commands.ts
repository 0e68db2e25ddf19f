import { parseCommand } from '../core/command-line.ts';
import type { Command } from './command.ts';
import { ack } from './commands/ack.ts';
import { agent } from './commands/agent.ts';
import { agents } from './commands/agents.ts';
import { audit } from './commands/audit.ts';
import { create } from './commands/create.ts';
import { remove } from './commands/delete.ts';
import { digest } from './commands/digest.ts';
import { fields } from './commands/fields.ts';
import { grant, revoke } from './commands/grant.ts';
import { health } from './commands/health.ts';
import { answersTo, createHelp } from './commands/help.ts';
import { deleted, templates } from './commands/inventory.ts';
import { maintenance } from './commands/maintenance.ts';
import { mute, unmute } from './commands/mute.ts';
import { reconnect } from './commands/reconnect.ts';
import { rename } from './commands/rename.ts';
import { roles } from './commands/roles.ts';
import { pause, resume } from './commands/sessions.ts';
import { undo } from './commands/undo.ts';
import { unwatch } from './commands/unwatch.ts';
import { watch } from './commands/watch.ts';
import { watches } from './commands/watches.ts';
import { whoami } from './commands/whoami.ts';

const others: readonly Command[] = [
  agents,
  agent,
  pause,
  resume,
  rename,
  reconnect,
  create,
  remove,
  undo,
  watch,
  watches,
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
