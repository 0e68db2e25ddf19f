import { describe, expect, it } from 'vitest';
import {
  fleetReader,
  readAgent,
  readCreated,
  readCustomFieldNames,
} from '../../../src/pingplotter/wire/agent.ts';

/** The manual's own example with words in place of "string". */
const documented = {
  Name: 'Front desk',
  UniqueId: 'a1',
  IsOnline: true,
  IsTemplate: true,
  IsBorrowed: true,
  OpenSessions: 1,
  TotalSessions: 2,
  Configured: true,
  LastMessageTime: '2025-11-05T22:45:28.094Z',
  CreationDate: '2025-11-04T22:45:28.094Z',
  MachineID: 'm1',
  Platform: 'Windows',
  ServiceRunning: true,
  MachineName: 'DESK-1',
  MostRecentIPAddress: '203.0.113.7',
  ClientDetails: 'v5',
  Deleted: true,
  DeletionDate: '2025-11-06T22:45:28.094Z',
  Notes: 'by the door',
  UserAttributesJson: '{}',
  Servers: 's',
  HasSyncedServers: true,
  CustomFields: [{ Name: 'Site', Value: 'Boise' }],
  OnWifi: true,
  OnVPN: false,
  CurrentNetworkInterface: {
    IPv6Priority: 0,
    IPv4Priority: 0,
    Name: 'wlan0',
    RawName: 'raw',
    Type: 'Wireless',
    GatewayIP: '192.168.0.1',
    AdapterIP: '192.168.0.7',
    Status: 'Up',
    Description: 'd',
    Id: 'i',
    ConnectedWith: true,
    SignalPercentage: 71,
    NoisePercentage: 140,
    UsedInConfigs: ['c'],
  },
  ConnectionType: 'Wifi',
  AutoApprove: false,
  TemplateUniqueId: 't1',
  DownloadUrl: 'https://example.com/x',
  ExpectedQuality: { Id: 'q1', Name: 'Video Call' },
};

describe('an agent', () => {
  it('is read whole from the documented answer', () => {
    expect(readAgent(documented)).toEqual({
      id: 'a1',
      name: 'Front desk',
      online: true,
      template: true,
      deleted: true,
      deletedAt: Date.parse('2025-11-06T22:45:28.094Z'),
      createdAt: Date.parse('2025-11-04T22:45:28.094Z'),
      lastSeen: Date.parse('2025-11-05T22:45:28.094Z'),
      configured: true,
      autoApprove: false,
      openSessions: 1,
      totalSessions: 2,
      platform: 'Windows',
      machineName: 'DESK-1',
      machineId: 'm1',
      address: '203.0.113.7',
      clientDetails: 'v5',
      notes: 'by the door',
      wifi: true,
      vpn: false,
      network: {
        name: 'wlan0',
        type: 'Wireless',
        gateway: '192.168.0.1',
        address: '192.168.0.7',
        signalPercent: 71,
        noisePercent: 100,
      },
      connectionType: 'Wifi',
      templateId: 't1',
      downloadUrl: 'https://example.com/x',
      expected: { id: 'q1', name: 'Video Call' },
      customFields: [{ name: 'Site', value: 'Boise' }],
    });
  });

  const bare = {
    id: 'a1',
    name: '',
    online: false,
    template: false,
    deleted: false,
    customFields: [],
  };

  it('needs nothing but its id', () => {
    expect(readAgent({ UniqueId: 'a1' })).toEqual(bare);
  });

  it.each([
    ['null', null],
    ['an object', { a: 1 }],
    ['a list', [[]]],
  ])('takes fields that are %s as missing', (_name, value) => {
    const wrong = Object.fromEntries(Object.keys(documented).map((field) => [field, value]));
    const { network, ...agent } = readAgent({ ...wrong, UniqueId: 'a1' }) ?? {};
    expect(agent).toEqual(bare);
    expect(network ?? {}).toEqual({});
  });

  it('that has never connected says so, and other unset dates are left out', () => {
    const never = '0001-01-01T00:00:00+00:00';
    const agent = readAgent({
      UniqueId: 'a1',
      LastMessageTime: never,
      CreationDate: never,
      DeletionDate: never,
    });
    expect(agent).toEqual({ ...bare, lastSeen: 'never' });
  });

  it('keeps custom fields without a value, not those without a name', () => {
    const CustomFields = [{ Name: 'Site', Value: null }, { Value: 'x' }, null, 7, { Name: '' }];
    expect(readAgent({ UniqueId: 'a1', CustomFields })?.customFields).toEqual([
      { name: 'Site', value: '' },
    ]);
  });

  it.each([
    [{ Id: 'q1' }, { id: 'q1', name: 'q1' }],
    [{ Name: 'Video Call' }, undefined],
    ['q1', undefined],
  ])('with the expected quality %j expects %j', (ExpectedQuality, expected) => {
    expect(readAgent({ UniqueId: 'a1', ExpectedQuality })?.expected).toEqual(expected);
  });
});

describe('a fleet', () => {
  it('counts entries without an id and keeps the rest', () => {
    const body = [{ Name: 'x' }, documented, null, 'a2', { UniqueId: '' }, { UniqueId: 7 }];
    const { take, end } = fleetReader.begin();
    for (const entry of body) take(entry);
    expect(end().agents.map(({ id }) => id)).toEqual(['a1']);
    expect(end().skipped).toBe(5);
  });
});

describe('a created agent', () => {
  const asked = { name: 'Kiosk', template: true, targets: [] };

  it('is read from the short answer', () => {
    const body = { Name: 'Kiosk 2', UniqueId: 'n1', IsTemplate: false, DownloadUrl: 'https://d' };
    expect(readCreated(body, asked)).toEqual({
      id: 'n1',
      name: 'Kiosk 2',
      template: false,
      downloadUrl: 'https://d',
    });
  });

  it('is as asked for where the answer does not say', () => {
    expect(readCreated({ UniqueId: 'n1' }, asked)).toEqual({
      id: 'n1',
      name: 'Kiosk',
      template: true,
    });
  });

  it.each([[true], [{}], [[]], ['n1']])('is not read from %j', (body) => {
    expect(readCreated(body, asked)).toBeUndefined();
  });
});

it('reads the names of custom fields and skips what is none', () => {
  expect(
    readCustomFieldNames([{ Name: 'Site' }, {}, null, { Name: 3 }, { Name: 'Owner' }]),
  ).toEqual(['Site', 'Owner']);
  expect(readCustomFieldNames({ Name: 'Site' })).toBeUndefined();
});
