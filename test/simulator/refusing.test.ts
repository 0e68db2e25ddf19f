import { describe, expect, it } from 'vitest';
import { allPermissions } from '../../src/simulator/http/route.ts';
import { smallFleet, started } from './started.ts';

/** Each endpoint with a request that would succeed, and the permission it needs. */
const endpoints = [
  ['GET', '/agents', undefined, undefined],
  ['GET', '/agents/customfields', undefined, undefined],
  ['GET', '/agents/lax-12', undefined, undefined],
  ['POST', '/agents/status', { AgentUniqueIds: ['lax-12'] }, undefined],
  ['POST', '/agents/lax-12/status', {}, undefined],
  ['POST', '/agents', { Name: 'new' }, 'AgentManagement'],
  ['POST', '/agents/lax-12/forcereconnect', undefined, 'AgentManagement'],
  ['PUT', '/agents/lax-12', { Name: 'new' }, 'AgentManagement'],
  ['DELETE', '/agents', { UniqueId: 'lax-12' }, 'AgentManagement'],
  ['PUT', '/agents/lax-12/session', { SessionId: 'crm-1', Action: 'pause' }, 'TargetManagement'],
  ['PUT', '/agents/lax-12/sessions?action=0', undefined, 'TargetManagement'],
  ['GET', '/sessions', undefined, 'Sessions'],
  ['GET', '/sessions/crm-1', undefined, 'Sessions'],
  ['GET', '/sessions/crm-1/status', undefined, 'Sessions'],
] as const;

describe.each(endpoints)('%s %s', (method, path, body, permission) => {
  it('refuses a wrong key, and changes nothing', async () => {
    const { simulator, call } = await started({ agents: smallFleet, key: 'right' });
    const before = simulator.fleet.agents();
    expect((await call(method, path, { body, key: 'wrong' })).status).toBe(401);
    expect(simulator.fleet.agents()).toEqual(before);
    expect((await call(method, path, { body })).status).toBe(200);
  });

  it(`needs ${permission ?? 'no permission'}`, async () => {
    const without = allPermissions.filter((each) => each !== permission);
    const { simulator, call } = await started({
      agents: smallFleet,
      permissions: permission === undefined ? [] : without,
    });
    const before = simulator.fleet.agents();
    const { status } = await call(method, path, { body });
    expect(status).toBe(permission === undefined ? 200 : 403);
    expect(simulator.fleet.agents()).toEqual(before);
  });
});

describe.each(endpoints.filter(([, , body]) => body !== undefined))(
  '%s %s',
  (method, path, body) => {
    it.each([
      ['a form', { body, contentType: 'application/x-www-form-urlencoded' }],
      ['plain text', { body, contentType: 'text/plain' }],
      ['broken JSON', { text: JSON.stringify(body).slice(0, -1) }],
      ['no body', {}],
      ['null', { text: 'null' }],
      ['a list', { text: '[]' }],
      ['a number for each text', { text: '{"Name":1,"UniqueId":1,"SessionId":1,"TargetName":1}' }],
    ])('refuses %s', async (_what, options) => {
      const { simulator, call } = await started({ agents: smallFleet });
      const before = simulator.fleet.agents();
      expect((await call(method, path, options)).status).toBe(400);
      expect(simulator.fleet.agents()).toEqual(before);
    });

    it('takes a content type with a charset', async () => {
      const { call } = await started({ agents: smallFleet });
      const contentType = 'Application/JSON; charset=utf-8';
      expect((await call(method, path, { body, contentType })).status).toBe(200);
    });
  },
);

