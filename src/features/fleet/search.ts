import { type Incoming, type Reply, readerOf, type SearchHit } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { filterInSlices } from '../../platform/slices.ts';
import { fold } from '../../shared/fold.ts';
import { mayAct } from '../../shared/role.ts';
import { unquoted } from '../../shared/text.ts';
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
import { understandFilter } from './domain/understand-filter.ts';
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
    const all = await matching(fleet.agents, query);
    const found = all.slice(skip, skip + Math.min(top, most));
    const reader = readerOf(scope, ports.clock);
    const hit = (view: AgentView): SearchHit => ({
      ...previewLine(view, reader),
      value: view.agent.id,
      ...(surface === 'extension' ? { card: agentCard({ view }, reader) } : {}),
    });
    return { kind: 'hits', hits: found.map(hit) };
  };

/** Names that begin with what was typed come before those that hold it; what is no filter is plain text. */
const matching = async (
  agents: readonly AgentView[],
  query: string,
): Promise<readonly AgentView[]> => {
  const typed = fold(unquoted(query));
  const found = await filterInSlices(agents, matches(asFilter(query, agents)));
  const begins = new Set(found.filter(({ agent }) => fold(agent.name).startsWith(typed)));
  return [...begins, ...found.filter((view) => !begins.has(view))];
};

/** Half a filter, as it stands while somebody types, must not be an error. */
const asFilter = (query: string, agents: readonly AgentView[]): Filter => {
  try {
    return parseFilter(understandFilter(query, agents));
  } catch {
    return textFilter(query.replaceAll('"', '').trim());
  }
};
