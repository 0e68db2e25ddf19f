import { describe, expect, it } from 'vitest';
import { smallFleet, started, startedAt } from './started.ts';

const minute = 60_000;

describe('pause and resume', () => {
  it('of one session stops its readings and starts them again', async () => {
    const { simulator, advance, call } = await started({ agents: smallFleet });
    const change = (Action: string) =>
      call('PUT', '/agents/lax-12/session', { body: { SessionId: 'crm-1', Action } });
    const measuredAt = (session: string) =>
      simulator.fleet.session('lax-12', session)?.readings[0]?.measuredAt ?? 0;

    expect((await change('pause')).json).toBe(true);
    advance(10 * minute);
    expect((await call('GET', '/sessions/crm-1')).json).toMatchObject({ Status: 'Paused' });
    expect((await call('GET', '/sessions/voice-1')).json).toMatchObject({ Status: 'Active' });
    expect(measuredAt('crm-1')).toBeLessThanOrEqual(startedAt);
    expect(measuredAt('voice-1')).toBeGreaterThan(startedAt + 9 * minute);

    expect((await change('resume')).json).toBe(true);
    expect((await call('GET', '/sessions/crm-1')).json).toMatchObject({ Status: 'Active' });
    expect(measuredAt('crm-1')).toBeGreaterThan(startedAt + 9 * minute);
  });

  it('of all sessions leaves the closed ones closed', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    const statuses = () =>
      simulator.fleet.agent('lax-12')?.sessions.map(({ status }) => status) ?? [];
    expect((await call('PUT', '/agents/lax-12/sessions?action=0')).json).toBe(true);
    expect(statuses()).toEqual(['Paused', 'Paused', 'Closed']);
    expect((await call('PUT', '/agents/lax-12/sessions?action=1')).json).toBe(true);
    expect(statuses()).toEqual(['Active', 'Active', 'Closed']);
  });

  it.each([
    [false, 3],
    [true, 2],
  ])('with pausedSessionsVanish %s leaves %i rows in the status', async (vanish, rows) => {
    const { call } = await started({ agents: smallFleet, pausedSessionsVanish: vanish });
    await call('PUT', '/agents/lax-12/session', { body: { SessionId: 'crm-1', Action: 'pause' } });
    const { json } = await call('POST', '/agents/lax-12/status', { body: {} });
    expect(json).toMatchObject({ TargetQuality: { length: rows } });
    expect((await call('GET', '/sessions/crm-1/status')).json).toMatchObject({
      TargetQuality: { length: vanish ? 0 : 1 },
    });
  });
});

describe('rename', () => {
  it('changes the name and nothing else', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    const before = simulator.fleet.agent('den-1');
    expect((await call('PUT', '/agents/den-1', { body: { Name: 'DEN-2' } })).json).toBe(true);
    expect(simulator.fleet.agent('den-1')).toEqual({ ...before, name: 'DEN-2' });
  });
});

describe('a forced reconnect', () => {
  it('takes the agent offline for some seconds', async () => {
    const { advance, call } = await started({ agents: smallFleet });
    expect((await call('POST', '/agents/lax-12/forcereconnect')).json).toBe(true);
    expect((await call('GET', '/agents/lax-12')).json).toMatchObject({ IsOnline: false });
    advance(minute);
    expect((await call('GET', '/agents/lax-12')).json).toMatchObject({ IsOnline: true });
  });

  it('does not bring an offline agent back', async () => {
    const { advance, call } = await started({ agents: smallFleet });
    expect((await call('POST', '/agents/den-1/forcereconnect')).json).toBe(true);
    advance(minute);
    expect((await call('GET', '/agents/den-1')).json).toMatchObject({ IsOnline: false });
  });
});

