import { describe, expect, it, onTestFinished } from 'vitest';
import { createMonitors, type Monitors } from '../../src/monitor/monitors.ts';
import { recordDocument } from '../../src/monitor/record.ts';
import {
  type Account,
  createAccounts,
  onlyAccount,
  type ReplaceableAccounts,
} from '../../src/platform/accounts.ts';
import type { PingPlotter } from '../../src/platform/pingplotter.ts';
import { settle } from '../fakes/clock.ts';
import { aFleet, type FleetFake } from './a-fleet.ts';
import { aMonitor, type MonitorBed } from './a-monitor.ts';

const second = 1000;
const minute = 60 * second;

const named = (name: string, source = 'first'): Account => ({ ...onlyAccount(source), name });

interface Bed extends MonitorBed {
  readonly accounts: ReplaceableAccounts;
  readonly monitors: Monitors;
  readonly fleets: ReadonlyMap<string, FleetFake>;
  /** Whole polls of each account so far. */
  polls(): Readonly<Record<string, number>>;
  pass(ms: number): Promise<void>;
}

const never = new Promise<never>(() => {});

/** Hangs until it is given up. */
const hanging = (pingPlotter: PingPlotter, calls: string[]): PingPlotter => ({
  ...pingPlotter,
  agents: (_, signal) => {
    calls.push('agents');
    return signal === undefined
      ? never
      : new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
  },
});

const watched = async (names: readonly string[]): Promise<Bed> => {
  const bed = await aMonitor();
  const fleets = new Map(
    [...names, 'initech'].map((name): [string, FleetFake] => [name, aFleet(bed.clock.now)]),
  );
  for (const [name, fleet] of fleets) fleet.add(`${name}-1`);
  const accounts = createAccounts(names.map((name) => named(name)));
  const { account: _, source: __, ...ports } = bed.ports();
  const fleetOf = (name: string): FleetFake => fleets.get(name) ?? aFleet(bed.clock.now);
  const monitors = createMonitors({
    ...ports,
    accounts,
    pingPlotter: (name) => {
      const { pingPlotter, calls } = fleetOf(name);
      return name === 'hanging' ? hanging(pingPlotter, calls) : pingPlotter;
    },
  });
  onTestFinished(() => monitors.stop());
  return {
    ...bed,
    accounts,
    monitors,
    fleets,
    polls: () =>
      Object.fromEntries(
        [...fleets].map(([name, { calls }]) => [
          name,
          calls.filter((call) => call === 'agents').length,
        ]),
      ),
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += 5 * second) {
        await bed.clock.advance(5 * second);
        await settle(40);
      }
    },
  };
};

describe('the monitors of several accounts', () => {
  it('poll each at its time, whichever of them hangs or fails', async () => {
    const bed = await watched(['acme', 'hanging', 'failing', 'globex']);
    bed.fleets.get('failing')?.fail('unreachable');
    bed.monitors.start();
    await settle(40);
    await bed.pass(5 * minute);
    expect(bed.polls()).toEqual({ acme: 6, hanging: 1, failing: 6, globex: 6, initech: 0 });
    expect(bed.monitors.latest('acme')?.agents.map(({ agent }) => agent.id)).toEqual(['acme-1']);
    expect(bed.monitors.latest('globex')?.agents.map(({ agent }) => agent.id)).toEqual([
      'globex-1',
    ]);
    expect(bed.monitors.latest('nobody')).toBeUndefined();
  });

  it('follow the list: a new one begins, one that is gone ends, and a new key starts a new picture', async () => {
    const bed = await watched(['acme', 'globex', 'hanging']);
    bed.monitors.start();
    await bed.pass(minute);
    const sourceOf = async (account: string) =>
      (await bed.store().documents.read(account, recordDocument)) as { readonly source?: string };
    expect(await sourceOf('acme')).toMatchObject({ source: 'first' });
    const before = bed.polls();
    bed.accounts.replace([named('acme', 'second'), named('initech'), named('hanging', 'second')]);
    await bed.pass(minute);
    const after = bed.polls();
    expect(after['globex']).toBe(before['globex']);
    expect(after['initech']).toBeGreaterThanOrEqual(1);
    // The hanging poll with the old key is given up, and one with the new key begins.
    expect(after['hanging']).toBe(2);
    expect(await sourceOf('acme')).toMatchObject({ source: 'second' });
    expect(bed.monitors.latest('globex')).toBeUndefined();
  });

  it('take a hint for the account that it came for alone', async () => {
    const bed = await watched(['acme', 'globex']);
    bed.monitors.start();
    await bed.pass(10 * second);
    await bed.monitors.hint('globex', ['globex-1']);
    await bed.monitors.hint('nobody', ['acme-1']);
    await bed.pass(10 * second);
    expect(bed.fleets.get('globex')?.calls).toContain('agent globex-1');
    expect(bed.fleets.get('acme')?.calls).not.toContain('agent acme-1');
  });
});
