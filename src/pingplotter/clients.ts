import { AppError } from '../platform/errors.ts';
import type { PingPlotter, PingPlotterCalls } from '../platform/pingplotter.ts';
import { createPingPlotter, type PingPlotterClient, type PingPlotterOptions } from './client.ts';
import { sourceOf } from './http.ts';

/** What an account is read with. */
export interface AccountAddress {
  readonly name: string;
  /** May hold a path prefix. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

export type ClientOptions = Omit<PingPlotterOptions, 'baseUrl' | 'apiKey'>;

/** A client for each account, with its own connections, budget and clock. */
export interface PingPlotterClients {
  /** One that refuses everything with 'unreachable' where there is no such account. */
  of(account: string): PingPlotter;
  clockAheadMs(account: string): number;
  /** Those that are read as before keep their client. */
  replace(accounts: readonly AccountAddress[]): void;
  close(): void;
}

interface Open {
  readonly source: string;
  readonly client: PingPlotterClient;
}

/** What a client that is no longer used has begun is over by then. */
const idleAfterMs = 120_000;

export const createClients = (
  first: readonly AccountAddress[],
  optionsOf: (account: string) => ClientOptions,
  later: (ms: number, work: () => void) => () => void,
): PingPlotterClients => {
  let clients = new Map<string, Open>();
  const leaving = new Map<PingPlotterClient, () => void>();

  const leave = ({ client }: Open): void => {
    const callOff = later(idleAfterMs, () => {
      leaving.delete(client);
      client.close();
    });
    leaving.set(client, callOff);
  };

  const replace = (accounts: readonly AccountAddress[]): void => {
    const before = clients;
    clients = new Map(
      accounts.map((account) => {
        const source = sourceOf(account);
        const known = before.get(account.name);
        if (known?.source === source) return [account.name, known] as const;
        const { name, baseUrl, apiKey } = account;
        return [
          name,
          { source, client: createPingPlotter({ ...optionsOf(name), baseUrl, apiKey }) },
        ] as const;
      }),
    );
    const used = new Set(clients.values());
    for (const known of before.values()) if (!used.has(known)) leave(known);
  };

  replace(first);
  return {
    of: (account) => clients.get(account)?.client ?? absentPingPlotter,
    clockAheadMs: (account) => clients.get(account)?.client.clockAheadMs() ?? 0,
    replace,
    close: () => {
      for (const [client, callOff] of leaving) {
        callOff();
        client.close();
      }
      for (const { client } of clients.values()) client.close();
    },
  };
};

const absent = async (): Promise<never> => {
  throw new AppError('unreachable', 'there is no such account');
};

const absentCalls: PingPlotterCalls = {
  agents: absent,
  agent: absent,
  status: absent,
  agentStatus: absent,
  customFields: absent,
  sessions: absent,
  allSessions: absent,
  create: absent,
  rename: absent,
  reconnect: absent,
  setSession: absent,
  setSessions: absent,
  remove: absent,
  trace: absent,
  liveShares: absent,
  createLiveShare: absent,
};

const absentPingPlotter: PingPlotter = { ...absentCalls, once: absentCalls };