describe('creating', () => {
  const targets = [
    { Target: 'pingplotter.cloud PPC', ConfigurationId: 'icmp', TraceIntervalInMs: 2500 },
    { Target: '192.168.0.1 Main Router', TraceIntervalInMs: '5000' },
    { Target: 'example.com' },
  ];

  it('answers the reduced shape', async () => {
    const { call } = await started({ agents: [] });
    const { status, json } = await call('POST', '/agents', {
      body: { Name: 'My New Agent', Targets: targets, IsTemplate: false },
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      Name: 'My New Agent',
      UniqueId: expect.stringMatching(/^[\da-f-]{36}$/),
      IsOnline: false,
      IsTemplate: false,
      IsBorrowed: false,
      OpenSessions: 0,
      TotalSessions: 0,
      Configured: true,
      Platform: 'NotSpecified',
      ServiceRunning: false,
      Deleted: false,
      HasSyncedServers: false,
      DownloadUrl: expect.stringMatching(/^https:/),
    });
  });

  it('makes an agent that never connects by itself', async () => {
    const { simulator, advance, call } = await started({ agents: [] });
    await call('POST', '/agents', { body: { Name: 'new' } });
    advance(60 * minute);
    simulator.tick();
    expect((await call('GET', '/agents')).json).toEqual([
      expect.objectContaining({
        Name: 'new',
        IsOnline: false,
        LastMessageTime: '0001-01-01T00:00:00+00:00',
        CreationDate: new Date(startedAt).toISOString(),
      }),
    ]);
  });

  it('makes one that comes online with its targets where somebody installs it', async () => {
    const { simulator, advance, call } = await started({
      agents: [],
      installCreatedAfterMinutes: 2,
    });
    await call('POST', '/agents', { body: { Name: 'new', Targets: targets } });
    await call('POST', '/agents', { body: { Name: 'form', IsTemplate: true } });
    advance(minute);
    simulator.tick();
    expect((await call('GET', '/agents')).json).toMatchObject([{ IsOnline: false }]);
    advance(minute);
    simulator.tick();
    expect((await call('GET', '/agents?includeTemplates=true')).json).toMatchObject([
      { Name: 'new', IsOnline: true, OpenSessions: 3 },
      { Name: 'form', IsOnline: false, IsTemplate: true },
    ]);
    expect((await call('GET', '/sessions')).json).toMatchObject([
      { Description: 'PPC' },
      { Description: 'Main Router', IpAddress: '192.168.0.1' },
      { Description: 'example.com' },
    ]);
  });

  it('twice with one name makes two agents', async () => {
    const { simulator, call } = await started({ agents: [] });
    await call('POST', '/agents', { body: { Name: 'twin' } });
    await call('POST', '/agents', { body: { Name: 'twin' } });
    expect(new Set(simulator.fleet.agents().map(({ id }) => id)).size).toBe(2);
  });
});

describe('deleting', () => {
  it.each([
    { UniqueId: 'lax-12', ShouldUninstall: true },
    { UniqueId: 'lax-12', ShouldUninstall: false },
    { UniqueId: 'lax-12' },
  ])('%j leaves the agent only in the list with the deleted', async (body) => {
    const { call } = await started({ agents: smallFleet });
    expect((await call('DELETE', '/agents', { body })).json).toBe(true);
    expect((await call('GET', '/agents')).json).toMatchObject([{ UniqueId: 'den-1' }]);
    expect((await call('GET', '/agents?includeDeleted=true')).json).toMatchObject([
      {
        UniqueId: 'lax-12',
        Deleted: true,
        IsOnline: false,
        DeletionDate: new Date(startedAt).toISOString(),
      },
      { UniqueId: 'den-1', Deleted: false },
    ]);
    expect((await call('GET', '/agents/lax-12')).status).toBe(404);
    expect((await call('GET', '/sessions?agentUniqueId=lax-12')).json).toEqual([]);
    expect((await call('DELETE', '/agents', { body })).status).toBe(404);
  });

  it('with uninstall needs the agent online', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    const body = { UniqueId: 'den-1', ShouldUninstall: true };
    expect((await call('DELETE', '/agents', { body })).status).toBe(400);
    expect(simulator.fleet.agent('den-1')?.deletedAt).toBeUndefined();
    const { status } = await call('DELETE', '/agents', { body: { UniqueId: 'den-1' } });
    expect(status).toBe(200);
  });
});
