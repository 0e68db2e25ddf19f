import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/simulator/fault.ts';
import { smallFleet, started, startedAt } from './started.ts';

const rename = { body: { Name: 'renamed' } };

describe('a fault', () => {
  it('answers with a status, headers and body of its own', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    simulator.fault({
      match: {},
      effect: { kind: 'status', status: 429, headers: { 'Retry-After': '7' }, body: 'slow down' },
    });
    const { status, headers, text } = await call('PUT', '/agents/lax-12', rename);
    expect([status, headers.get('retry-after'), text]).toEqual([429, '7', 'slow down']);
    expect(simulator.fleet.agent('lax-12')?.name).toBe('LAX-12');
  });

  it.each(['<html>proxy</html>', '[{"Name":', 'null', 'false', '{"Name":7}'])(
    'answers %s with a 200',
    async (body) => {
      const { simulator, call } = await started({ agents: smallFleet });
      simulator.fault({ match: {}, effect: { kind: 'raw', body, contentType: 'text/html' } });
      const { status, headers, text } = await call('PUT', '/agents/lax-12', rename);
      expect([status, headers.get('content-type'), text]).toEqual([200, 'text/html', body]);
      expect(simulator.fleet.agent('lax-12')?.name).toBe('LAX-12');
    },
  );

  it.each([
    ['reset', 'LAX-12'],
    ['reset-after', 'renamed'],
  ] as const)('cuts the connection by %s, and the agent is called %s', async (kind, name) => {
    const { simulator, call } = await started({ agents: smallFleet });
    simulator.fault({ match: {}, effect: { kind } });
    await expect(call('PUT', '/agents/lax-12', rename)).rejects.toThrow('fetch failed');
    expect(simulator.fleet.agent('lax-12')?.name).toBe(name);
  });

  it('gives the true answer after a delay', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    simulator.fault({ match: {}, effect: { kind: 'delay', ms: 1 } });
    expect((await call('PUT', '/agents/lax-12', rename)).json).toBe(true);
    expect(simulator.fleet.agent('lax-12')?.name).toBe('renamed');
  });

  it.each([
    [{ kind: 'hang' }, 'LAX-12'],
    [{ kind: 'hang-after' }, 'renamed'],
    [{ kind: 'delay', ms: 3_600_000 }, 'LAX-12'],
  ] as const)('%j keeps one waiting, and the agent is called %s', async (effect, name) => {
    const { simulator, call } = await started({ agents: smallFleet });
    simulator.fault({ match: {}, effect });
    const answer = call('PUT', '/agents/lax-12', rename).catch(() => 'cut off');
    await expect.poll(() => simulator.requests.length).toBe(1);
    await simulator.close();
    expect(await answer).toBe('cut off');
    expect(simulator.fleet.agent('lax-12')?.name).toBe(name);
  });
});

describe('a fault hits', () => {
  const broken: Fault['effect'] = { kind: 'status', status: 503 };

  it.each([
    [{}, true],
    [{ method: 'POST' }, true],
    [{ method: 'post' }, true],
    [{ method: 'PUT' }, false],
    [{ path: '/agents/status' }, true],
    [{ path: '/agents' }, false],
    [{ path: /status$/g }, true],
    [{ path: /^\/sessions/ }, false],
    [{ method: 'GET', path: /status$/ }, false],
  ])('with %o a batch status: %s', async (match, hit) => {
    const { simulator, call } = await started({ agents: smallFleet });
    simulator.fault({ match, effect: broken });
    for (const _twice of [1, 2]) {
      const { status } = await call('POST', '/agents/status', { body: { AgentUniqueIds: [] } });
      expect(status).toBe(hit ? 503 : 200);
    }
  });

  it('as often as it says, the first installed first', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    simulator.fault({ match: {}, times: 2, effect: broken });
    simulator.fault({ match: {}, times: 1, effect: { kind: 'status', status: 500 } });
    const statuses: number[] = [];
    for (const _each of [1, 2, 3, 4]) statuses.push((await call('GET', '/agents')).status);
    expect(statuses).toEqual([503, 503, 500, 200]);
  });

  it('until it is removed, and removing it twice harms no other', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    const remove = simulator.fault({ match: {}, effect: broken });
    simulator.fault({ match: { method: 'PUT' }, effect: broken });
    expect((await call('GET', '/agents')).status).toBe(503);
    remove();
    remove();
    expect((await call('GET', '/agents')).status).toBe(200);
    expect((await call('PUT', '/agents/lax-12', rename)).status).toBe(503);
  });
});

describe('the record', () => {
  it('holds what was received, faults included, by the clock of the caller', async () => {
    const { simulator, advance, call } = await started({ agents: smallFleet, pathPrefix: '/api' });
    simulator.fault({ match: {}, times: 1, effect: { kind: 'reset' } });
    await call('PUT', '/agents/lax-12', rename).catch(() => undefined);
    advance(5);
    await call('GET', '/agents?includeDeleted=true', { key: 'wrong' });
    expect(simulator.requests).toMatchObject([
      {
        method: 'PUT',
        path: '/api/agents/lax-12',
        query: {},
        headers: { 'x-api-key': 'demo-key', 'content-type': 'application/json' },
        body: '{"Name":"renamed"}',
        at: startedAt,
      },
      {
        method: 'GET',
        path: '/api/agents',
        query: { includeDeleted: 'true' },
        headers: { 'x-api-key': 'wrong' },
        body: '',
        at: startedAt + 5,
      },
    ]);
  });
});
