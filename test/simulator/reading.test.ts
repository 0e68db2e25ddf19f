import { describe, expect, it } from 'vitest';
import { simulatedAgent } from '../../src/simulator/agent.ts';
import { videoCall, voiceOverIp, webEmail } from '../../src/simulator/quality-definition.ts';
import { smallFleet, started, startedAt } from './started.ts';

const never = '0001-01-01T00:00:00+00:00';

describe('the list of agents', () => {
  it('tells every documented field of an agent', async () => {
    const { call } = await started({ agents: smallFleet });
    const { json } = await call('GET', '/agents/lax-12');
    expect(json).toEqual({
      Name: 'LAX-12',
      UniqueId: 'lax-12',
      IsOnline: true,
      IsTemplate: false,
      IsBorrowed: false,
      OpenSessions: 2,
      TotalSessions: 3,
      Configured: true,
      LastMessageTime: expect.stringMatching(/^2026-11-23T1[12]:59:5\d|^2026-11-23T12:00:00/),
      CreationDate: '1970-01-01T00:00:00.000Z',
      MachineID: 'machine-lax-12',
      Platform: 'Windows',
      ServiceRunning: true,
      MachineName: 'LAX-12',
      MostRecentIPAddress: '198.51.100.7',
      ClientDetails: expect.any(String),
      Deleted: false,
      DeletionDate: never,
      Notes: '',
      UserAttributesJson: '{}',
      Servers: '[]',
      HasSyncedServers: true,
      CustomFields: [{ Name: 'Site', Value: 'Los Angeles' }],
      OnWifi: true,
      OnVPN: false,
      CurrentNetworkInterface: {
        IPv6Priority: expect.any(Number),
        IPv4Priority: expect.any(Number),
        Name: 'Wi-Fi',
        RawName: expect.any(String),
        Type: expect.any(String),
        GatewayIP: '10.8.0.1',
        AdapterIP: '10.4.0.20',
        Status: 'Up',
        Description: expect.any(String),
        Id: expect.any(String),
        ConnectedWith: true,
        SignalPercentage: 38,
        NoisePercentage: expect.any(Number),
        UsedInConfigs: [],
      },
      ConnectionType: 'Wireless',
      AutoApprove: true,
      TemplateUniqueId: '',
      DownloadUrl: expect.stringMatching(/^https:/),
      ExpectedQuality: { Id: voiceOverIp.id, Name: 'Voice-over-IP' },
    });
  });

  it.each([
    ['/agents', ['lax-12', 'den-1']],
    ['/agents?includeTemplates=false&includeDeleted=false', ['lax-12', 'den-1']],
    ['/agents?includeTemplates=true', ['lax-12', 'den-1', 'template-1']],
    ['/agents?includeDeleted=True', ['lax-12', 'den-1', 'gone']],
    [
      '/agents?includeTemplates=true&includeDeleted=true',
      ['lax-12', 'den-1', 'template-1', 'gone'],
    ],
  ])('%s gives %j', async (path, ids) => {
    const gone = simulatedAgent({ id: 'gone', name: 'gone', online: false, deletedAt: startedAt });
    const { call } = await started({ agents: [...smallFleet, gone] });
    const { status, json } = await call('GET', path);
    expect(status).toBe(200);
    expect(json).toEqual(ids.map((UniqueId) => expect.objectContaining({ UniqueId })));
  });

  it('names the custom fields in use, each once', async () => {
    const { call } = await started({ agents: smallFleet });
    expect((await call('GET', '/agents/customfields')).json).toEqual([{ Name: 'Site' }]);
  });

  it('finds an id that has to be encoded', async () => {
    const { call } = await started({ agents: [simulatedAgent({ id: 'a/b?c', name: 'odd' })] });
    const { json } = await call('GET', `/agents/${encodeURIComponent('a/b?c')}`);
    expect(json).toMatchObject({ Name: 'odd' });
  });
});

