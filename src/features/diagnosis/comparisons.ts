import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { AgentView, FleetView } from '../fleet/domain/agent-view.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Comparison } from './domain/diagnose-problem.ts';
import { type FleetIndex, indexFleet } from './domain/fleet-index.ts';
import { answersCountMs, silentRules } from './domain/verdicts.ts';
import type { Comparisons } from './ports.ts';
import type { Verdicts } from './store.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'last' | 'read'>;
  readonly log: Logger;
  readonly store: { readonly verdicts: Pick<Verdicts, 'answers'> };
}

/** Counts each reading of a fleet once, whoever asks and however often. */
export const createComparisons = (ports: Ports): Comparisons => {
  const counted = new WeakMap<readonly AgentView[], Promise<FleetIndex>>();
  const countOf = (agents: readonly AgentView[]): Promise<FleetIndex> => {
    const index = counted.get(agents) ?? indexFleet(agents, (view) => view);
    counted.set(agents, index);
    return index;
  };
  return {
    of: async (account) => {
      const fleet = await fleetOf(ports, account);
      if (fleet === undefined) return undefined;
      return { index: await countOf(fleet.agents), silent: await silentIn(ports, account) };
    },
  };
};

/** What was read longer ago says nothing about now. */
const mostAgeMs = 5 * 60_000;

/** An old reading is better than none. */
const fleetOf = async (
  { fleets, clock, log }: Ports,
  account: string,
): Promise<FleetView | undefined> => {
  const last = fleets.last(account);
  if (last !== undefined && clock.monotonic() - last.readAt <= mostAgeMs) return last;
  try {
    return await fleets.read(account);
  } catch (error) {
    log.info('fleet.unreadable', { code: asAppError(error).code });
    return last;
  }
};

/** While the store is down all rules speak. */
const silentIn = async (
  { store, clock, log }: Ports,
  account: string,
): Promise<Comparison['silent']> => {
  try {
    return silentRules(await store.verdicts.answers(account, clock.now() - answersCountMs));
  } catch (error) {
    log.info('verdicts.unreadable', { code: asAppError(error).code });
    return new Set();
  }
};
