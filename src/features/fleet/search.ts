import { requireRole } from '../../chat/person.ts';
import {
  type Incoming,
  type Reply,
  readerOf,
  type Scope,
  type SearchHit,
} from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { filterInSlices } from '../../platform/slices.ts';
import { fold } from '../../shared/fold.ts';
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
import type { FleetReader } from './ports.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'read' | 'understand'>;
}

type Search = Extract<Incoming, { kind: 'search' }>;

/**
 * Teams shows 15 results of a typeahead at most (dynamic-search page, 2025-01), and asks a message extension
 * for 25 a page: a page that is shorter than it asked for is the last one to it.
 */
const most = { typeahead: 15, extension: 25 } as const;

/**
 * Answers the typeahead and the message extension. Throws 'not-allowed', and 'bad-input' for a text that is
 * too long: the extension says so, a typeahead has no room for it.
 */
export const searchAgents =
  (ports: Ports) =>
  async ({ surface, dataset, query, skip, top, scope }: Search): Promise<Reply> => {
    if (dataset !== 'agents') return { kind: 'hits', hits: [] };
    requireRole(scope, 'viewer', 'Seeing agents');
    requireFilterLength(query);
    const fleet = await ports.fleets.read(scope.account);
    const all = await matching(fleet.agents, query, await asFilter(ports, scope, query));
    const found = all.slice(skip, skip + Math.min(top, most[surface]));
    const reader = readerOf(scope, ports.clock);
    const hit = (view: AgentView): SearchHit => ({
      ...previewLine(view, reader),
      value: view.agent.id,
      ...(surface === 'extension' ? { card: agentCard({ view, onlyReads: true }, reader) } : {}),
    });
    return { kind: 'hits', hits: found.map(hit) };
  };

/** Names that begin with what was typed come before those that hold it; what is no filter is plain text. */
const matching = async (
  agents: readonly AgentView[],
  query: string,
  filter: Filter,
): Promise<readonly AgentView[]> => {
  const typed = fold(unquoted(query));
  const found = await filterInSlices(agents, matches(filter));
  const begins = new Set(found.filter(({ agent }) => fold(agent.name).startsWith(typed)));
  return [...begins, ...found.filter((view) => !begins.has(view))];
};

/** Half a filter, as it stands while somebody types, must not be an error. */
const asFilter = async ({ fleets }: Ports, scope: Scope, query: string): Promise<Filter> => {
  try {
    return parseFilter(await fleets.understand(scope, query));
  } catch {
    return textFilter(query.replaceAll('"', '').trim());
  }
};
