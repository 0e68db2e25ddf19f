import { type AgentModel, agentCard } from '../cards/agent.ts';
import { createCard } from '../cards/create.ts';
import { deleteCard } from '../cards/delete.ts';
import { fleetCard } from '../cards/fleet.ts';
import type { Deed } from '../core/audit-log.ts';
import { confirmationLifetimeMs } from '../core/confirmation.ts';
import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { AgentView } from '../core/overview.ts';
import type { Card, Reply } from '../core/turn.ts';
import type { ListPlace } from '../core/verbs.ts';
import { agentExtras } from '../use-cases/agent-extras.ts';
import { type CreateForm, creationBinding } from '../use-cases/create-agent.ts';
import { listAgents } from '../use-cases/list-agents.ts';
import type { Outcome } from '../use-cases/outcome.ts';
import { removalBinding } from '../use-cases/remove-agent.ts';
import { deedOf } from './deeds.ts';
import { type BotPorts, readerOf, type Turn } from './turn.ts';

export const reply = (card: Card): Reply => ({ kind: 'card', card });

/** Tells of a change that is made. It is kept in the audit log even when no card can be drawn of it. */
export const tellDone = async (
  did: Deed,
  draw: () => Card | Promise<Card>,
  drawForEveryone?: () => Card | Promise<Card>,
): Promise<Reply> => {
  try {
    const card = await draw();
    return { kind: 'card', card, ...optional('everyone', await drawForEveryone?.()), did };
  } catch (cause) {
    throw new AppError('internal', 'a change that is done could not be shown', {
      did,
      cause,
      explanation: 'This is done, but it cannot be shown. Look again before you try anything else.',
    });
  }
};

/** The list card of a place in the fleet. */
export const listCard = async (ports: BotPorts, turn: Turn, place: ListPlace): Promise<Card> =>
  fleetCard(await listAgents(ports)(turn.scope.account, place), readerOf(turn.scope, ports.clock));

/** An agent with all that is known of it. */
export const agentAnswer = async (
  ports: BotPorts,
  { scope }: Turn,
  model: Omit<AgentModel, 'resumes' | 'trend'>,
): Promise<Card> => {
  const extras = await agentExtras(ports)(scope.account, model.view);
  return agentCard({ ...model, ...extras }, readerOf(scope, ports.clock));
};

/** The agent as it is after a change; everybody else sees the card that the agent was opened from. */
export const outcomeReply = async (
  ports: BotPorts,
  turn: Turn,
  outcome: Outcome,
  list?: ListPlace,
): Promise<Reply> => {
  const { view, done, warning } = outcome;
  const extras = await agentExtras(ports)(turn.scope.account, view);
  const model = { view, done, ...optional('warning', warning), ...extras };
  const reader = readerOf(turn.scope, ports.clock);
  return tellDone(
    deedOf(outcome),
    () => agentCard({ ...model, ...optional('list', list) }, reader),
    reader.kind === 'personal'
      ? undefined
      : () => sharedCard(ports, turn, list, agentCard(model, reader)),
  );
};

/** What the message shows to everybody else: the list it was, else the given card. */
export const sharedCard = async (
  ports: BotPorts,
  turn: Turn,
  list: ListPlace | undefined,
  otherwise: Card,
): Promise<Card> => {
  if (list === undefined) return otherwise;
  try {
    return await listCard(ports, turn, list);
  } catch (error) {
    ports.log.warn('list for everybody else not read', { error });
    return otherwise;
  }
};

/** A confirmation bound to this person and agent. */
export const confirmRemoval = async (
  ports: BotPorts,
  { scope }: Turn,
  view: AgentView,
  { list, problem }: { readonly list?: ListPlace | undefined; readonly problem?: string } = {},
): Promise<Card> => {
  const token = await ports.confirmations.issue(removalBinding(scope, view.agent.id));
  const reader = readerOf(scope, ports.clock);
  const expiresAt = reader.now + confirmationLifetimeMs;
  return deleteCard(
    { view, token, expiresAt, ...optional('problem', problem), ...optional('list', list) },
    reader,
  );
};

/** A form for a new agent that can be sent once. */
export const creationForm = async (
  ports: BotPorts,
  { scope }: Turn,
  values?: Partial<CreateForm>,
  problem?: string,
): Promise<Card> => {
  const token = await ports.confirmations.issue(creationBinding(scope));
  return createCard(
    { token, ...optional('values', values), ...optional('problem', problem) },
    readerOf(scope, ports.clock),
  );
};
