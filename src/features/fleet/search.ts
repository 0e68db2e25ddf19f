import { type Incoming, type Reply, readerOf, type SearchHit } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { mayAct } from '../../shared/role.ts';
import { agentCard } from './cards/agent.ts';
import { previewLine } from './cards/agent-line.ts';
import type { AgentView } from './domain/agent-view.ts';
import {
  type Filter,
  matches,
  parseFilter,
  requireFilterLength,
  textFilter,
} from './domain/filter.ts';
import type { FleetReader } from './ports.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
}

type Search = Extract<Incoming, { kind: 'search' }>;

/** Teams shows 15 results of a typeahead at most (dynamic-search page, 2025-01). */
const most = 15;

/**
 * Answers the typeahead and the message extension; nothing found, not allowed and no answer look the same.
 * Throws 'bad-input' for a text that is too long.
 */
export const searchAgents =
  (ports: Ports) =>
  async ({ surface, dataset, query, skip, top, scope }: Search): Promise<Reply> => {
    if (dataset !== 'agents' || !mayAct(scope.role, 'viewer')) return { kind: 'hits', hits: [] };
    requireFilterLength(query);
    const fleet = await ports.fleets.read(scope.account);
    const found = matching(fleet.agents, query).slice(skip, skip + Math.min(top, most));
    const reader = readerOf(scope, ports.clock);
    const hit = (view: AgentView): SearchHit => ({
      ...previewLine(view, reader),
      value: view.agent.id,
      ...(surface === 'extension' ? { card: agentCard({ view }, reader) } : {}),
    });
    return { kind: 'hits', hits: found.map(hit) };
  };

/** Names that begin with what was typed come before those that hold it; what is no filter is plain text. */
const matching = (agents: readonly AgentView[], query: string): readonly AgentView[] => {
  const typed = query.trim().toLowerCase();
  const begins = ({ agent }: AgentView): boolean => agent.name.toLowerCase().startsWith(typed);
  const found = agents.filter(matches(asFilter(query)));
  return [...found.filter(begins), ...found.filter((view) => !begins(view))];
};

/** Half a filter, as it stands while somebody types, must not be an error. */
const asFilter = (query: string): Filter => {
  try {
    return parseFilter(query);
  } catch {
    return textFilter(query.replaceAll('"', '').trim());
  }
};
