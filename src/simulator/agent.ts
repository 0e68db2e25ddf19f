import { remoteDesktop } from './quality-definition.ts';
import type { SimulatedBucket } from './trace.ts';

export interface SimulatedReading {
  readonly definitionId: string;
  /** 0–100, higher is better. */
  readonly score: number;
  /** Where the score drifts back to. */
  readonly usual: number;
  /** Replaces the word that the score would give. */
  readonly word: string | undefined;
  /** ms since 1970; undefined = never. Moves with the clock while the session is measured. */
  readonly measuredAt: number | undefined;
}

export type SessionStatus = 'Active' | 'Paused' | 'Closed';

export interface SimulatedSession {
  readonly id: string;
  /** Name or alias of the target. */
  readonly description: string;
  readonly host: string;
  readonly address: string;
  readonly status: SessionStatus;
  readonly expected: NamedDefinition | undefined;
  /** True = no new readings arrive, although nobody paused it. */
  readonly stalled: boolean;
  readonly readings: readonly SimulatedReading[];
  /** Its trace data as it shall come, in place of what follows from the scores. */
  readonly trace?: readonly SimulatedBucket[];
}

export interface NamedDefinition {
  readonly id: string;
  readonly name: string;
}

export interface SimulatedNetwork {
  readonly wifi: boolean;
  readonly vpn: boolean;
  /** 0–100; 0 on a cable. */
  readonly signalPercent: number;
  /** Where the signal drifts back to. */
  readonly usualSignalPercent: number;
  readonly gateway: string;
  readonly address: string;
}

export interface SimulatedAgent {
  readonly id: string;
  readonly name: string;
  /** Agents of one site share a line; empty = on its own line. */
  readonly site: string;
  readonly template: boolean;
  readonly online: boolean;
  /** ms since 1970, while it reconnects. */
  readonly returnsAt: number | undefined;
  /** ms since 1970; undefined = never connected. */
  readonly lastMessageAt: number | undefined;
  readonly createdAt: number;
  /** ms since 1970; undefined = not deleted. */
  readonly deletedAt: number | undefined;
  readonly configured: boolean;
  readonly autoApprove: boolean;
  readonly platform: string;
  readonly machineName: string;
  /** Its own if left out: another agent on the same machine has the same. */
  readonly machineId?: string;
  readonly publicAddress: string;
  readonly notes: string;
  readonly network: SimulatedNetwork;
  readonly templateId: string;
  readonly expected: NamedDefinition | undefined;
  readonly customFields: readonly { readonly name: string; readonly value: string }[];
  readonly sessions: readonly SimulatedSession[];
  /** Target strings that become sessions once it is installed. */
  readonly plannedTargets: readonly string[];
}

/** A reading that has always had this score, if nothing else is said. */
export const simulatedReading = (
  given: Partial<SimulatedReading> & Pick<SimulatedReading, 'score'>,
): SimulatedReading => ({
  definitionId: remoteDesktop.id,
  usual: given.score,
  word: undefined,
  measuredAt: undefined,
  ...given,
});

/** An active session with one good reading, if nothing else is said. */
export const simulatedSession = (
  given: Partial<SimulatedSession> & Pick<SimulatedSession, 'id'>,
): SimulatedSession => ({
  description: 'crm',
  host: 'crm.example.com',
  address: '203.0.113.20',
  status: 'Active',
  expected: undefined,
  stalled: false,
  readings: [simulatedReading({ score: 95 })],
  ...given,
});

/** An online Windows agent on a cable, without sessions, if nothing else is said. */
export const simulatedAgent = ({
  network,
  ...given
}: Omit<Partial<SimulatedAgent>, 'network'> &
  Pick<SimulatedAgent, 'id' | 'name'> & {
    readonly network?: Partial<SimulatedNetwork>;
  }): SimulatedAgent => ({
  site: '',
  template: false,
  online: true,
  returnsAt: undefined,
  lastMessageAt: undefined,
  createdAt: 0,
  deletedAt: undefined,
  configured: true,
  autoApprove: true,
  platform: 'Windows',
  machineName: given.name,
  publicAddress: '198.51.100.7',
  notes: '',
  templateId: '',
  expected: undefined,
  customFields: given.site ? [{ name: 'Site', value: given.site }] : [],
  sessions: [],
  plannedTargets: [],
  ...given,
  network: {
    wifi: false,
    vpn: false,
    signalPercent: 0,
    usualSignalPercent: network?.signalPercent ?? 0,
    gateway: '10.4.0.1',
    address: '10.4.0.20',
    ...network,
  },
});
