import type { AgentFinder, NamedAgent } from '../../chat/resolve-agent.ts';
import type { Agent } from '../../platform/agent.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { wholeAddress } from '../../shared/address.ts';
import { type NameIndex, nameIndex, wholeNamed } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import type { FleetView } from './domain/agent-view.ts';
import { distinguished } from './domain/distinction.ts';
import type { FleetReader } from './ports.ts';

interface Ports {
  readonly fleets: FleetReader;
  readonly pingPlotter: (account: string) => PingPlotter;
}

export const createAgentFinder = ({ fleets, pingPlotter }: Ports): AgentFinder => {
  const indexes = new WeakMap<FleetView, NameIndex<NamedAgent>>();
  const present = async (account: string): Promise<NameIndex<NamedAgent>> => {
    const view = await fleets.read(account);
    const known = indexes.get(view);
    if (known !== undefined) return known;
    const index = nameIndex(view.agents.map(({ agent }) => namedAgent(agent)));
    indexes.set(view, index);
    return index;
  };

  return {
    find: async (account, name, options) => {
      const found = (await present(account)).find(name);
      if (found.kind !== 'none') return found;
      // Not its guess, which takes ten times as long: that one comes from the newer list.
      fleets.forget(account);
      const { agents } = await pingPlotter(account).agents({ templates: true });
      const there = distinguished(agents.filter(({ deleted }) => !deleted));
      const index = nameIndex(
        there.filter(({ template }) => options.templates || !template).map(namedAgent),
      );
      const again = index.find(name);
      if (again.kind !== 'none') return again;
      return {
        kind: 'none',
        nearest: again.nearest,
        templates: nameIndex(there.filter(({ template }) => template).map(namedAgent)).matches(
          name,
        ),
        ...optional('begun', index.begun(name)),
      };
    },
    withAddress: async (account, address) =>
      (await fleets.read(account)).agents
        .filter(({ agent }) =>
          [agent.address, agent.network?.address].some(
            (own) => own !== undefined && wholeAddress(own) === address,
          ),
        )
        .map(({ agent }) => namedAgent(agent)),
    like: async (account, text) => {
      const found = (await present(account)).find(text);
      if (found.kind === 'one') return [found.item];
      return found.kind === 'many' ? found.items : found.nearest;
    },
    readingOfWholeName: async (account, readings) =>
      wholeNamed(
        readings,
        (await fleets.read(account)).agents.map(({ agent }) => agent),
      ),
    readingsOfPart: async (account, readings) => (await present(account)).meaning(readings),
    firstKnown: async (account, names) => {
      const index = await present(account);
      return names.findIndex((name) => index.find(name).kind === 'one');
    },
  };
};

/** An agent as people name it. */
export const namedAgent = ({ id, name, machineName, distinction }: Agent): NamedAgent => {
  const others = [...new Set([machineName, distinction])].filter((one) => one !== undefined);
  return {
    id,
    name,
    ...optional('alsoKnownAs', others.length === 0 ? undefined : others),
    ...optional('distinction', distinction),
  };
};
