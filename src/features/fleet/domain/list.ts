import { z } from 'zod';
import type { StatusWord } from '../../../platform/agent.ts';
import type { ErrorCode } from '../../../platform/errors.ts';
import { sortInSlices } from '../../../platform/slices.ts';
import { byName } from '../../../shared/names.ts';
import { optional } from '../../../shared/optional.ts';
import { longestFilter } from '../../../shared/text.ts';
import { type AgentView, countStatuses, type FleetView } from './agent-view.ts';

/** A list or card may be this old without saying so (contract, Reads). */
export const freshForMs = 10_000;

/** One page of the agents that a filter matches. */
export interface FleetPage {
  /** This page's. */
  readonly agents: readonly AgentView[];
  /** Of all that match, not of this page alone. */
  readonly counts: Readonly<Record<StatusWord, number>>;
  /** How many agents match the filter, on all pages. */
  readonly matching: number;
  readonly page: number;
  readonly pages: number;
  readonly place: ListPlace;
  /** ms since 1970 */
  readonly takenAt: number;
  /** Agents that could not be read. */
  readonly skipped: number;
  /** Why there are no scores. */
  readonly noScores?: ErrorCode;
  /** Of how many agents; of all if left out. */
  readonly noScoresOf?: number;
}

/** An alert's card that another one was opened from. */
const AlertPlace = z.strictObject({ alert: z.string().min(1).max(200) });

/** How a list can be sorted, worst first if nobody says; with the words for a person. */
export const sortings = {
  worst: 'Worst first',
  name: 'Name',
  score: 'Score, lowest first',
  seen: 'Last seen, longest ago first',
} as const;
export type Sorting = keyof typeof sortings;

const Sorting = z.enum(['worst', 'name', 'score', 'seen']);

/** A list, and the alert that it was opened from, if any. */
export const ListPlace = z.object({
  filter: z.string().trim().max(longestFilter).default(''),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  sort: Sorting.optional().catch(undefined),
  alert: AlertPlace.shape.alert.optional(),
});
export type ListPlace = z.infer<typeof ListPlace>;

/** What a card was opened from, so that "Back" and the message for everybody else can show it again. */
export const Origin = z.union([AlertPlace, ListPlace]);
export type Origin = z.infer<typeof Origin>;

/** Agents on one page of a list card. */
export const pageSize = 10;

/** Behind those that have the figure; worst first, as they come, among equals. */
const unknownLast = Number.MAX_SAFE_INTEGER;

const seenAt = ({ agent: { online, lastSeen } }: AgentView): number => {
  if (online) return unknownLast - 1;
  return typeof lastSeen === 'number' ? lastSeen : unknownLast;
};

const orders: Readonly<Record<Exclude<Sorting, 'worst'>, (a: AgentView, b: AgentView) => number>> =
  {
    name: (a, b) => byName(a.agent.name, b.agent.name),
    score: (a, b) => (a.score ?? unknownLast) - (b.score ?? unknownLast),
    seen: (a, b) => seenAt(a) - seenAt(b),
  };

/** The agents, which come worst first, in the order that was asked for. */
export const sorted = async (
  found: readonly AgentView[],
  sort: Sorting = 'worst',
): Promise<readonly AgentView[]> => (sort === 'worst' ? found : sortInSlices(found, orders[sort]));

/** One page of the agents that were found, in their order; a page past the end is the last one. */
export const pageOf = (
  fleet: Pick<FleetView, 'skipped' | 'takenAt' | 'noScores' | 'noScoresOf'>,
  found: readonly AgentView[],
  place: ListPlace,
): FleetPage => {
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(place.page, pages);
  return {
    agents: found.slice((page - 1) * pageSize, page * pageSize),
    counts: countStatuses(found),
    matching: found.length,
    page,
    pages,
    place: { ...place, page },
    takenAt: fleet.takenAt,
    skipped: fleet.skipped,
    ...optional('noScores', fleet.noScores),
    ...optional('noScoresOf', fleet.noScoresOf),
  };
};
