import type { Clock } from '../../platform/clock.ts';
import type { Conversation } from '../../platform/conversation.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { Maintenance, Mutes } from '../silence/store.ts';
import { readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import type { CallFacts } from './domain/calls.ts';
import { readSilences } from './suppression.ts';

interface AgentsSeen {
  readonly agents: readonly AgentView[];
}

export interface Ports {
  readonly clock: Clock;
  readonly fleets: {
    last(account: string): AgentsSeen | undefined;
    read(account: string): Promise<AgentsSeen>;
  };
  readonly store: {
    readonly maintenance: Maintenance;
    readonly mutes: Mutes;
    readonly watches: Watches;
  };
}

/** What says now whether alerts call for somebody: those of one conversation, or of the whole account. */
export const readCallFacts = async (
  { clock, fleets, store }: Ports,
  account: string,
  only?: Conversation,
): Promise<CallFacts> => {
  const fleet = fleets.last(account) ?? (await fleets.read(account).catch(() => undefined));
  const stored = await (only === undefined ? store.watches.all(account) : store.watches.list(only));
  let byId: ReadonlyMap<string, AgentView> | undefined;
  return {
    watches: stored.flatMap((watch) => readWatch(watch) ?? []),
    silences: await readSilences(store, account, clock.now()),
    viewOf: (agentId) => {
      byId ??= new Map((fleet?.agents ?? []).map((view) => [view.agent.id, view]));
      return byId.get(agentId);
    },
  };
};
