import type { Agent } from './agent.ts';

/** What of an agent moves on all the time. */
type Contact = Pick<Agent, 'online' | 'wifi' | 'vpn' | 'lastSeen'>;

/**
 * The same agent with a later contact. Each field is named: a copy by spread takes 4 µs, which made up a tenth of a
 * poll of 10,000 agents.
 */
export const withContact = (agent: Agent, { online, wifi, vpn, lastSeen }: Contact): Agent =>
  ({
    id: agent.id,
    name: agent.name,
    distinction: agent.distinction,
    online,
    template: agent.template,
    deleted: agent.deleted,
    deletedAt: agent.deletedAt,
    createdAt: agent.createdAt,
    lastSeen,
    configured: agent.configured,
    autoApprove: agent.autoApprove,
    openSessions: agent.openSessions,
    totalSessions: agent.totalSessions,
    platform: agent.platform,
    machineName: agent.machineName,
    machineId: agent.machineId,
    address: agent.address,
    clientDetails: agent.clientDetails,
    notes: agent.notes,
    wifi,
    vpn,
    network: agent.network,
    connectionType: agent.connectionType,
    templateId: agent.templateId,
    downloadUrl: agent.downloadUrl,
    expected: agent.expected,
    customFields: agent.customFields,
    // A field that comes later must not be left out.
  }) satisfies Record<keyof Agent, unknown>;
