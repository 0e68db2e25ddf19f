import type { Clock } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import { optional } from '../shared/optional.ts';
import type { Verb } from '../ui/action.ts';
import { type CardAction, type CardActions, isVerb, readVerbData } from './define-action.ts';
import { requireRole } from './person.ts';
import { type Incoming, type Reply, readerOf, type Scope } from './turn.ts';

type Press = Extract<Incoming, { kind: 'action' }>;

/** Runs the button that was pressed, once its verb, its data and the person's role are seen to be good. */
export const handleAction =
  <Ports extends { readonly clock: Clock }>(ports: Ports, actions: CardActions<Ports>) =>
  async (incoming: Press, signal: AbortSignal): Promise<Reply> => {
    if (!isVerb(actions, incoming.verb)) throw forged('unknown verb');
    return run(ports, actions, incoming.verb, incoming, signal);
  };

const run = async <V extends Verb, Ports extends { readonly clock: Clock }>(
  ports: Ports,
  actions: CardActions<Ports>,
  verb: V,
  { data, scope: asker, trigger, messageId }: Press,
  signal: AbortSignal,
): Promise<Reply> => {
  const action: CardAction<V, Ports> = actions[verb];
  requireRole(asker, action.role, action.title);
  // A refresh comes by itself, from every open client: it must never change anything.
  if (trigger === 'automatic' && action.reads !== true) throw forged('refresh that would act');
  const known = readVerbData(actions, verb, data);
  if (known === undefined) throw forged('data does not fit the verb');
  // Its answer replaces the card at this client alone, never the message that all see.
  const scope: Scope = trigger === 'automatic' ? { ...asker, forOne: true } : asker;
  const turn = {
    scope,
    reader: readerOf(scope, ports.clock),
    signal,
    mentions: [],
    ...optional('messageId', messageId),
  };
  return action.run(ports, turn, known, trigger);
};

const forged = (reason: string): AppError =>
  new AppError('bad-input', reason, {
    forged: true,
    reason: { name: 'card.not-ours', facts: {} },
  });
