import { z } from 'zod';
import type { Agent, AgentId, CustomField } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { ConnectionChange, connectionChange } from './connection-change.ts';

/**
 * What is stored of one agent from poll to poll: what names it, and how it is connected. It says what has
 * changed, and by what a filter finds an agent that is gone. Its texts come from outside: escape them.
 */
export const KnownAgent = z
  .object({
    id: z.string(),
    name: z.string(),
    /** It may wait for approval. */
    waiting: z.literal(true).exactOptional(),
    machineId: z.string().exactOptional(),
    machineName: z.string().exactOptional(),
    platform: z.string().exactOptional(),
    address: z.string().exactOptional(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
    wifi: z.boolean().exactOptional(),
    vpn: z.boolean().exactOptional(),
    interfaceName: z.string().exactOptional(),
    interfaceAddress: z.string().exactOptional(),
    gateway: z.string().exactOptional(),
    /** The last ones, the newest last. */
    changes: z.array(ConnectionChange).readonly().exactOptional(),
    /** Since when it is in the fleet no more, in ms since 1970. */
    goneAt: z.number().exactOptional(),
  })
  .readonly();
export type KnownAgent = z.infer<typeof KnownAgent>;

/** By agent id; also those that have left not long ago. */
export type KnownAgents = ReadonlyMap<AgentId, KnownAgent>;

/** A guess: the API has no word for it (Agent Lobby). */
export const mayWait = ({ template, deleted, configured, autoApprove }: Agent): boolean =>
  !template && !deleted && (configured === false || autoApprove === false);

export interface LearningMoment {
  /** ms since 1970 */
  readonly now: number;
  /** When the poll before this one was, in ms since 1970. */
  readonly before: number;
  /** Whether the status of this agent could be read: the list alone may be behind in how it is connected. */
  readonly isMeasured: boolean;
}

/** The same object if nothing has changed. What the poll does not say stays as it was. */
export const learnAgent = (
  before: KnownAgent | undefined,
  agent: Agent,
  moment: LearningMoment,
): KnownAgent => {
  if (before === undefined) return knownFrom(agent);
  // An agent that is offline shows how it was connected, or nothing.
  const isCurrent = agent.online && moment.isMeasured;
  const read = isCurrent ? agent : { ...agent, ...noConnection };
  if (before.goneAt === undefined && isNoNews(before, read)) return before;
  const { goneAt: _, ...former } = before;
  const { waiting: __, ...rest } = former;
  const next = { ...rest, ...knownFrom(read) };
  const change = connectionChange(before, next, moment);
  const changes = [...(before.changes ?? []), ...(change === undefined ? [] : [change])];
  return { ...next, ...(changes.length === 0 ? {} : { changes: changes.slice(-keptChanges) }) };
};

const noConnection = { wifi: undefined, vpn: undefined, address: undefined, network: undefined };

const knownFrom = (agent: Agent): KnownAgent => ({
  id: agent.id,
  name: agent.name,
  ...(mayWait(agent) ? { waiting: true as const } : {}),
  fields: agent.customFields,
  ...optional('machineId', agent.machineId),
  ...optional('machineName', agent.machineName),
  ...optional('platform', agent.platform),
  ...optional('address', agent.address),
  ...optional('wifi', agent.wifi),
  ...optional('vpn', agent.vpn),
  ...optional('interfaceName', agent.network?.name),
  ...optional('interfaceAddress', agent.network?.address),
  ...optional('gateway', agent.network?.gateway),
});

/** One may have come after a problem began, and another before it. */
const keptChanges = 3;

/** Asked of every agent at every poll, and nearly always true: it makes nothing. */
const isNoNews = (before: KnownAgent, agent: Agent): boolean =>
  before.name === agent.name &&
  (before.waiting === true) === mayWait(agent) &&
  saysNoOther(before.machineId, agent.machineId) &&
  saysNoOther(before.machineName, agent.machineName) &&
  saysNoOther(before.platform, agent.platform) &&
  saysNoOther(before.address, agent.address) &&
  saysNoOther(before.wifi, agent.wifi) &&
  saysNoOther(before.vpn, agent.vpn) &&
  saysNoOther(before.interfaceName, agent.network?.name) &&
  saysNoOther(before.interfaceAddress, agent.network?.address) &&
  saysNoOther(before.gateway, agent.network?.gateway) &&
  isSameFields(before.fields, agent.customFields);

/** True if what was read says no other than what is known. */
const saysNoOther = <T>(known: T | undefined, read: T | undefined): boolean =>
  read === undefined || read === known;

const isSameFields = (a: readonly CustomField[], b: readonly CustomField[]): boolean =>
  a.length === b.length &&
  a.every(({ name, value }, place) => b[place]?.name === name && b[place].value === value);

/** The agent as it was when it was there. */
export const formerAgent = (known: KnownAgent): Agent => ({
  id: known.id,
  name: known.name,
  online: false,
  template: false,
  deleted: known.goneAt !== undefined,
  machineName: known.machineName,
  machineId: known.machineId,
  platform: known.platform,
  address: known.address,
  wifi: known.wifi,
  vpn: known.vpn,
  network: {
    name: known.interfaceName,
    address: known.interfaceAddress,
    gateway: known.gateway,
  },
  customFields: known.fields,
});
