import type { Agent } from '../core/agent.ts';
import { findByName, searchIn } from '../core/names.ts';
import { optional } from '../core/optional.ts';
import type { UseCasePorts } from './ports.ts';

export interface NamedAgent {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
}

export type Found =
  | { readonly kind: 'one'; readonly item: NamedAgent }
  | { readonly kind: 'many'; readonly items: readonly NamedAgent[] }
  | { readonly kind: 'none'; readonly nearest: readonly NamedAgent[] };

/**
 * Finds the agent that somebody means by a part of its name. When the last reading of the fleet
 * does not know it, PingPlotter is asked again, and then the templates are searched too.
 */
export const findAgent =
  ({ fleets, pingPlotter }: Pick<UseCasePorts, 'fleets' | 'pingPlotter'>) =>
  async (account: string, name: string): Promise<Found> => {
    const fleet = await fleets.read(account);
    const found = findByName(
      name,
      fleet.agents.map(({ agent }) => named(agent)),
    );
    if (found.kind !== 'none') return found;
    fleets.forget(account);
    const { agents } = await pingPlotter(account).agents({ templates: true });
    return findByName(name, agents.filter(({ deleted }) => !deleted).map(named));
  };

/** Which of several names means one agent of the fleet as it was read last, if any. Asks PingPlotter nothing for each. */
export const firstKnown =
  ({ fleets }: Pick<UseCasePorts, 'fleets'>) =>
  async (account: string, names: readonly string[]): Promise<number> => {
    const fleet = await fleets.read(account);
    const find = searchIn(fleet.agents.map(({ agent }) => named(agent)));
    return names.findIndex((name) => find(name).kind === 'one');
  };

const named = ({ id, name, machineName }: Agent): NamedAgent => ({
  id,
  name,
  ...optional('alsoKnownAs', machineName === undefined ? undefined : [machineName]),
});
