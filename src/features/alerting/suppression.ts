import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import { findSilence } from '../silence/domain/silence.ts';
import type { Maintenance, MaintenanceWindow, Mute, Mutes } from '../silence/store.ts';
import type { Silences } from './domain/alert-changes.ts';

/** The silences that suppress notifications now. */
export const readSilences = async (
  store: { readonly maintenance: Maintenance; readonly mutes: Mutes },
  account: string,
  now: number,
): Promise<Silences> => {
  const mutes = byConversation(await store.mutes.active(account, now));
  const windows = byConversation(await store.maintenance.list(account, now));
  const filters = new Map<string, (view: AgentView) => boolean>();
  const isMatching = (filter: string, view: AgentView): boolean => {
    const test = filters.get(filter) ?? testOf(filter);
    filters.set(filter, test);
    return test(view);
  };
  return {
    of: ({ conversationKey, rule }, view) =>
      findSilence(
        now,
        view.agent.id,
        {
          ...optional('quiet', rule.quiet),
          mutes: mutes.get(conversationKey) ?? [],
          maintenance: windows.get(conversationKey) ?? [],
        },
        (filter) => isMatching(filter, view),
      ),
  };
};

/** A filter that cannot be read matches no agent. */
const testOf = (filter: string): ((view: AgentView) => boolean) => {
  try {
    return matches(parseFilter(filter, 'stored'));
  } catch {
    return () => false;
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