describe('what does not exist', () => {
  it.each([
    ['GET', '/agents/nobody', undefined],
    ['GET', '/agents/status', undefined],
    ['POST', '/agents/nobody/status', {}],
    ['POST', '/agents/nobody/forcereconnect', undefined],
    ['PUT', '/agents/nobody', { Name: 'new' }],
    ['PUT', '/agents/nobody/session', { SessionId: 'crm-1', Action: 'pause' }],
    ['PUT', '/agents/lax-12/session', { SessionId: 'nothing', Action: 'pause' }],
    ['PUT', '/agents/lax-12/session', { SessionId: 'crm-2', Action: 'pause' }],
    ['PUT', '/agents/nobody/sessions?action=0', undefined],
    ['DELETE', '/agents', { UniqueId: 'nobody' }],
    ['GET', '/sessions/nothing', undefined],
    ['GET', '/sessions/nothing/status', undefined],
    ['GET', '/', undefined],
    ['GET', '/agents/', undefined],
    ['PUT', '/agents/', { Name: 'new' }],
    ['GET', '/Agents', undefined],
    ['GET', '/agents/lax-12/other', undefined],
    ['GET', '/summaries', undefined],
  ])('%s %s is a 404', async (method, path, body) => {
    const { call } = await started({ agents: smallFleet });
    expect((await call(method, path, { body })).status).toBe(404);
  });

  it.each([
    ['DELETE', '/agents/lax-12', 'GET, PUT'],
    ['PUT', '/agents', 'GET, POST, DELETE'],
    ['GET', '/agents/lax-12/status', 'POST'],
    ['POST', '/sessions', 'GET'],
  ])('%s %s is a 405 that allows %s', async (method, path, allow) => {
    const { call } = await started({ agents: smallFleet });
    const { status, headers } = await call(method, path);
    expect([status, headers.get('allow')]).toEqual([405, allow]);
  });
});

describe('bad input', () => {
  it.each([
    ['GET', '/agents?includeTemplates=1', undefined],
    ['GET', '/agents?includeDeleted=yes', undefined],
    ['GET', '/agents/%E0%A4%A', undefined],
    ['PUT', '/agents/lax-12/sessions', undefined],
    ['PUT', '/agents/lax-12/sessions?action=pause', undefined],
    ['PUT', '/agents/lax-12/sessions?action=2', undefined],
    ['PUT', '/agents/lax-12/session', { SessionId: 'crm-1', Action: 0 }],
    ['PUT', '/agents/lax-12/session', { SessionId: 'crm-1', Action: 'stop' }],
    ['PUT', '/agents/lax-12/session', { SessionId: 'crm-1' }],
    ['PUT', '/agents/lax-12/session', { SessionId: 'old-1', Action: 'resume' }],
    ['PUT', '/agents/lax-12', { Name: ' ' }],
    ['POST', '/agents', { Name: 'new', Targets: [{}] }],
    ['POST', '/agents', { Name: 'new', Targets: [{ Target: 'a', TraceIntervalInMs: 'soon' }] }],
    ['POST', '/agents', { Name: 'new', IsTemplate: 'false' }],
    ['POST', '/agents/status', {}],
    ['POST', '/agents/status', { AgentUniqueIds: 'lax-12' }],
    ['DELETE', '/agents', { UniqueId: 'lax-12', ShouldUninstall: 'true' }],
  ])('%s %s with %j is a 400', async (method, path, body) => {
    const { simulator, call } = await started({ agents: smallFleet });
    const before = simulator.fleet.agents();
    expect((await call(method, path, { body })).status).toBe(400);
    expect(simulator.fleet.agents()).toEqual(before);
  });
});

describe('a path prefix', () => {
  it.each(['/api', '/api/'])('%s stands before every path', async (pathPrefix) => {
    const { simulator, call } = await started({ agents: smallFleet, pathPrefix });
    expect(simulator.url).toMatch(/:\d+\/api$/);
    expect((await call('GET', '/agents')).status).toBe(200);
    expect((await call('PUT', '/agents/lax-12', { body: { Name: 'new' } })).status).toBe(200);
    const bare = await fetch(`${new URL(simulator.url).origin}/agents`, {
      headers: { 'X-API-KEY': simulator.key },
    });
    expect(bare.status).toBe(404);
  });
});
