import { matches, parseFilter } from '../core/filter.ts';
import type { FleetPage } from '../core/fleet-page.ts';
import { countStandings } from '../core/overview.ts';
import type { ListPlace } from '../core/verbs.ts';
import type { UseCasePorts } from './ports.ts';

/** Agents on one page of a list card. */
export const pageSize = 10;

/** One page of the agents that a filter matches, worst first; a page past the end is the last one. */
export const listAgents =
  ({ fleets }: Pick<UseCasePorts, 'fleets'>) =>
  async (account: string, place: ListPlace): Promise<FleetPage> => {
    const filter = parseFilter(place.filter);
    const fleet = await fleets.read(account);
    const found = fleet.agents.filter(matches(filter));
    const pages = Math.max(1, Math.ceil(found.length / pageSize));
    const page = Math.min(place.page, pages);
    return {
      agents: found.slice((page - 1) * pageSize, page * pageSize),
      counts: countStandings(found),
      matching: found.length,
      page,
      pages,
      place: { filter: place.filter, page },
      takenAt: fleet.takenAt,
      skipped: fleet.skipped,
    };
  };
