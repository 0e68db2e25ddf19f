import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AccountLabel } from './account-label.ts';
import type { UnreadableRows } from './store.ts';

export interface Readiness {
  readonly ready: boolean;
  readonly checks: {
    readonly store: boolean;
    readonly pingplotter: boolean;
    readonly monitor: boolean;
    readonly delivery: boolean;
  };
  /** What is wrong, each with another remedy; left out when nothing is. */
  readonly reasons?: readonly string[];
}

export interface AgentCount {
  readonly account: string;
  readonly agents: number;
}

export interface Metrics {
  /** One turn of the bot: `kind` as in Incoming. */
  turn(kind: string, outcome: string, seconds: number): void;
  /** One call of PingPlotter Cloud: `endpoint` is the route's pattern, never an id. */
  apiCall(endpoint: string, outcome: string, seconds: number, account: string): void;
  /** One attempt to send to Teams. */
  sent(operation: string, outcome: string, seconds: number): void;
  /** An activity turned away at the door. */
  refused(reason: string): void;
  poll(outcome: string, seconds: number, account: string): void;
  alert(event: string, account: string): void;
  delivery(outcome: string, seconds: number): void;
  /** How many agents the last polls of this instance saw; an account that it does not poll is left out. */
  agents(counts: readonly AgentCount[]): void;
  /** Notifications that wait to be sent. */
  outbox(waiting: number): void;
  /** Stored rows that could not be read since the start. */
  unreadable(counts: readonly UnreadableRows[]): void;
  /** What of its work the bot can do now. */
  ready(checks: Readiness['checks']): void;
  /** All of it in Prometheus' text format. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8, 15, 30];

interface Options {
  /** Adds those of the process itself. */
  readonly processMetrics?: boolean;
  /** Which account a series is of. */
  readonly labelOf?: (account: string) => AccountLabel;
}

/** Every metric in a registry of its own, so that two bots in one process do not meet. */
export const createMetrics = ({
  processMetrics = false,
  labelOf = () => ({}),
}: Options = {}): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });

  const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });

  const turns = histogram('bot_turn_seconds', 'Turns: what people and Teams sent to the bot', [
    'kind',
    'outcome',
  ]);
  const calls = histogram('bot_pingplotter_call_seconds', 'Calls of PingPlotter Cloud', [
    'endpoint',
    'outcome',
    'account',
  ]);
  const sends = histogram('bot_teams_send_seconds', 'Attempts to send to Teams', [
    'operation',
    'outcome',
  ]);
  const polls = histogram('bot_sweep_seconds', 'Sweeps over the fleet', ['outcome', 'account']);
  const deliveries = histogram(
    'bot_delivery_seconds',
    'Notifications, from the event to the end of their delivery',
    ['outcome'],
  );
  const refusals = new Counter({
    name: 'bot_refused_total',
    help: 'Activities turned away at the door',
    labelNames: ['reason'],
    registers,
  });
  const alerts = new Counter({
    name: 'bot_alerts_total',
    help: 'Alerts raised and cleared',
    labelNames: ['event', 'account'],
    registers,
  });
  const agentCounts = new Gauge({
    name: 'bot_agents',
    help: 'Agents that the last sweep saw',
    labelNames: ['account'],
    registers,
  });
  const waitingNotifications = new Gauge({
    name: 'bot_outbox_waiting',
    help: 'Notifications that wait to be sent',
    registers,
  });
  const unreadableRows = new Gauge({
    name: 'bot_store_unreadable_rows',
    help: 'Stored rows that could not be read since the start; they are set aside',
    labelNames: ['table'],
    registers,
  });
  const readiness = new Gauge({
    name: 'bot_ready',
    help: '1 for each check of /readyz that holds, else 0',
    labelNames: ['check'],
    registers,
  });

  return {
    turn: (kind, outcome, took) => turns.observe({ kind, outcome }, took),
    apiCall: (endpoint, outcome, took, account) =>
      calls.observe({ endpoint, outcome, ...labelOf(account) }, took),
    sent: (operation, outcome, took) => sends.observe({ operation, outcome }, took),
    refused: (reason) => refusals.inc({ reason }),
    poll: (outcome, took, account) => polls.observe({ outcome, ...labelOf(account) }, took),
    alert: (event, account) => alerts.inc({ event, ...labelOf(account) }),
    delivery: (outcome, took) => deliveries.observe({ outcome }, took),
    agents: (counts) => {
      agentCounts.reset();
      for (const { account, agents } of counts) agentCounts.inc({ ...labelOf(account) }, agents);
    },
    outbox: (waiting) => waitingNotifications.set(waiting),
    unreadable: (counts) => {
      for (const { table, rows } of counts) unreadableRows.set({ table }, rows);
    },
    ready: (checks) => {
      for (const [check, holds] of Object.entries(checks)) readiness.set({ check }, holds ? 1 : 0);
    },
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
};
