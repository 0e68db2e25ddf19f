import type { Needs } from '../../app.ts';
import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import { showOn } from '../alerting/update-cards.ts';
import { requireReadable } from '../fleet/domain/filter.ts';
import type { TypedMaintenance } from './parse.ts';
import type { MaintenanceWindow, Mute } from './store.ts';

/** Plans a silence for this conversation. Throws 'bad-input' for a filter that cannot be read. */
export const planMaintenance =
  ({ store, newId }: Needs<'newId', 'maintenance'>) =>
  async (scope: Scope, planned: TypedMaintenance): Promise<MaintenanceWindow> => {
    requireReadable(planned.filter);
    const window = { ...conversationOf(scope), id: newId(), ...planned, by: actorOf(scope) };
    await store.maintenance.add(window);
    return window;
  };

/** The planned silences of this conversation that are not over, the first to begin first. */
export const maintenanceHere =
  ({ store, clock }: Needs<'clock', 'maintenance'>) =>
  async (scope: Scope): Promise<readonly MaintenanceWindow[]> =>
    (await store.maintenance.list(scope.account, clock.now())).filter((one) =>
      isSameConversation(one, scope),
    );

/** Ends all of this conversation, and gives those that it ended. */
export const endMaintenance =
  (ports: Needs<'clock', 'maintenance'>) =>
  async (scope: Scope): Promise<readonly MaintenanceWindow[]> => {
    const ended: MaintenanceWindow[] = [];
    for (const window of await maintenanceHere(ports)(scope))
      if (await ports.store.maintenance.remove(window.id)) ended.push(window);
    return ended;
  };

/** Holds what this conversation would be told of an agent, or of all (''); the last word counts. */
export const mute =
  (ports: Needs<'clock', 'transaction'>) =>
  async (scope: Scope, agentId: AgentId | '', ms: number): Promise<{ readonly until: number }> =>
    muteAll(ports, scope, [agentId], ms);

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

export const muteAll = async (
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
