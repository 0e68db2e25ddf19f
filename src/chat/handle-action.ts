import type { BotPorts } from '../app.ts';
import { AppError } from '../platform/errors.ts';
import type { CardActions } from '../registry.ts';
import type { Verb } from '../ui/action.ts';
import { isVerb, readVerbData } from './define-action.ts';
import { requireRole } from './person.ts';
import { type Incoming, type Reply, readerOf, type Scope } from './turn.ts';

type Press = Extract<Incoming, { kind: 'action' }>;

/** Runs the button that was pressed, once its verb, its data and the person's role are seen to be good. */
export const press =
  (ports: BotPorts, actions: CardActions) =>
  async (incoming: Press, signal: AbortSignal): Promise<Reply> => {
    if (!isVerb(incoming.verb)) throw forged('unknown verb');
    return run(ports, actions, incoming.verb, incoming, signal);
  };

const run = async <V extends Verb>(
  ports: BotPorts,
  actions: CardActions,
  verb: V,
  { data, scope: asker, trigger }: Press,
  signal: AbortSignal,
): Promise<Reply> => {
  const action: CardActions[V] = actions[verb];
  requireRole(asker, action.role, titles[verb]);
  // A refresh comes by itself, from every open client: it must never change anything.
  if (trigger === 'automatic' && action.reads !== true) throw forged('refresh that would act');
  const known = readVerbData(verb, data);
  if (known === undefined) throw forged('data does not fit the verb');
  // Its answer replaces the card at this client alone, never the message that all see.
  const scope: Scope = trigger === 'automatic' ? { ...asker, forOne: true } : asker;
  const turn = { scope, reader: readerOf(scope, ports.clock), signal, mentions: [] };
  return action.run(ports, turn, known, trigger);
};

const forged = (reason: string): AppError =>
  new AppError('bad-input', reason, {
    forged: true,
    explanation:
      'Something on this card is missing or no longer right, so nothing was done. Choose again, or ask for a new card.',
  });

/** What a person wanted to do, for the sentence that refuses it. */
const titles: Readonly<Record<Verb, string>> = {
  'agents.page': 'Seeing agents',
  'agent.show': 'Seeing agents',
  'agent.pause': 'Pausing',
  'agent.resume': 'Resuming',
  'session.pause': 'Pausing',
  'session.resume': 'Resuming',
  'agent.rename': 'Renaming',
  'agent.mute': 'Muting',
  'agent.reconnect': 'Reconnecting',
  'agent.delete': 'Deleting',
  'agent.create': 'Creating',
  'alert.show': 'Seeing alerts',
  'alert.ack': 'Acknowledging',
  'alert.mute': 'Muting',
  'watch.create': 'Watching',
  'watch.edit': 'Changing a watch',
  'watch.end': 'Ending a watch',
  'watch.test': 'Testing a watch',
  'mute.end': 'Unmuting',
  'digest.set': 'A digest',
  'change.undo': 'Taking back',
  'audit.page': 'Seeing the audit log',
  'command.run': 'This',
};
