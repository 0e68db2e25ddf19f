import type {
  Agent,
  AgentDraft,
  CreatedAgent,
  CustomField,
  Fleet,
  NetworkInterface,
} from '../../platform/agent.ts';
import type { ListReader } from '../caller.ts';
import {
  dateOf,
  entriesReader,
  filled,
  flag,
  lastSeenOf,
  list,
  number,
  percent,
  readExpected,
  record,
  text,
} from './fields.ts';

/** Without an id there is no agent; all else may be missing. */
export const readAgent = (body: unknown): Agent | undefined => {
  const wire = record(body);
  const id = filled(wire?.['UniqueId']);
  if (wire === undefined || id === undefined) return undefined;
  return {
    id,
    name: text(wire['Name']),
    online: flag(wire['IsOnline']) ?? false,
    template: flag(wire['IsTemplate']) ?? false,
    deleted: flag(wire['Deleted']) ?? false,
    deletedAt: dateOf(wire['DeletionDate']),
    createdAt: dateOf(wire['CreationDate']),
    lastSeen: lastSeenOf(wire['LastMessageTime']),
    configured: flag(wire['Configured']),
    autoApprove: flag(wire['AutoApprove']),
    openSessions: number(wire['OpenSessions']),
    totalSessions: number(wire['TotalSessions']),
    platform: filled(wire['Platform']),
    machineName: filled(wire['MachineName']),
    machineId: filled(wire['MachineID']),
    address: filled(wire['MostRecentIPAddress']),
    clientDetails: filled(wire['ClientDetails']),
    notes: filled(wire['Notes']),
    wifi: flag(wire['OnWifi']),
    vpn: flag(wire['OnVPN']),
    network: readNetwork(wire['CurrentNetworkInterface']),
    connectionType: filled(wire['ConnectionType']),
    templateId: filled(wire['TemplateUniqueId']),
    downloadUrl: filled(wire['DownloadUrl']),
    expected: readExpected(wire['ExpectedQuality']),
    customFields: readCustomFields(wire['CustomFields']) ?? [],
  };
};

export const fleetReader: ListReader<Fleet> = entriesReader(readAgent, (agents, skipped) => ({
  agents,
  skipped,
}));

/** The answer to a new agent lacks most of an agent's fields; what it leaves out is as the draft has it. */
export const readCreated = (body: unknown, asked: AgentDraft): CreatedAgent | undefined => {
  const wire = record(body);
  const id = filled(wire?.['UniqueId']);
  if (wire === undefined || id === undefined) return undefined;
  return {
    id,
    name: filled(wire['Name']) ?? asked.name,
    template: flag(wire['IsTemplate']) ?? asked.template,
    downloadUrl: filled(wire['DownloadUrl']),
  };
};

/** The names that `GET /agents/customfields` lists. */
export const readCustomFieldNames = (body: unknown): readonly string[] | undefined =>
  readCustomFields(body)?.map(({ name }) => name);

const readCustomFields = (value: unknown): readonly CustomField[] | undefined => {
  const entries = list(value);
  if (entries === undefined) return undefined;
  const fields: CustomField[] = [];
  for (const entry of entries) {
    const wire = record(entry);
    const name = filled(wire?.['Name']);
    if (name !== undefined) fields.push({ name, value: text(wire?.['Value']) });
  }
  // A copy has no room left over, see readTargets.
  return [...fields];
};

const readNetwork = (value: unknown): NetworkInterface | undefined => {
  const wire = record(value);
  return (
    wire && {
      name: filled(wire['Name']),
      type: filled(wire['Type']),
      gateway: filled(wire['GatewayIP']),
      address: filled(wire['AdapterIP']),
      signalPercent: percent(wire['SignalPercentage']),
      noisePercent: percent(wire['NoisePercentage']),
    }
  );
};

/** The body of a new agent, only with what was filled in: the account's defaults apply to the rest. */
export const writeDraft = ({ name, template, targets }: AgentDraft) => ({
  Name: name,
  ...(targets.length > 0 && {
    Targets: targets.map(({ target, configurationId, intervalMs }) => ({
      Target: target,
      ...(configurationId !== undefined && { ConfigurationId: configurationId }),
      ...(intervalMs !== undefined && { TraceIntervalInMs: intervalMs }),
    })),
  }),
  IsTemplate: template,
});
