import { expect, it, onTestFinished } from 'vitest';
import { createFleetReader } from '../../src/features/fleet/fleet-reader.ts';
import { createMonitor } from '../../src/monitor/loop.ts';
import type { MonitorPorts } from '../../src/monitor/state.ts';
import { createSessionMemory } from '../../src/store/session-memory.ts';
import { settle } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aMonitor, minute } from './a-monitor.ts';

const account = 'default';
const second = 1000;

/** A monitor and the list that people are shown, both of one PingPlotter that answers when the test lets it. */
const aStage = async (more: (ports: MonitorPorts) => Partial<MonitorPorts> = () => ({})) => {
  const bed = await aMonitor();
  const { clock, fleet } = bed;
  fleet.add('lax-12');
  let held: Promise<void> | undefined;
  let release = (): void => {};
  const pingPlotter = {
    ...fleet.pingPlotter,
    agents: async (...asked: Parameters<typeof fleet.pingPlotter.agents>) => {
      const answer = fleet.pingPlotter.agents(...asked);
      await Promise.allSettled([answer, held]);
      return answer;
    },
  };
  const ports = { ...bed.ports(), account, pingPlotter: () => pingPlotter };
  const monitor = createMonitor({ ...ports, ...more(ports) });
  onTestFinished(() => monitor.stop());
  const reader = createFleetReader({
    pingPlotter: () => pingPlotter,
    sessions: createSessionMemory(),
    savedFilters: { list: async () => [] },
    clock,
    log: silentLog,
    staleAfterMs: 300_000,
    polled: monitor.latest,
    polling: monitor.reading,
  });
  return {
    ...bed,
    monitor,
    reader,
    lists: () => fleet.calls.filter((call) => call === 'agents').length,
    hold: () => {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    letGo: () => release(),
    pass: async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += second) {
        await clock.advance(second);
        await settle(40);
      }
    },
  };
};

it('answers all who ask while a poll reads with what that poll reads', async () => {
  const { monitor, reader, fleet, hold, letGo, lists } = await aStage();
  hold();
  monitor.start();
  await settle(40);
  const asked = [reader.read(account), reader.read(account), reader.read(account)];
  await settle(40);
  letGo();
  for (const { agents } of await Promise.all(asked))
    expect(agents.map(({ agent }) => agent.id)).toEqual(['lax-12']);
  expect(lists()).toBe(1);
  expect(fleet.calls.filter((call) => call.startsWith('status'))).toHaveLength(1);
});

it('shows what a poll has read before it is stored', async () => {
  let stores = true;
  let stored = (): void => {};
  const { monitor, reader, clock, lists, pass } = await aStage(({ store }) => ({
    store: {
      ...store,
      transaction: async (work) => {
        if (!stores)
          await new Promise<void>((resolve) => {
            stored = resolve;
          });
        return store.transaction(work);
      },
    },
  }));
  monitor.start();
  await pass(second);
  stores = false;
  await pass(minute);
  expect(lists()).toBe(2);
  expect((await reader.read(account)).takenAt).toBeGreaterThan(clock.now() - 10 * second);
  expect(lists()).toBe(2);
  stores = true;
  stored();
});

it('does not wait for a poll that began before a change', async () => {
  const { monitor, reader, hold, letGo, lists, pass } = await aStage();
  monitor.start();
  await pass(second);
  hold();
  await pass(minute);
  expect(lists()).toBe(2);
  reader.forget(account);
  const asked = reader.read(account);
  await settle(40);
  expect(lists()).toBe(3);
  letGo();
  await asked;
});

it('reads by itself where the poll could not', async () => {
  const { monitor, reader, fleet, hold, letGo, lists } = await aStage();
  fleet.fail('unavailable');
  hold();
  monitor.start();
  await settle(40);
  const asked = reader.read(account);
  fleet.fail();
  letGo();
  expect((await asked).agents).toHaveLength(1);
  expect(lists()).toBe(2);
});
