import type { Conversation } from '../../platform/conversation.ts';
import { groupBy } from '../../shared/grouped.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import { findSilence } from '../silence/domain/silence.ts';
import type { HoursHere } from '../silence/ports.ts';
import type { Maintenance, Mutes } from '../silence/store.ts';
import type { Silences } from './domain/alert-changes.ts';

/** The hours of the agents as each conversation counts them, by its key. */
export type HoursByConversation = ReadonlyMap<string, HoursHere>;

/** The silences that suppress notifications now. */
export const readSilences = async (
  store: { readonly maintenance: Maintenance; readonly mutes: Mutes },
  account: string,
  now: number,
  hours: HoursByConversation = new Map(),
): Promise<Silences> => {
  const mutes = groupBy(await store.mutes.active(account, now), keyOf);
  const windows = groupBy(await store.maintenance.list(account, now), keyOf);
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
    absence: ({ conversationKey, agentId }, since) => {
      const here = hours.get(conversationKey);
      const absence = here?.absence(agentId, since, now);
      return (
        absence && {
          ...absence,
          isSet: here?.setFor(agentId) !== undefined,
          ...optional('knownFrom', here?.knownFrom(agentId)),
        }
      );
    },
  };
};

const keyOf = ({ conversationKey }: Conversation): string => conversationKey;

/** A filter that cannot be read matches no agent. */
const testOf = (filter: string): ((view: AgentView) => boolean) => {
  try {
    return matches(parseFilter(filter, 'stored'));
  } catch {
    return () => false;
  }
};
