import type { AgentFinder, NamedAgent } from '../../chat/resolve-agent.ts';
import type { Agent } from '../../platform/agent.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import {
  begunName,
  findByName,
  matchesOf,
  readingsThatMean,
  searchIn,
  wholeNamed,
} from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import type { FleetReader } from './ports.ts';

interface Ports {
  readonly fleets: FleetReader;
  readonly pingPlotter: (account: string) => PingPlotter;
}

export const createAgentFinder = ({ fleets, pingPlotter }: Ports): AgentFinder => {
  const present = async (account: string): Promise<readonly NamedAgent[]> =>
    (await fleets.read(account)).agents.map(({ agent }) => named(agent));

  return {
    find: async (account, name, options) => {
      const found = findByName(name, await present(account));
      if (found.kind !== 'none') return found;
      // Not its guess, which takes ten times as long: that one comes from the newer list.
      fleets.forget(account);
      const { agents } = await pingPlotter(account).agents({ templates: true });
      const there = agents.filter(({ deleted }) => !deleted);
      const meant = there.filter(({ template }) => options.templates || !template).map(named);
      const again = findByName(name, meant);
      if (again.kind !== 'none') return again;
      return {
        ...again,
        templates: matchesOf(name, there.filter(({ template }) => template).map(named)),
        ...optional('begun', begunName(name, meant)),
      };
    },
    like: async (account, text) => {
      const { agents } = await fleets.read(account);
      const found = findByName(
        text,
        agents.map(({ agent: { id, name } }) => ({ id, name })),
      );
      if (found.kind === 'one') return [found.item];
      return found.kind === 'many' ? found.items : found.nearest;
    },
    readingOfWholeName: async (account, readings) => wholeNamed(readings, await present(account)),
    readingsOfPart: async (account, readings) => readingsThatMean(readings, await present(account)),
    firstKnown: async (account, names) => {
      const find = searchIn(await present(account));
      return names.findIndex((name) => find(name).kind === 'one');
    },
  };
};

const named = ({ id, name, machineName }: Agent): NamedAgent => ({
  id,
  name,
  ...optional('alsoKnownAs', machineName === undefined ? undefined : [machineName]),
});
