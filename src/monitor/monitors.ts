import type { FleetView } from '../features/fleet/domain/agent-view.ts';
import type { FleetReading } from '../features/fleet/ports.ts';
import { type Accounts, defaultAccount } from '../platform/accounts.ts';
import type { AgentId } from '../platform/agent.ts';
import { asAppError } from '../platform/errors.ts';
import { type Logger, logOfAccount } from '../platform/log.ts';
import type { AgentCount } from '../platform/metrics.ts';
import { optional } from '../shared/optional.ts';
import { createMonitor, type Monitor } from './loop.ts';
import type { MonitorPorts } from './state.ts';

/** The monitors of all accounts. */
export interface Monitors {
  start(): void;
  stop(): Promise<void>;
  /** Something changed at these agents of the account; nothing happens where there is no such account. */
  hint(account: string, agents: readonly AgentId[]): Promise<void>;
  /** The fleet as the last poll of this instance saw it, worst first; one under way counts once it has read all. */
  latest(account: string): FleetView | undefined;
  /** What a poll of this instance reads now, until `latest` has it. */
  reading(account: string): FleetReading | undefined;
  /** Of the accounts that this instance polls. */
  agentCounts(): readonly AgentCount[];
}

interface Ports extends Omit<MonitorPorts, 'account' | 'source'> {
  readonly accounts: Accounts;
}

interface Running {
  readonly source: string | undefined;
  readonly monitor: Monitor;
}

/**
 * One monitor for each account, each with its own loop, lease, hints and timetable: one that hangs or fails delays no
 * other. An account that is read at another address or with another key gets a new one, once the one before has
 * stopped.
 */
export const createMonitors = ({ accounts, ...ports }: Ports): Monitors => {
  const running = new Map<string, Running>();
  const leaving = new Map<string, Promise<void>>();
  let started = false;
  let stopped = false;

  // The only account needs no name.
  const logOf = (name: string): Logger =>
    name === defaultAccount ? ports.log : logOfAccount(ports.log, name);

  const begin = async (name: string, { monitor }: Running): Promise<void> => {
    await leaving.get(name);
    if (running.get(name)?.monitor === monitor && !stopped) monitor.start();
  };

  const end = (name: string, { monitor }: Running): void => {
    running.delete(name);
    const left: Promise<void> = Promise.all([leaving.get(name), monitor.stop()])
      .then(
        () => {},
        (error: unknown) => logOf(name).warn('monitor.failed', { code: asAppError(error).code }),
      )
      .finally(() => {
        if (leaving.get(name) === left) leaving.delete(name);
      });
    leaving.set(name, left);
  };

  const reconcile = (): void => {
    const listed = new Map(accounts.list().map((account) => [account.name, account]));
    for (const [name, known] of running)
      if (!listed.has(name) || listed.get(name)?.source !== known.source) end(name, known);
    for (const [name, { source }] of listed) {
      if (running.has(name)) continue;
      const monitor = createMonitor({
        ...ports,
        log: logOf(name),
        account: name,
        ...optional('source', source),
      });
      running.set(name, { source, monitor });
      if (started) void begin(name, { source, monitor });
    }
  };

  reconcile();
  accounts.onChange(() => {
    if (!stopped) reconcile();
  });

  return {
    start: () => {
      started = true;
      for (const { monitor } of running.values()) monitor.start();
    },
    stop: async () => {
      stopped = true;
      await Promise.all([
        ...leaving.values(),
        ...[...running.values()].map(({ monitor }) => monitor.stop()),
      ]);
    },
    hint: async (account, agents) => running.get(account)?.monitor.hint(agents),
    latest: (account) => running.get(account)?.monitor.latest(),
    reading: (account) => running.get(account)?.monitor.reading(),
    agentCounts: () =>
      [...running].flatMap(([account, { monitor }]) => {
        const agents = monitor.agentCount();
        return agents === undefined ? [] : [{ account, agents }];
      }),
  };
};
