import { onTestFinished } from 'vitest';
import {
  type SimulatedAgent,
  simulatedAgent,
  simulatedReading,
  simulatedSession,
} from '../../src/simulator/agent.ts';
import { videoCall, voiceOverIp, webEmail } from '../../src/simulator/quality-definition.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/simulator.ts';

export const startedAt = Date.parse('2026-11-23T12:00:00Z');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  readonly key?: string;
  readonly contentType?: string;
}

export interface Started {
  readonly simulator: Simulator;
  advance(ms: number): void;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

/** A simulator on a clock of its own, closed with the test. */
export const started = async (options: Partial<SimulatorOptions> = {}): Promise<Started> => {
  let at = startedAt;
  const simulator = await startSimulator({ now: () => at, collapseEveryMinutes: 0, ...options });
  onTestFinished(() => simulator.close());
  return {
    simulator,
    advance: (ms) => {
      at += ms;
    },
    call: async (method, path, { body, text, key, contentType } = {}) => {
      const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(`${simulator.url}${path}`, {
        method,
        headers: {
          'X-API-KEY': key ?? simulator.key,
          ...(sent === undefined ? {} : { 'Content-Type': contentType ?? 'application/json' }),
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const received = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text: received,
        json: parsed(received),
      };
    },
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Three agents: one online with three sessions, one offline, one template. */
export const smallFleet: readonly SimulatedAgent[] = [
  simulatedAgent({
    id: 'lax-12',
    name: 'LAX-12',
    site: 'Los Angeles',
    lastMessageAt: startedAt - 60_000,
    expected: { id: voiceOverIp.id, name: voiceOverIp.name },
    network: { wifi: true, signalPercent: 38, gateway: '10.8.0.1' },
    sessions: [
      simulatedSession({
        id: 'voice-1',
        description: 'voice',
        host: 'voip.example.com',
        address: '203.0.113.31',
        expected: { id: voiceOverIp.id, name: voiceOverIp.name },
        readings: [
          simulatedReading({ definitionId: voiceOverIp.id, score: 40 }),
          simulatedReading({ definitionId: videoCall.id, score: 60 }),
        ],
      }),
      simulatedSession({
        id: 'crm-1',
        readings: [simulatedReading({ definitionId: webEmail.id, score: 90 })],
      }),
      simulatedSession({ id: 'old-1', description: 'old', status: 'Closed' }),
    ],
  }),
  simulatedAgent({
    id: 'den-1',
    name: 'DEN-1',
    site: 'Denver',
    online: false,
    lastMessageAt: startedAt - 3_600_000,
    sessions: [
      simulatedSession({
        id: 'crm-2',
        readings: [simulatedReading({ score: 95, measuredAt: startedAt - 3_600_000 })],
      }),
    ],
  }),
  simulatedAgent({ id: 'template-1', name: 'Laptop standard', template: true, online: false }),
];
