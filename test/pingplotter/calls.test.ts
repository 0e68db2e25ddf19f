import { expect, it } from 'vitest';
import type { PingPlotter } from '../../src/platform/pingplotter.ts';
import { connect, failureOf, key } from './connect.ts';
import { json, rawServer } from './raw-server.ts';

interface Expected {
  readonly name: string;
  readonly call: (pingPlotter: PingPlotter) => Promise<unknown>;
  readonly method: string;
  readonly url: string;
  /** Undefined = none. */
  readonly body?: unknown;
  readonly answer: unknown;
}

const table: readonly Expected[] = [
  {
    name: 'GET /agents',
    call: (p) => p.agents(),
    method: 'GET',
    url: '/agents?includeTemplates=false&includeDeleted=false',
    answer: [],
  },
  {
    name: 'GET /agents',
    call: (p) => p.agents({ templates: true, deleted: true }),
    method: 'GET',
    url: '/agents?includeTemplates=true&includeDeleted=true',
    answer: [],
  },
  {
    name: 'GET /agents/{uniqueId}',
    call: (p) => p.agent('a 1/b?c#d%2e'),
    method: 'GET',
    url: '/agents/a%201%2Fb%3Fc%23d%252e',
    answer: { UniqueId: 'a' },
  },
  {
    name: 'GET /agents/customfields',
    call: (p) => p.customFields(),
    method: 'GET',
    url: '/agents/customfields',
    answer: [],
  },
  {
    name: 'POST /agents',
    call: (p) =>
      p.create({
        name: 'My New Agent',
        template: false,
        targets: [
          { target: 'pingplotter.cloud PPC', configurationId: 'c1', intervalMs: 2500 },
          { target: '192.168.0.1' },
        ],
      }),
    method: 'POST',
    url: '/agents',
    body: {
      Name: 'My New Agent',
      Targets: [
        { Target: 'pingplotter.cloud PPC', ConfigurationId: 'c1', TraceIntervalInMs: 2500 },
        { Target: '192.168.0.1' },
      ],
      IsTemplate: false,
    },
    answer: { UniqueId: 'new' },
  },
  {
    name: 'POST /agents',
    call: (p) => p.create({ name: 'Kiosk', template: true, targets: [] }),
    method: 'POST',
    url: '/agents',
    body: { Name: 'Kiosk', IsTemplate: true },
    answer: { UniqueId: 'new' },
  },
  {
    name: 'POST /agents/{uniqueId}/status',
    call: (p) => p.agentStatus('a1'),
    method: 'POST',
    url: '/agents/a1/status',
    body: {},
    answer: {},
  },
  {
    name: 'POST /agents/{uniqueId}/forcereconnect',
    call: (p) => p.reconnect('a1'),
    method: 'POST',
    url: '/agents/a1/forcereconnect',
    answer: true,
  },
  {
    name: 'PUT /agents/{uniqueId}',
    call: (p) => p.rename('a1', 'Büro "Süd"'),
    method: 'PUT',
    url: '/agents/a1',
    body: { Name: 'Büro "Süd"' },
    answer: true,
  },
  {
    name: 'PUT /agents/{uniqueId}/session',
    call: (p) => p.setSession('a1', 's1', 'pause'),
    method: 'PUT',
    url: '/agents/a1/session',
    body: { SessionId: 's1', Action: 'pause' },
    answer: true,
  },
  {
    name: 'PUT /agents/{uniqueId}/session',
    call: (p) => p.setSession('a1', 's1', 'resume'),
    method: 'PUT',
    url: '/agents/a1/session',
    body: { SessionId: 's1', Action: 'resume' },
    answer: true,
  },
  {
    name: 'PUT /agents/{uniqueId}/sessions',
    call: (p) => p.setSessions('a1', 'pause'),
    method: 'PUT',
    url: '/agents/a1/sessions?action=0',
    answer: true,
  },
  {
    name: 'PUT /agents/{uniqueId}/sessions',
    call: (p) => p.setSessions('a1', 'resume'),
    method: 'PUT',
    url: '/agents/a1/sessions?action=1',
    answer: true,
  },
  {
    name: 'GET /session-trace-data/{id}/points',
    call: (p) => p.trace('s/1', { from: 1_000, until: 301_000 }),
    method: 'GET',
    url: '/session-trace-data/s%2F1/points?startTime=1970-01-01T00%3A00%3A01.000Z&endTime=1970-01-01T00%3A05%3A01.000Z',
    answer: { Data: [] },
  },
  {
    name: 'GET /liveshares',
    call: (p) => p.liveShares(),
    method: 'GET',
    url: '/liveshares',
    answer: [],
  },
  {
    name: 'POST /liveshares',
    call: (p) =>
      p.createLiveShare({ session: 's1', description: 'crm', notes: 'Case #1', expiresAt: 1_000 }),
    method: 'POST',
    url: '/liveshares',
    body: {
      LinkType: 'session',
      EntityId: 's1',
      Description: 'crm',
      Notes: 'Case #1',
      ExpirationDate: '1970-01-01T00:00:01.000Z',
    },
    answer: { ShareId: 'l1', ShareUrl: 'https://share.pingplotter.cloud/l1' },
  },
  {
    name: 'DELETE /agents',
    call: (p) => p.remove('a1', { uninstall: true }),
    method: 'DELETE',
    url: '/agents',
    body: { UniqueId: 'a1', ShouldUninstall: true },
    answer: true,
  },
  {
    name: 'DELETE /agents',
    call: (p) => p.remove('a1', { uninstall: false }),
    method: 'DELETE',
    url: '/agents',
    body: { UniqueId: 'a1', ShouldUninstall: false },
    answer: true,
  },
  {
    name: 'POST /agents/status',
    call: (p) => p.status(['a1', 'a2']),
    method: 'POST',
    url: '/agents/status',
    body: { AgentUniqueIds: ['a1', 'a2'] },
    answer: [],
  },
  {
    name: 'GET /sessions',
    call: (p) => p.sessions('a&1'),
    method: 'GET',
    url: '/sessions?agentUniqueId=a%261',
    answer: [],
  },
];