describe('a status', () => {
  it('has one row for each open session and quality definition', async () => {
    const { call } = await started({ agents: smallFleet });
    const { json } = await call('POST', '/agents/lax-12/status', { body: {} });
    const row = {
      MeasuredAt: expect.any(String),
      MeasuredAtTimestampInMs: expect.any(Number),
    };
    const voice = { SessionId: 'voice-1', Description: 'voice', IpAddress: '203.0.113.31' };
    const crm = { SessionId: 'crm-1', Description: 'crm', IpAddress: '203.0.113.20' };
    expect(json).toEqual({
      AgentUniqueId: 'lax-12',
      IsOnline: true,
      OnWifi: true,
      OnVPN: false,
      LastMessageTime: expect.any(String),
      LastMessageTimestampInMs: expect.any(Number),
      TargetQuality: [
        {
          ...row,
          ...voice,
          QualityDefinitionId: voiceOverIp.id,
          QualityValue: 'Poor',
          QualityScore: 40,
        },
        {
          ...row,
          ...voice,
          QualityDefinitionId: videoCall.id,
          QualityValue: 'Fair',
          QualityScore: 60,
        },
        {
          ...row,
          ...crm,
          QualityDefinitionId: webEmail.id,
          QualityValue: 'Good',
          QualityScore: 90,
        },
      ],
    });
  });

  it.each([
    [{}, ['voice-1', 'voice-1', 'crm-1']],
    [{ TargetName: 'VOICE' }, ['voice-1', 'voice-1']],
    [{ TargetName: 'voip.example.com' }, ['voice-1', 'voice-1']],
    [{ TargetName: 'nothing' }, []],
    [{ TargetIp: '203.0.113.20' }, ['crm-1']],
    [{ QualityDefinitionIds: [voiceOverIp.id, webEmail.id] }, ['voice-1', 'crm-1']],
    [{ TargetName: 'crm', QualityDefinitionIds: [voiceOverIp.id] }, []],
    [
      { TargetName: null, TargetIp: null, QualityDefinitionIds: null },
      ['voice-1', 'voice-1', 'crm-1'],
    ],
  ])('asked with %j has rows of %j', async (body, sessions) => {
    const { call } = await started({ agents: smallFleet });
    const rows = sessions.map((SessionId) => expect.objectContaining({ SessionId }));
    const one = await call('POST', '/agents/lax-12/status', { body });
    expect(one.json).toMatchObject({ TargetQuality: rows });
    const batch = await call('POST', '/agents/status', {
      body: { ...body, AgentUniqueIds: ['lax-12'] },
    });
    expect(batch.json).toEqual([one.json]);
  });

  it('of many agents leaves out the ones that do not exist', async () => {
    const { call } = await started({ agents: smallFleet });
    const { json } = await call('POST', '/agents/status', {
      body: { AgentUniqueIds: ['den-1', 'nobody', 'lax-12'] },
    });
    expect(json).toEqual([
      expect.objectContaining({ AgentUniqueId: 'den-1', IsOnline: false }),
      expect.objectContaining({ AgentUniqueId: 'lax-12', IsOnline: true }),
    ]);
  });

  it('of an agent that never connected has the date of never', async () => {
    const agents = [simulatedAgent({ id: 'new', name: 'new', online: false })];
    const { call } = await started({ agents });
    const { json } = await call('POST', '/agents/new/status', { body: {} });
    expect(json).toMatchObject({
      IsOnline: false,
      LastMessageTime: never,
      LastMessageTimestampInMs: Date.parse('0001-01-01T00:00:00Z'),
      TargetQuality: [],
    });
  });
});

describe('sessions', () => {
  it.each([
    ['/sessions', ['voice-1', 'crm-1', 'old-1', 'crm-2']],
    ['/sessions?agentUniqueId=lax-12', ['voice-1', 'crm-1', 'old-1']],
    ['/sessions?targetName=crm', ['crm-1', 'crm-2']],
    ['/sessions?targetIp=203.0.113.31', ['voice-1']],
    ['/sessions?agentUniqueId=den-1&targetName=voice', []],
    ['/sessions?agentUniqueId=nobody', []],
  ])('%s lists %j', async (path, ids) => {
    const { call } = await started({ agents: smallFleet });
    const { json } = await call('GET', path);
    expect(json).toEqual(ids.map((SessionId) => expect.objectContaining({ SessionId })));
  });

  it('are notified one by one too', async () => {
    const { call } = await started({ agents: smallFleet });
    expect((await call('GET', '/sessions/voice-1')).json).toEqual({
      AgentUniqueId: 'lax-12',
      SessionId: 'voice-1',
      Description: 'voice',
      IpAddress: '203.0.113.31',
      Status: 'Active',
      ExpectedQuality: { Id: voiceOverIp.id, Name: 'Voice-over-IP' },
    });
    expect((await call('GET', '/sessions/crm-1/status')).json).toEqual({
      SessionId: 'crm-1',
      Description: 'crm',
      IpAddress: '203.0.113.20',
      TargetQuality: [
        {
          QualityDefinitionId: webEmail.id,
          QualityValue: 'Good',
          QualityScore: 90,
          MeasuredAt: expect.any(String),
          MeasuredAtTimestampInMs: expect.any(Number),
        },
      ],
    });
  });
});
