import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import https from 'node:https';
import { type OutboundProxy, secureAgent } from './proxy.ts';

/** Connections to a service, by the scheme of its address. */
export interface HttpAgents {
  readonly http: HttpAgent;
  readonly https: HttpAgent;
  /** Drops all connections. */
  close(): void;
}

const agents = (options: AgentOptions, proxy: OutboundProxy | undefined): HttpAgents => {
  const [plain, secure] = [new HttpAgent(options), secureAgent(proxy, options)];
  return {
    http: plain,
    https: secure,
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
};

/**
 * The one policy for PingPlotter and Teams: connections are reused, and closed here after `idleMs`, before the
 * other side closes them. The next call finds out where the other side was first. Whether that call may be
 * repeated depends on what it does, so each client decides it.
 */
export const keepAliveAgents = ({
  idleMs,
  maxSockets = Number.POSITIVE_INFINITY,
  proxy,
}: {
  readonly idleMs: number;
  /** To one host. */
  readonly maxSockets?: number;
  readonly proxy?: OutboundProxy | undefined;
}): HttpAgents => agents({ keepAlive: true, maxSockets, timeout: idleMs }, proxy);

/** A connection for each call: for what must not be repeated, and so must not meet a closed one. */
export const newConnectionAgents = (proxy?: OutboundProxy): HttpAgents =>
  agents({ keepAlive: false }, proxy);

/** What the proxy answered to the last connection of a library, if it made none: MSAL says `network_error` alone. */
let libraryFailure: string | undefined;

export const proxyFailureOfLibraries = (): string | undefined => libraryFailure;

/**
 * Sign-in and the keys of tokens are asked for by libraries that take no agent: they use Node's own. Gives back
 * what takes the proxy away again.
 */
export const proxyLibraries = (proxy: OutboundProxy | undefined): (() => void) => {
  if (proxy === undefined) return () => {};
  const { globalAgent } = https;
  const options = { keepAlive: true, timeout: 5000 };
  const agent = secureAgent(proxy, options, (failed) => {
    libraryFailure = failed?.code;
  });
  Object.assign(https, { globalAgent: agent });
  return () => {
    Object.assign(https, { globalAgent });
    agent.destroy();
    libraryFailure = undefined;
  };
};
