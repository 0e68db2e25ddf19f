import { actorOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Actor } from '../../platform/conversation.ts';
import type { Transactional } from '../../platform/store.ts';
import { formatDuration } from '../../shared/time.ts';
import type { SilenceEditor } from '../silence/ports.ts';
import { alertsHere } from './load-alerts.ts';
import type { Alerts, StoredAlert } from './store.ts';
import { type CardCollections, updateCards } from './update-cards.ts';

export interface Ports {
  readonly clock: Clock;
  readonly store: Transactional<CardCollections> & { readonly alerts: Alerts };
}

export interface Acknowledged {
  /** All alerts of the card, in their newest state. */
  readonly alerts: readonly StoredAlert[];
  /** The alerts that this call acknowledged. */
  readonly taken: readonly StoredAlert[];
  /** 'over' = the problem had ended before. */
  readonly result: 'acknowledged' | 'already' | 'over';
  /** The person who acknowledged it, now or before. */
  readonly by?: Actor;
}

interface AckOptions {
  /** After so long it ends by itself. */
  readonly forMs?: number | undefined;
  readonly alone?: boolean;
  /** One time for all that are taken on together: their card says it once. */
  readonly at?: number;
}

/** Acknowledges all alerts that share a card; with `alone` the one with this id and no other. The first person wins. */
export const acknowledge =
  (ports: Ports) =>
  async (
    scope: Scope,
    id: string,
    { forMs, alone = false, at = ports.clock.now() }: AckOptions = {},
  ): Promise<Acknowledged> => {
    const by = actorOf(scope);
    const isMeant = (alert: StoredAlert): boolean => !alone || alert.id === id;
    // Read in the same transaction, so that every change has its reply.
    const { alerts, taken } = await ports.store.transaction(async (tx) => {
      const read = () => alertsHere({ store: tx })(scope, id);
      const before = await read();
      const ids: string[] = [];
      for (const alert of before.filter(isMeant))
        if (await tx.alerts.acknowledge(alert.id, by, at, forMs && at + forMs)) {
          const text = forMs === undefined ? '' : formatDuration(forMs);
          await tx.alerts.addNote(alert.id, { by: by.name, at, text, act: 'ack' });
          ids.push(alert.id);
        }
      if (ids.length > 0) await updateCards(tx, before, at);
      const alerts = await read();
      return { alerts, taken: alerts.filter((alert) => ids.includes(alert.id)) };
    });
    if (taken.length > 0) return { alerts, taken, result: 'acknowledged', by };
    const earlier = alerts.find(
      (one) => isMeant(one) && one.closedAt === undefined && one.ackedBy,
    )?.ackedBy;
    return earlier === undefined
      ? { alerts, taken, result: 'over' }
      : { alerts, taken, result: 'already', by: earlier };
  };

/** Mutes all agents of this card together. */
export const muteCard =
  (ports: Ports & { readonly silences: Pick<SilenceEditor, 'mute'> }) =>
  async (
    scope: Scope,
    id: string,
    ms: number,
  ): Promise<{ readonly until: number; readonly agents: number }> => {
    const agents = [...new Set((await alertsHere(ports)(scope, id)).map(({ agentId }) => agentId))];
    return { ...(await ports.silences.mute(scope, agents, ms)), agents: agents.length };
  };

/** Ends the mutes of the agents of this card; gives those that were muted. */
export const unmuteAlert =
  (ports: Ports & { readonly silences: Pick<SilenceEditor, 'unmute'> }) =>
  async (scope: Scope, id: string): Promise<readonly AgentId[]> => {
    const alerts = await alertsHere(ports)(scope, id);
    const ended: AgentId[] = [];
    for (const agentId of new Set(alerts.map((alert) => alert.agentId)))
      if (await ports.silences.unmute(scope, agentId)) ended.push(agentId);
    return ended;
  };
