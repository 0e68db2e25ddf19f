import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import type { ObservedFleet } from '../fleet/domain/observation.ts';
import { findSilence } from '../silence/domain/silence.ts';
import type { Maintenance, MaintenanceWindow, Mute, Mutes } from '../silence/store.ts';
import type { Evaluation } from './domain/evaluate.ts';
import type { Silences } from './domain/transition-all.ts';
import type { AlertingState } from './state.ts';

export const suppressedEvaluations = (
  { book }: Pick<AlertingState, 'book'>,
  fleet: ObservedFleet | undefined,
): readonly Evaluation[] => {
  const observations = new Map((fleet?.observations ?? []).map((one) => [one.facts.agent.id, one]));
  return book.watches().flatMap((watchId) =>
    [...book.ofWatch(watchId)].flatMap(([agentId, sessions]) => {
      const observation = observations.get(agentId);
      if (observation === undefined) return [];
      return [...sessions]
        .filter(([, { held }]) => held !== undefined)
        .map(([sessionId, before]) => ({
          watchId,
          agentId,
          sessionId,
          before,
          after: before.state,
          event: undefined,
          reading: undefined,
          view: observation.view,
        }));
    }),
  );
};

/** The silences that suppress notifications now. */
export const readSilences = async (
  store: { readonly maintenance: Maintenance; readonly mutes: Mutes },
  account: string,
  now: number,
): Promise<Silences> => {
  const mutes = byConversation(await store.mutes.active(account, now));
  const windows = byConversation(await store.maintenance.list(account, now));
  return {
    until: ({ conversationKey, rule }, view) =>
      findSilence(
        now,
        view.agent.id,
        {
          ...optional('quiet', rule.quiet),
          mutes: mutes.get(conversationKey) ?? [],
          maintenance: windows.get(conversationKey) ?? [],
        },
        (filter) => isMatching(filter, view),
      )?.until,
  };
};

/** A filter that cannot be read matches no agent. */
const isMatching = (filter: string, view: AgentView): boolean => {
  try {
    return matches(parseFilter(filter, 'stored'))(view);
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
