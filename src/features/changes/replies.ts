import { confirmationLifetimeMs } from '../../chat/confirmation.ts';
import { changeReply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Card, ConversationKind } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { agentCard } from '../fleet/cards/agent.ts';
import { fleetCard } from '../fleet/cards/agent-list.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { Origin } from '../fleet/domain/list.ts';
import { changeLine } from './cards/change-line.ts';
import { createCard } from './cards/create.ts';
import { deleteCard } from './cards/delete.ts';
import { type CreateForm, creationBinding } from './create.ts';
import { removalBinding } from './delete.ts';
import { type AgentChange, auditedChangeOf } from './domain/change.ts';
import { type TracedTarget, tracedTargets } from './domain/traced-targets.ts';
import type { ChangePorts as Ports } from './ports.ts';

/** The agent as it is after a change; everybody else sees the card that the agent was opened from. */
export const outcomeReply = async (
  ports: Ports,
  turn: Turn,
  outcome: AgentChange,
  list?: Origin,
): Promise<Reply> => {
  const { view, done, warning } = outcome;
  const extras = await ports.agents.extras(turn.scope.account, view);
  const reader = readerOf(turn.scope, ports.clock);
  const change = { line: changeLine(done, reader), ...optional('undo', done.undo) };
  const model = { view, change, ...optional('warning', warning), ...extras };
  return changeReply(
    auditedChangeOf(outcome),
    () => agentCard({ ...model, ...optional('list', list) }, reader),
    staysForOthers(reader.kind, list)
      ? undefined
      : () => sharedCard(ports, turn, list, agentCard(model, reader)),
  );
};

/** An alert's card stays the alert for all others, whoever opened an agent from it. */
export const staysForOthers = (kind: ConversationKind, from: Origin | undefined): boolean =>
  kind === 'personal' || from?.alert !== undefined;

/** What the message shows to everybody else: the list it was, else the given card. */
export const sharedCard = async (
  ports: Ports,
  turn: Turn,
  list: Origin | undefined,
  otherwise: Card,
): Promise<Card> => {
  if (list === undefined || !('filter' in list)) return otherwise;
  try {
    const page = await ports.fleets.page(turn.scope, list);
    return fleetCard(page, readerOf(turn.scope, ports.clock));
  } catch (error) {
    ports.log.warn('list.not-shared', { error });
    return otherwise;
  }
};

/** A confirmation bound to this person and agent. */
export const confirmRemoval = async (
  ports: Ports,
  { scope }: Turn,
  view: AgentView,
  { list, problem }: { readonly list?: Origin | undefined; readonly problem?: string } = {},
): Promise<Card> => {
  const token = await ports.confirmations.issue(removalBinding(scope, view.agent.id));
  const reader = readerOf(scope, ports.clock);
  const expiresAt = reader.now + confirmationLifetimeMs;
  return deleteCard(
    { view, token, expiresAt, ...optional('problem', problem), ...optional('list', list) },
    reader,
  );
};

/** What the fleet traces, as it was read last; nothing where that is not known. */
export const tracedHere = async (
  { fleets }: Pick<Ports, 'fleets'>,
  { scope }: Turn,
): Promise<readonly TracedTarget[]> =>
  tracedTargets((await fleets.readIfAny(scope.account))?.agents ?? []);

/** A form for a new agent that can be sent once. */
export const creationForm = async (
  ports: Ports,
  turn: Turn,
  values?: Partial<CreateForm>,
  problem?: string,
): Promise<Card> => {
  const { scope } = turn;
  const traced = await tracedHere(ports, turn);
  const token = await ports.confirmations.issue(creationBinding(scope));
  return createCard(
    { token, traced, ...optional('values', values), ...optional('problem', problem) },
    readerOf(scope, ports.clock),
  );
};
