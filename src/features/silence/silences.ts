import { actorOf } from '../../chat/person.ts';
import { conversationOf } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import type { Transactional } from '../../platform/store.ts';
import { requireReadable } from '../fleet/domain/filter.ts';
import type { AlertCards, SilenceEditor } from './ports.ts';
import type { Maintenance, Mute, Mutes } from './store.ts';

interface Ports<Collections> {
  readonly alertCards: AlertCards<Collections>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: Transactional<Collections> & {
    readonly maintenance: Maintenance;
    readonly mutes: Mutes;
  };
}

/** The silences that people set by commands. Quiet hours belong to a watch. */
export const createSilences = <Collections extends { readonly mutes: Mutes }>({
  alertCards,
  clock,
  newId,
  store,
}: Ports<Collections>): SilenceEditor => {
  const maintenance: SilenceEditor['maintenance'] = async (scope) =>
    (await store.maintenance.list(scope.account, clock.now())).filter((one) =>
      isSameConversation(one, scope),
    );

  const mutes: SilenceEditor['mutes'] = async (scope) =>
    (await store.mutes.active(scope.account, clock.now())).filter((one) =>
      isSameConversation(one, scope),
    );

  return {
    maintenance,
    mutes,
    mute: async (scope, agents, ms) => {
      const now = clock.now();
      const mute = { ...conversationOf(scope), until: now + ms, by: actorOf(scope) };
      await store.transaction(async (tx) => {
        for (const agentId of agents) await tx.mutes.set({ ...mute, agentId });
        await alertCards.refresh(tx, scope, agents, now);
      });
      return { until: mute.until };
    },
    unmute: async (scope, agent) =>
      store.transaction(async (tx) => {
        const ended = await tx.mutes.remove(conversationOf(scope), agent);
        if (ended) await alertCards.refresh(tx, scope, [agent], clock.now());
        return ended;
      }),
    unmuteAll: async (scope) =>
      store.transaction(async (tx) => {
        const ended: Mute[] = [];
        const active = await tx.mutes.active(scope.account, clock.now());
        for (const mute of active.filter((one) => isSameConversation(one, scope)))
          if (await tx.mutes.remove(conversationOf(scope), mute.agentId)) ended.push(mute);
        const agents = ended.map(({ agentId }) => agentId);
        if (ended.length > 0) await alertCards.refresh(tx, scope, agents, clock.now());
        return ended;
      }),
    planMaintenance: async (scope, planned) => {
      requireReadable(planned.filter);
      const window = { ...conversationOf(scope), id: newId(), ...planned, by: actorOf(scope) };
      await store.maintenance.add(window);
      return window;
    },
    endMaintenance: async (scope, ids) => {
      const windows = (await maintenance(scope)).filter(({ id }) => ids.includes(id));
      const removed = await Promise.all(windows.map(({ id }) => store.maintenance.remove(id)));
      return windows.filter((_, place) => removed[place]);
    },
  };
};
