import { matches, parseFilter } from '../core/filter.ts';
import type { KeptWatch } from '../core/kept-watch.ts';
import { optional } from '../core/optional.ts';
import type { AgentView } from '../core/overview.ts';
import { isSilenced } from '../core/quiet.ts';
import type { StoreTransaction } from '../core/store.ts';
import type { MaintenanceWindow, Mute } from '../core/stores.ts';

export interface Silences {
  /** Until when nothing of this agent is told for this watch, ms since 1970; absent = it is told. */
  until(watch: KeptWatch, view: AgentView): number | undefined;
}

/** All that holds notifications back now. */
export const readSilences = async (
  store: Pick<StoreTransaction, 'mutes' | 'maintenance'>,
  account: string,
  now: number,
): Promise<Silences> => {
  const mutes = byConversation(await store.mutes.active(account, now));
  const windows = byConversation(await store.maintenance.list(account, now));
  return {
    until: ({ conversationKey, rule }, view) =>
      isSilenced(
        now,
        view.agent.id,
        {
          ...optional('quiet', rule.quiet),
          mutes: mutes.get(conversationKey) ?? [],
          maintenance: windows.get(conversationKey) ?? [],
        },
        (filter) => isMeant(filter, view),
      )?.until,
  };
};

/** A filter that cannot be read is about nobody. */
const isMeant = (filter: string, view: AgentView): boolean => {
  try {
    return matches(parseFilter(filter))(view);
  } catch {
    return false;
  }
};

const byConversation = <T extends Mute | MaintenanceWindow>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> => {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const same = found.get(one.conversationKey);
    if (same === undefined) found.set(one.conversationKey, [one]);
    else same.push(one);
  }
  return found;
};
