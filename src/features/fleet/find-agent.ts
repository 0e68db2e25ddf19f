import type { UseCasePorts } from '../../app.ts';
import type { Found, NamedAgent } from '../../chat/resolve-agent.ts';
import type { Agent } from '../../platform/agent.ts';
import {
  begunName,
  findByName,
  matchesOf,
  readingsThatMean,
  searchIn,
  wholeNamed,
} from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';

export interface FindOptions {
  /** Templates too, for what only looks. */
  readonly templates: boolean;
}

/**
 * Finds the agent that somebody means by a part of its name. When the last reading of the fleet
 * does not know it, PingPlotter is asked again, for the templates too.
 */
export const findAgent =
  ({ fleets, pingPlotter }: Pick<UseCasePorts, 'fleets' | 'pingPlotter'>) =>
  async (account: string, name: string, options: FindOptions): Promise<Found> => {
    const fleet = await fleets.read(account);
    const found = findByName(
      name,
      fleet.agents.map(({ agent }) => named(agent)),
    );
    if (found.kind !== 'none') return found;
    // Not its guess, which takes ten times as long: that one comes from the newer list.
    fleets.forget(account);
    const { agents } = await pingPlotter(account).agents({ templates: true });
    const present = agents.filter(({ deleted }) => !deleted);
    const meant = present.filter(({ template }) => options.templates || !template).map(named);
    const again = findByName(name, meant);
    if (again.kind !== 'none') return again;
    return {
      ...again,
      templates: matchesOf(name, present.filter(({ template }) => template).map(named)),
      ...optional('begun', begunName(name, meant)),
    };
  };

/** Of several ways to read what was typed, the one that says a live agent's whole name. */
export const readingOfWholeName =
  ({ fleets }: Pick<UseCasePorts, 'fleets'>) =>
  async <R extends { readonly agent: string }>(
    account: string,
    readings: readonly R[],
  ): Promise<R | undefined> => {
    const { agents } = await fleets.read(account);
    return wholeNamed(
      readings,
      agents.map(({ agent }) => named(agent)),
    );
  };

/** Of a target that was typed right behind a slash: the ways to read it that mean some agent by a part of its name. */
export const readingsOfPart =
  ({ fleets }: Pick<UseCasePorts, 'fleets'>) =>
  async <R extends { readonly agent: string }>(
    account: string,
    readings: readonly R[],
  ): Promise<readonly R[]> => {
    const { agents } = await fleets.read(account);
    return readingsThatMean(
      readings,
      agents.map(({ agent }) => named(agent)),
    );
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
