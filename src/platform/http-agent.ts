import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Connections to a service, by the scheme of its address. */
export interface HttpAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Drops all connections. */
  close(): void;
}

const agents = (options: AgentOptions): HttpAgents => {
  const [http, https] = [new HttpAgent(options), new HttpsAgent(options)];
  return {
    http,
    https,
    close: () => {
      http.destroy();
      https.destroy();
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
}: {
  readonly idleMs: number;
  /** To one host. */
  readonly maxSockets?: number;
}): HttpAgents => agents({ keepAlive: true, maxSockets, timeout: idleMs });

/** A connection for each call: for what must not be repeated, and so must not meet a closed one. */
export const newConnectionAgents = (): HttpAgents => agents({ keepAlive: false });
