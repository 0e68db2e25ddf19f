import {
  type QualityDefinition,
  remoteDesktop,
  videoCall,
  voiceOverIp,
  webEmail,
} from '../quality-definition.ts';

export interface Target {
  readonly host: string;
  readonly address: string;
  /** Each measures every session of the target. */
  readonly measuredBy: readonly QualityDefinition[];
  /** What the session is there for, where somebody chose it. */
  readonly expected?: QualityDefinition;
}

/** By alias. The router is the gateway of the agent's own site. */
export const targets = {
  crm: {
    host: 'crm.example.com',
    address: '203.0.113.20',
    measuredBy: [webEmail, remoteDesktop],
  },
  voice: {
    host: 'voip.example.com',
    address: '203.0.113.31',
    measuredBy: [voiceOverIp],
    expected: voiceOverIp,
  },
  meet: {
    host: 'meet.example.com',
    address: '203.0.113.32',
    measuredBy: [videoCall, voiceOverIp],
    expected: videoCall,
  },
  mail: { host: 'mail.example.com', address: '203.0.113.25', measuredBy: [webEmail] },
  git: { host: 'git.example.com', address: '203.0.113.22', measuredBy: [webEmail] },
  desktop: { host: 'rdp.example.com', address: '203.0.113.33', measuredBy: [remoteDesktop] },
  vpn: { host: '10.4.0.1', address: '10.4.0.1', measuredBy: [remoteDesktop, webEmail] },
} as const satisfies Readonly<Record<string, Target>>;

export type Alias = keyof typeof targets | 'router';

export const targetFor = (alias: Alias, gateway: string): Target =>
  alias === 'router'
    ? { host: gateway, address: gateway, measuredBy: [remoteDesktop] }
    : targets[alias];
