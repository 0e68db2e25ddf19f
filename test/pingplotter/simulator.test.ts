import { expect, it, onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { pingPlotterContract } from '../contracts/pingplotter.ts';
import { instantClock } from '../fakes/clock.ts';
import { connect, failureOf, key } from './connect.ts';

const start = async (options: { readonly permissions?: readonly string[] } = {}) => {
  const simulator = await startSimulator({ port: 0, key, now: instantClock().now, ...options });
  onTestFinished(() => simulator.close());
  return { simulator, ...connect(simulator.url) };
};

pingPlotterContract('the client of the REST API', async () => (await start()).pingPlotter);

const draft = { name: 'Reception', template: false, targets: [] };
const someAgent = ({ fleet }: Simulator): string =>
  fleet.agents().find(({ deletedAt, template }) => deletedAt === undefined && !template)?.id ?? '';

it('creates one agent when the connection is cut after the change', async () => {
  const { simulator, pingPlotter } = await start();
  simulator.fault({ match: { method: 'POST', path: '/agents' }, effect: { kind: 'reset-after' } });
  expect(await failureOf(pingPlotter.create(draft))).toMatchObject({
    code: 'unreachable',
    detail: { ambiguous: true },
  });
  expect(simulator.fleet.agents().filter(({ name }) => name === draft.name)).toHaveLength(1);
});

it('removes an agent even if the connection is cut after the change', async () => {
  const { simulator, pingPlotter, calls } = await start();
  const fault = { match: { method: 'DELETE' }, times: 1, effect: { kind: 'reset-after' } } as const;
  simulator.fault(fault);
  await pingPlotter.remove(someAgent(simulator), { uninstall: false });
  expect(calls.map(({ outcome }) => outcome)).toEqual(['unreachable', 'not-found']);
});

it('names what the key lacks', async () => {
  const { simulator, pingPlotter } = await start({ permissions: [] });
  const id = someAgent(simulator);
  expect(await failureOf(pingPlotter.setSessions(id, 'pause'))).toMatchObject({
    code: 'permission-missing',
    detail: { permission: 'TargetManagement' },
  });
  expect(await failureOf(pingPlotter.create(draft))).toMatchObject({
    code: 'permission-missing',
    detail: { permission: 'AgentManagement' },
  });
});

it('says that the key is wrong', async () => {
  const { simulator } = await start();
  const { pingPlotter } = connect(simulator.url, { apiKey: 'another' });
  expect((await failureOf(pingPlotter.agents())).code).toBe('key-wrong');
});
