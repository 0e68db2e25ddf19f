import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Inventory,
  type InventoryChange,
  takeInventory,
} from '../../../../src/features/fleet/domain/inventory-changes.ts';
import type { KnownAgent } from '../../../../src/features/fleet/domain/known-agent.ts';
import { AgentObservation } from '../../../../src/features/fleet/domain/observation.ts';
import type { Agent } from '../../../../src/platform/agent.ts';
import { anAgent } from '../an-agent.ts';

const day = 24 * 60 * 60_000;

type Fleet = ReadonlyMap<string, Partial<Agent>>;

const observationsOf = (fleet: Fleet): readonly AgentObservation[] =>
  [...fleet].map(([id, agent]) => {
    const facts = {
      agent: anAgent({ id, name: id, ...agent }),
      status: { agentId: id, targets: [] },
      definitions: new Map(),
    };
    return new AgentObservation(facts, { now: 0, staleMs: 1 });
  });

/** A monitor that knows nothing else. */
const anInventory = () => {
  const known = new Map<string, KnownAgent>();
  let before: Fleet | undefined;
  let now = 0;
  return {
    known,
    poll: async (fleet: Fleet, own: Readonly<Record<string, string>> = {}): Promise<Inventory> => {
      now += 60_000;
      const inventory = await takeInventory(known, {
        observations: observationsOf(fleet),
        present: fleet,
        before: before && new Map([...before.keys()].map((id) => [id, {}])),
        templates: new Set(),
        now,
        lastAt: now - 60_000,
        isOwnName: (id, name) => own[id] === name,
      });
      before = fleet;
      for (const agent of inventory.learned) known.set(agent.id, agent);
      for (const id of inventory.forgotten) known.delete(id);
      return inventory;
    },
    passes: (ms: number): void => {
      now += ms;
    },
  };
};

const fleetOf = (...agents: readonly (readonly [string, Partial<Agent>?])[]): Fleet =>
  new Map(agents.map(([id, agent = {}]) => [id, agent]));

