import type { AgentView, Standing } from './overview.ts';
import type { ListPlace } from './verbs.ts';

/** A list or card may be this old without saying so (contract, Reads). */
export const freshForMs = 10_000;

/** One page of the agents that a filter matches. */
export interface FleetPage {
  /** This page's, worst first. */
  readonly agents: readonly AgentView[];
  /** Of all that match, not of this page alone. */
  readonly counts: Readonly<Record<Standing, number>>;
  /** How many agents match the filter, on all pages. */
  readonly matching: number;
  readonly page: number;
  readonly pages: number;
  readonly place: ListPlace;
  /** ms since 1970 */
  readonly takenAt: number;
  /** Agents that could not be read. */
  readonly skipped: number;
}
