import { expect, it } from 'vitest';
import { carryOut } from '../../../src/features/bulk/carry-out.ts';
import type { BulkJob } from '../../../src/features/bulk/domain/job.ts';
import { createGate } from '../../../src/features/bulk/gate.ts';
import type { PingPlotterCalls } from '../../../src/platform/pingplotter.ts';
import { fakeClock } from '../../fakes/clock.ts';

const refused = async (): Promise<never> => {
  throw new Error('nobody asks for this');
};

const job: BulkJob = {
  account: 'default',
  conversationKey: 'ops',
  id: 'job',
  tenantId: 'tenant',
  by: { id: 'ada', name: 'Ada' },
  act: 'rename',
  filter: 'boise',
  pattern: '{name} new',
  state: 'running',
  at: 0,
  takenBack: false,
  retried: false,
};

/** An account that takes a second for each call, and two at once. */
it('changes all of them on a slow account, once each, though what was read of them has grown old', async () => {
  const clock = fakeClock();
  const gate = createGate(clock, 2);
  const names = new Map(Array.from({ length: 40 }, (_, at) => [`agent-${at}`, `box ${at}`]));
  const renamed: string[] = [];
  let reads = 0;
  const api: PingPlotterCalls = {
    agents: refused,
    agent: refused,
    status: refused,
    agentStatus: refused,
    sessions: refused,
    allSessions: refused,
    setSessions: refused,
    setSession: refused,
    reconnect: refused,
    remove: refused,
    customFields: refused,
    trace: refused,
    liveShares: refused,
    createLiveShare: refused,
    create: refused,
    rename: async (id, name) => {
      await clock.sleep(1000);
      renamed.push(id);
      names.set(id, name);
    },
  };
  const signal = new AbortController().signal;
  const read = (id: string) =>
    gate.call(async () => {
      reads += 1;
      await clock.sleep(1000);
      return { name: names.get(id) ?? '', online: true, sessions: [] };
    }, signal);
  await clock.advance(60_000);
  const all = Promise.all(
    [...names].map(([agentId, name], place) =>
      carryOut({ api, clock, gate, read, signal }, job, {
        member: { place, agentId, name, state: 'in-flight', from: name, to: `${name} new` },
        calls: [{ call: 'rename', name: `${name} new` }],
        now: { name, online: true, sessions: [] },
        readAt: 0,
      }),
    ),
  );
  // Each is read and changed: 80 seconds of work, two at once.
  await clock.advance(60_000);
  expect((await all).map(({ state }) => state)).toEqual(Array(40).fill('done'));
  expect(new Set(renamed).size).toBe(40);
  expect([renamed.length, reads]).toEqual([40, 40]);
});
