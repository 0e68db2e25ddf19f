import type { AgentId } from '../core/agent.ts';
import type { StoreTransaction } from '../core/store.ts';
import type { Mute } from '../core/stores.ts';
import type { Scope } from '../core/turn.ts';
import { actorOf, conversationOf, isSameConversation } from './actor.ts';
import type { Needs } from './ports.ts';
import { alertsHere } from './tell-alert.ts';
import { updateCards } from './update-cards.ts';

/** Holds what this conversation would be told of an agent, or of all (''); the last word counts. */
export const mute =
  (ports: Needs<'clock', 'transaction'>) =>
  async (scope: Scope, agentId: AgentId | '', ms: number): Promise<{ readonly until: number }> =>
    muteAll(ports, scope, [agentId], ms);

/** Mutes the agents of one card. */
export const muteAlert =
  (ports: Needs<'clock', 'alerts' | 'transaction'>) =>
  async (
    scope: Scope,
    id: string,
    ms: number,
  ): Promise<{ readonly until: number; readonly agents: number }> => {
    const alerts = await alertsHere(ports)(scope, id);
    const agents = [...new Set(alerts.map(({ agentId }) => agentId))];
    return { ...(await muteAll(ports, scope, agents, ms)), agents: agents.length };
  };

/** False when nothing was muted. */
export const unmute =
  ({ store, clock }: Needs<'clock', 'transaction'>) =>
  async (scope: Scope, agentId: AgentId | ''): Promise<boolean> =>
    store.transaction(async (tx) => {
      const ended = await tx.mutes.remove(conversationOf(scope), agentId);
      if (ended) await showOn(tx, scope, [agentId], clock.now());
      return ended;
    });

/** What is muted in this conversation now, the first to end first. */
export const mutesHere =
  ({ store, clock }: Needs<'clock', 'mutes'>) =>
  async (scope: Scope): Promise<readonly Mute[]> =>
    (await store.mutes.active(scope.account, clock.now())).filter((one) =>
      isSameConversation(one, scope),
    );

const muteAll = async (
  { store, clock }: Needs<'clock', 'transaction'>,
  scope: Scope,
  agents: readonly (AgentId | '')[],
  ms: number,
): Promise<{ readonly until: number }> => {
  const now = clock.now();
  const held = { ...conversationOf(scope), until: now + ms, by: actorOf(scope) };
  await store.transaction(async (tx) => {
    for (const agentId of agents) await tx.mutes.set({ ...held, agentId });
    await showOn(tx, scope, agents, now);
  });
  return { until: held.until };
};

/** Cards say that their agent is muted, to everybody in the conversation. */
const showOn = async (
  tx: Pick<StoreTransaction, 'alerts' | 'cardMessages' | 'outbox'>,
  scope: Scope,
  agents: readonly (AgentId | '')[],
  now: number,
): Promise<void> => {
  const open = (await tx.alerts.current(scope.account)).filter(
    (alert) =>
      isSameConversation(alert, scope) && (agents.includes('') || agents.includes(alert.agentId)),
  );
  await updateCards(tx, open, now);
};