describe('what happened to the agents themselves', () => {
  it('is nothing at the first poll, and nothing where nothing has changed', async () => {
    const bed = anInventory();
    const fleet = fleetOf(['a'], ['b', { machineId: 'm-1' }], ['c', { machineId: 'm-1' }]);
    expect(await bed.poll(fleet)).toMatchObject({ changes: [], forgotten: [] });
    expect(await bed.poll(fleet)).toEqual({ changes: [], learned: [], forgotten: [] });
  });

  it('is the first agent of a fleet that was empty', async () => {
    const bed = anInventory();
    await bed.poll(fleetOf());
    expect((await bed.poll(fleetOf(['a']))).changes).toEqual([
      { kind: 'new', agent: 'a', name: 'a' },
    ]);
  });

  it.each([
    ['an id', 'M-1', 'm-1', true],
    ['no id', undefined, undefined, false],
    ['zeros', '00000000-0000-0000', '00000000-0000-0000', false],
    ['other ids', 'm-1', 'm-2', false],
  ] as const)('is a machine that is there twice, by %s', async (_, one, other, expected) => {
    const bed = anInventory();
    const first = { machineId: one };
    await bed.poll(fleetOf(['a', first]));
    const { changes } = await bed.poll(fleetOf(['a', first], ['b', { machineId: other }]));
    expect(changes.some(({ kind }) => kind === 'same-machine')).toBe(expected);
  });

  it('tells two agents of one name on one machine apart', async () => {
    const bed = anInventory();
    const same = { name: 'LAX', machineId: 'm-1', address: undefined };
    await bed.poll(fleetOf(['id-a', same]));
    const { changes } = await bed.poll(fleetOf(['id-a', same], ['id-b', same]));
    expect(changes.at(-1)).toEqual({
      kind: 'same-machine',
      agent: 'id-b',
      name: 'LAX',
      distinction: 'id-b',
      other: { agent: 'id-a', name: 'LAX', distinction: 'id-a' },
    });
  });

  it('says for a week that an agent is back, and then that it is new', async () => {
    const bed = anInventory();
    await bed.poll(fleetOf(['a'], ['b']));
    expect((await bed.poll(fleetOf(['a']))).changes).toMatchObject([{ kind: 'deleted' }]);
    expect((await bed.poll(fleetOf(['a'], ['b']))).changes).toMatchObject([{ kind: 'back' }]);
    await bed.poll(fleetOf(['a']));
    bed.passes(8 * day);
    expect((await bed.poll(fleetOf(['a']))).forgotten).toEqual(['b']);
    expect((await bed.poll(fleetOf(['a'], ['b']))).changes).toMatchObject([{ kind: 'new' }]);
  });

  it('leaves out a name that the bot gave', async () => {
    const bed = anInventory();
    await bed.poll(fleetOf(['a']));
    expect((await bed.poll(fleetOf(['a', { name: 'X' }]), { a: 'X' })).changes).toEqual([]);
    expect((await bed.poll(fleetOf(['a', { name: 'Y' }]), { a: 'X' })).changes).toEqual([
      { kind: 'renamed', agent: 'a', name: 'Y', was: 'X' },
    ]);
  });

  const someFleet = fc
    .dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'),
      fc.record({
        name: fc.constantFrom('one', 'two', 'three'),
        configured: fc.option(fc.boolean(), { nil: undefined }),
        machineId: fc.option(fc.constantFrom('m-1', 'm-2'), { nil: undefined }),
      }),
    )
    .map((record): Fleet => new Map(Object.entries(record)));

  const applied = (fleet: ReadonlyMap<string, string>, changes: readonly InventoryChange[]) => {
    const after = new Map(fleet);
    for (const { kind, agent, name } of changes) {
      if (kind === 'deleted') after.delete(agent);
      else if (kind !== 'same-machine') after.set(agent, name);
    }
    return after;
  };
  const namesOf = (fleet: Fleet): ReadonlyMap<string, string> =>
    new Map([...fleet].map(([id, { name = id }]) => [id, name]));

  it('leads from each fleet to the next, and says nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someFleet, { minLength: 2, maxLength: 6 }), async (fleets) => {
        const bed = anInventory();
        let before: ReadonlyMap<string, string> | undefined;
        for (const fleet of fleets) {
          const { changes } = await bed.poll(fleet);
          const after = namesOf(fleet);
          if (before !== undefined) expect(applied(before, changes)).toEqual(after);
          const keys = changes.map(({ kind, agent }) => `${kind} ${agent}`);
          expect(new Set(keys).size).toBe(keys.length);
          expect((await bed.poll(fleet)).changes).toEqual([]);
          before = after;
        }
      }),
    );
  });
});

describe('how an agent is connected', () => {
  const changes = async (...states: readonly Partial<Agent>[]) => {
    const bed = anInventory();
    for (const state of states) await bed.poll(fleetOf(['a', state]));
    return (bed.known.get('a')?.changes ?? []).map(({ what, from, to }) =>
      [what, from, to].filter((part) => part !== undefined).join(' '),
    );
  };
  const eth = { wifi: false, vpn: false, network: { name: 'eth0', address: '10.0.0.2' } };
  const air = { wifi: true, vpn: false, network: { name: 'wlan0', address: '10.0.0.9' } };

  it.each([
    ['Wi-Fi, with its interface and address', [eth, air], ['to-wifi']],
    ['cable', [air, eth], ['to-cable']],
    ['a VPN', [eth, { ...eth, vpn: true }, eth], ['vpn-on', 'vpn-off']],
    [
      'another interface',
      [eth, { ...eth, network: { ...eth.network, name: 'usb0' } }],
      ['interface eth0 usb0'],
    ],
    [
      'another address',
      [eth, { ...eth, network: { ...eth.network, address: '10.0.0.3' } }],
      ['address 10.0.0.2 10.0.0.3'],
    ],
    ['nothing where it was unknown', [{ wifi: undefined }, air], []],
    ['nothing while it is offline', [eth, { ...air, online: false }, eth], []],
    ['nothing where it is not said', [eth, { network: undefined, wifi: undefined }, eth], []],
    ['the last three', [eth, air, eth, air, eth], ['to-cable', 'to-wifi', 'to-cable']],
  ] as const)('changes to %s', async (_, states, expected) => {
    expect(await changes(...states)).toEqual(expected);
  });
});
