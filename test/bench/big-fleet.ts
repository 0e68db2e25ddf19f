/** A fleet as speed.md measures it: two sessions of two definitions an agent, about 1.4 kB in the list and in the status each. */
export interface BigFleet {
  /** The answer of `GET /agents`. */
  list(now: number): string;
  /** The answer of `POST /agents/status`. */
  statuses(ids: readonly string[], now: number, poll: number): string;
  /** The answer of `GET /agents/{id}`. */
  agent(id: string, now: number): string;
  /** The answer of `POST /agents/{id}/status`. */
  status(id: string, now: number, poll: number): string;
}

const sites = ['Boise', 'Los Angeles', 'New York', 'Denver', 'Seattle', 'Berlin', 'Tokyo'];
const definitions = ['web-email', 'voice-over-ip'];
const never = '0001-01-01T00:00:00+00:00';
/** When those that are offline were heard of last. */
const lastHeard = Date.now() - 60 * 60_000;

const isOnline = (index: number): boolean => index % 50 !== 0;

const agentAt = (index: number, heardAt: string): object => {
  const site = sites[index % sites.length] ?? '';
  return {
    Name: `${site.slice(0, 3).toUpperCase()}-${index}`,
    UniqueId: `agent-${index}`,
    IsOnline: isOnline(index),
    IsTemplate: false,
    IsBorrowed: false,
    OpenSessions: 2,
    TotalSessions: 2,
    Configured: true,
    LastMessageTime: isOnline(index) ? heardAt : new Date(lastHeard).toISOString(),
    CreationDate: '2025-11-05T22:45:28.094Z',
    MachineID: `machine-${index}`,
    Platform: 'Windows',
    ServiceRunning: true,
    MachineName: `DESKTOP-${index}`,
    MostRecentIPAddress: `203.0.${(index >> 8) & 255}.${index & 255}`,
    ClientDetails: 'PingPlotter Agent 5.25.1',
    Deleted: false,
    DeletionDate: never,
    Notes: 'x'.repeat(120),
    UserAttributesJson: '{}',
    Servers: '',
    HasSyncedServers: true,
    CustomFields: [
      { Name: 'Site', Value: site },
      { Name: 'Manager', Value: managerOf(index) },
    ],
    OnWifi: index % 2 === 0,
    OnVPN: index % 5 === 0,
    CurrentNetworkInterface: {
      IPv6Priority: 0,
      IPv4Priority: 0,
      Name: 'Wi-Fi',
      RawName: 'wlan0',
      Type: 'Wireless80211',
      GatewayIP: `10.${index % 200}.0.1`,
      AdapterIP: `10.${index % 200}.0.${index % 250}`,
      Status: 'Up',
      Description: 'Intel(R) Wi-Fi 6 AX201 160MHz',
      Id: `{interface-${index}}`,
      ConnectedWith: true,
      SignalPercentage: 40 + (index % 60),
      NoisePercentage: 0,
      UsedInConfigs: [],
    },
    ConnectionType: 'Wifi',
    AutoApprove: true,
    TemplateUniqueId: '',
    DownloadUrl: `https://download.example.com/agents/${index}`,
    ExpectedQuality: { Id: definitions[0], Name: 'Web/Email' },
  };
};

const indexOf = (id: string): number => Number(id.slice('agent-'.length));

const statusOf = (id: string, now: number, poll: number, allBad: boolean): object => {
  const index = indexOf(id);
  const heard = isOnline(index) ? now : lastHeard;
  const measured = new Date(heard).toISOString();
  return {
    AgentUniqueId: id,
    IsOnline: isOnline(index),
    OnWifi: index % 2 === 0,
    OnVPN: index % 5 === 0,
    LastMessageTime: measured,
    LastMessageTimestampInMs: heard,
    TargetQuality: ['crm', 'voice'].flatMap((target, session) =>
      definitions.map((definition) => {
        // One session in a hundred is bad, and each score moves a little from sweep to sweep.
        const isBad = allBad || (index + session) % 100 === 0;
        const score = isBad ? 40 : 85 + ((index + poll) % 15);
        return {
          QualityDefinitionId: definition,
          QualityValue: score < 60 ? 'Poor' : 'Good',
          MeasuredAt: measured,
          MeasuredAtTimestampInMs: heard,
          QualityScore: score,
          SessionId: `session-${index}-${session}`,
          Description: target,
          IpAddress: `203.0.113.${session}`,
        };
      }),
    ),
  };
};

/** Of a hundred, none of whom has another's name in hers: a filter finds what contains its words. */
export const managerOf = (index: number): string =>
  `Manager ${String(index % 100).padStart(2, '0')}`;

/** Stands in the list where an agent that is online was heard of last. */
const heardNow = '{heard now}';

const listOf = (agents: number): string =>
  JSON.stringify(Array.from({ length: agents }, (_, index) => agentAt(index, heardNow)));

/** `allBad` is asked at each status. */
export const bigFleet = (agents: number, allBad: () => boolean = () => false): BigFleet => {
  // From one answer to the next only a time changes: making all of it takes as long as parsing it.
  let list: string | undefined;
  return {
    list: (now) => {
      list ??= listOf(agents);
      return list.replaceAll(heardNow, new Date(now).toISOString());
    },
    statuses: (ids, now, poll) =>
      JSON.stringify(ids.map((id) => statusOf(id, now, poll, allBad()))),
    agent: (id, now) => JSON.stringify(agentAt(indexOf(id), new Date(now).toISOString())),
    status: (id, now, poll) => JSON.stringify(statusOf(id, now, poll, allBad())),
  };
};