it.each(table)('calls $method $url as the manual says', async (expected) => {
  const server = await rawServer(json(expected.answer));
  const { pingPlotter, calls } = connect(server.url);

  await expected.call(pingPlotter);

  expect(server.received).toHaveLength(1);
  const [request] = server.received;
  expect(request).toMatchObject({ method: expected.method, url: expected.url });
  expect(request?.headers).toMatchObject({ accept: 'application/json', 'x-api-key': key });
  if (expected.body === undefined) {
    expect(request?.body).toBe('');
    expect(request?.headers).not.toHaveProperty('content-type');
    expect(request?.headers).not.toHaveProperty('transfer-encoding');
  } else {
    expect(JSON.parse(request?.body ?? '')).toEqual(expected.body);
    expect(request?.headers['content-type']).toBe('application/json');
    expect(request?.headers['content-length']).toBe(String(Buffer.byteLength(request?.body ?? '')));
  }
  expect(calls).toEqual([
    {
      endpoint: expected.name,
      outcome: 'ok',
      status: 200,
      serverAt: expect.any(Number),
      ms: 0,
      attempt: 1,
    },
  ]);
});

it.each([
  ['', '/agents/a1'],
  ['/', '/agents/a1'],
  ['/api', '/api/agents/a1'],
  ['/api/v1//', '/api/v1/agents/a1'],
])('takes a base URL that ends in %j', async (prefix, path) => {
  const server = await rawServer(json({ UniqueId: 'a1' }));
  await connect(server.url + prefix).pingPlotter.agent('a1');
  expect(server.received[0]?.url).toBe(path);
});

it.each(['', '  ', '.', '..', 'customfields', 'CustomFields', 'status', '\ud800'])(
  'makes no call for the agent id %j, which would lead elsewhere',
  async (id) => {
    const server = await rawServer(json([]));
    const { pingPlotter } = connect(server.url);
    const errors = await Promise.all(
      [
        pingPlotter.agent(id),
        pingPlotter.agentStatus(id),
        pingPlotter.rename(id, 'x'),
        pingPlotter.reconnect(id),
        pingPlotter.setSession(id, 's1', 'pause'),
        pingPlotter.setSessions(id, 'pause'),
      ].map(failureOf),
    );
    for (const { code } of errors) expect(code).toBe('not-found');
    expect(server.received).toEqual([]);
  },
);

it('makes no call for an empty id in a query or a body', async () => {
  const server = await rawServer(json([]));
  const { pingPlotter } = connect(server.url);
  const errors = await Promise.all(
    [
      pingPlotter.sessions(''),
      pingPlotter.remove('', { uninstall: false }),
      pingPlotter.setSession('a1', '', 'pause'),
    ].map(failureOf),
  );
  for (const { code } of errors) expect(code).toBe('not-found');
  expect(server.received).toEqual([]);
});

it('makes no call for the status of no agents', async () => {
  const server = await rawServer(json([]));
  const { pingPlotter } = connect(server.url);
  expect(await pingPlotter.status([])).toEqual(new Map());
  expect(await pingPlotter.status([''])).toEqual(new Map());
  expect(server.received).toEqual([]);
});

it('asks for the status of many agents in batches of 500, each agent once', async () => {
  const server = await rawServer(json([{ AgentUniqueId: 'a7' }]));
  const { pingPlotter } = connect(server.url);
  const ids = Array.from({ length: 1201 }, (_, index) => `a${index}`);

  const statuses = await pingPlotter.status([...ids, 'a0', 'a1200']);

  const batches = server.received.map(({ body }) => JSON.parse(body).AgentUniqueIds);
  expect(batches.map(({ length }) => length).sort()).toEqual([201, 500, 500]);
  expect(batches.flat().sort()).toEqual([...ids].sort());
  expect([...statuses.keys()]).toEqual(['a7']);
});
