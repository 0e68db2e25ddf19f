import { type AgentView, viewAgent } from '../../src/features/fleet/domain/agent-view.ts';
import type { SeenSession } from '../../src/features/fleet/store.ts';
import type {
  Agent,
  ListedSession,
  QualityWord,
  Reading,
  TargetStatus,
} from '../../src/platform/agent.ts';
import type { Reader } from '../../src/platform/messenger.ts';

/** 12:41 in the reader's zone. */
export const now = Date.UTC(2026, 10, 23, 12, 41, 30);
export const minute = 60_000;
export const hour = 60 * minute;

export const aReader = (changes: Partial<Reader> = {}): Reader => ({
  role: 'operator',
  kind: 'personal',
  locale: 'en-GB',
  timeZone: 'UTC',
  now,
  ...changes,
});

export const anAgent = (changes: Partial<Agent> = {}): Agent => ({
  id: 'agent-lax-12',
  name: 'LAX-12',
  online: true,
  template: false,
  deleted: false,
  createdAt: now - 400 * 24 * hour,
  lastSeen: now - 20_000,
  configured: true,
  autoApprove: true,
  openSessions: 3,
  totalSessions: 14,
  platform: 'Windows 11',
  machineName: 'LAX-12-LT',
  address: '203.0.113.7',
  wifi: true,
  vpn: false,
  network: {
    name: 'Wi-Fi',
    type: 'Wireless80211',
    gateway: '192.168.0.1',
    address: '192.168.0.17',
    signalPercent: 38,
    noisePercent: 61,
  },
  expected: { id: 'web', name: 'Web/Email' },
  customFields: [
    { name: 'Site', value: 'Los Angeles' },
    { name: 'Manager', value: 'Megan Bowen' },
  ],
  ...changes,
});

export const definitions: ReadonlyMap<string, string> = new Map([
  ['web', 'Web/Email'],
  ['voice', 'Voice'],
  ['desk', 'Remote desktop'],
]);

export const aReading = (
  word: QualityWord,
  score: number,
  changes: Partial<Reading> = {},
): Reading => ({ definitionId: 'web', word, score, measuredAt: now - minute, ...changes });

export const aTarget = (name: string, ...readings: readonly Reading[]): TargetStatus => ({
  sessionId: `session-${name}`,
  name,
  address: `${name}.example.com`,
  readings,
});

interface Known {
  readonly agent?: Partial<Agent>;
  readonly targets?: readonly TargetStatus[];
  readonly listed?: readonly ListedSession[] | 'not permitted';
  readonly seen?: readonly SeenSession[];
}

export const aView = ({ agent = {}, targets = [], listed = [], seen = [] }: Known): AgentView => {
  const whole = anAgent(agent);
  return viewAgent(
    {
      agent: whole,
      status: { agentId: whole.id, online: whole.online, targets },
      listed,
      seen,
      definitions,
    },
    now,
    5 * minute,
  );
};

/** `Boise · wired · mail Fair 66` in one line. */
export const aMember = (
  name: string,
  site: string,
  network: Partial<Agent>,
  ...targets: readonly TargetStatus[]
): AgentView =>
  aView({
    agent: {
      id: `agent-${name.toLowerCase().replaceAll(' ', '-')}`,
      name,
      network: {},
      wifi: false,
      customFields: [{ name: 'Site', value: site }],
      ...network,
    },
    targets,
  });

const wifi = (signalPercent: number): Partial<Agent> => ({
  wifi: true,
  network: { signalPercent },
});

/** Ten agents, worst first, with every common standing. */
export const tenAgents: readonly AgentView[] = [
  aMember(
    'LAX-12',
    'Los Angeles',
    wifi(38),
    aTarget('crm', aReading('poor', 41)),
    aTarget('vpn', aReading('fair', 67)),
  ),
  aMember('LAX-07', 'Los Angeles', wifi(52), aTarget('crm', aReading('poor', 48))),
  aMember(
    'BOI-Desk-03',
    'Boise',
    {},
    aTarget('mail', aReading('fair', 66)),
    aTarget('crm', aReading('good', 91)),
  ),
  aMember('NYC Front Desk', 'New York', { vpn: true }, aTarget('voice', aReading('fair', 71))),
  aMember('BER-Office', 'Berlin', { online: false, lastSeen: now - 3 * hour }),
  aMember('OSL-Spare', 'Oslo', { online: false, lastSeen: 'never' }),
  aMember('ROM-Lab', 'Rome', {}, aTarget('crm', aReading('good', 90, { measuredAt: now - hour }))),
  aMember('DEN-Office', 'Denver', {}, aTarget('crm', aReading('good', 88))),
  aMember(
    'DEN-Lab',
    'Denver',
    {},
    aTarget('crm', aReading('good', 93)),
    aTarget('git', aReading('good', 97)),
  ),
  aMember('SEA-01', 'Seattle', wifi(81), aTarget('crm', aReading('good', 96))),
];

/** The agent of the drafts: two measured targets, one that a person paused. */
export const lax12 = (changes: Known = {}): AgentView =>
  aView({
    targets: [
      aTarget('crm', aReading('poor', 41), aReading('poor', 38, { definitionId: 'voice' })),
      aTarget('vpn', aReading('fair', 67, { definitionId: 'desk' })),
    ],
    listed: 'not permitted',
    seen: [
      {
        id: 'session-router',
        name: 'router',
        address: '192.168.0.1',
        pausedBy: { name: 'Alex Wilber', at: now - 81 * minute },
      },
    ],
    ...changes,
  });

/** Everything a hostile name may try. */
export const hostile =
  '[x](https://evil.example) **b** _i_ <at>All</at> <b>&amp; {{DATE(2026-01-01T00:00:00Z)}} ${name} \u202Etxt.exe\n# head `c`';
