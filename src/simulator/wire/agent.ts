import type {
  NamedDefinition,
  SimulatedAgent,
  SimulatedNetwork,
  SimulatedSession,
} from '../agent.ts';

/** What both `GET /agents` and the answer of `POST /agents` tell. */
const brief = (agent: SimulatedAgent) => ({
  Name: agent.name,
  UniqueId: agent.id,
  IsOnline: agent.online,
  IsTemplate: agent.template,
  IsBorrowed: false,
  OpenSessions: agent.sessions.filter(({ status }) => status !== 'Closed').length,
  TotalSessions: agent.sessions.length,
  Configured: agent.configured,
  Platform: agent.platform,
  ServiceRunning: agent.online,
  Deleted: agent.deletedAt !== undefined,
  HasSyncedServers: agent.lastMessageAt !== undefined,
  DownloadUrl: `https://downloads.example.com/agents/${encodeURIComponent(agent.id)}/installer`,
});

export const createdAgentToWire = brief;

export const agentToWire = (agent: SimulatedAgent) => ({
  ...brief(agent),
  LastMessageTime: wireDate(agent.lastMessageAt),
  CreationDate: wireDate(agent.createdAt),
  MachineID: agent.lastMessageAt === undefined ? '' : (agent.machineId ?? `machine-${agent.id}`),
  MachineName: agent.machineName,
  MostRecentIPAddress: agent.publicAddress,
  ClientDetails: agent.lastMessageAt === undefined ? '' : 'PingPlotter Cloud Agent 3.1.0',
  DeletionDate: wireDate(agent.deletedAt),
  Notes: agent.notes,
  UserAttributesJson: '{}',
  Servers: '[]',
  CustomFields: agent.customFields.map(({ name, value }) => ({ Name: name, Value: value })),
  OnWifi: agent.network.wifi,
  OnVPN: agent.network.vpn,
  CurrentNetworkInterface: networkToWire(agent.network),
  ConnectionType: agent.network.wifi ? 'Wireless' : 'Wired',
  AutoApprove: agent.autoApprove,
  TemplateUniqueId: agent.templateId,
  ExpectedQuality: definitionToWire(agent.expected),
});

/** Somebody may not have chosen any. */
export const definitionToWire = (definition: NamedDefinition | undefined) =>
  definition === undefined ? null : { Id: definition.id, Name: definition.name };

const networkToWire = ({ wifi, signalPercent, gateway, address }: SimulatedNetwork) => ({
  IPv6Priority: 25,
  IPv4Priority: 25,
  Name: wifi ? 'Wi-Fi' : 'Ethernet',
  RawName: wifi ? 'wlan0' : 'eth0',
  Type: wifi ? 'Wireless80211' : 'Ethernet',
  GatewayIP: gateway,
  AdapterIP: address,
  Status: 'Up',
  Description: wifi ? 'Wireless network adapter' : 'Gigabit network adapter',
  Id: wifi ? 'adapter-wlan0' : 'adapter-eth0',
  ConnectedWith: true,
  SignalPercentage: signalPercent,
  NoisePercentage: wifi ? Math.round((100 - signalPercent) / 4) : 0,
  UsedInConfigs: [],
});

/** PingPlotter writes a date that was never set as the year 1. */
export const neverDate = '0001-01-01T00:00:00+00:00';
const neverMs = -62_135_596_800_000;

export const wireDate = (ms: number | undefined): string =>
  ms === undefined ? neverDate : new Date(ms).toISOString();

export const wireMs = (ms: number | undefined): number => ms ?? neverMs;

export const sessionToWire = (agent: SimulatedAgent, session: SimulatedSession) => ({
  AgentUniqueId: agent.id,
  SessionId: session.id,
  Description: session.description,
  IpAddress: session.address,
  Status: session.status,
  ExpectedQuality: definitionToWire(session.expected),
});
