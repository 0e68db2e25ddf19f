import type { SimulatedAgent, SimulatedSession } from './agent.ts';
import { createEdit, type Edit } from './edit.ts';
import { createFaults, type Fault } from './fault.ts';
import { buildFleet } from './fleet/build-fleet.ts';
import { createApi } from './http/api.ts';
import type { SimulatedLiveShare } from './http/live-share-routes.ts';
import { allPermissions } from './http/route.ts';
import { type RecordedRequest, serve } from './http/serve.ts';
import { createLife } from './life.ts';
import type { PastMoment } from './past.ts';
import { createRandom } from './random.ts';
import { createTraces } from './trace.ts';
import { createWorld } from './world.ts';

export interface SimulatorOptions {
  /** 0 = any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly key?: string;
  /** What the key may do; all by default. */
  readonly permissions?: readonly string[];
  /** The same seed gives the same fleet and the same drift. */
  readonly seed?: number;
  /** ms since 1970 */
  readonly now: () => number;
  /** Replaces the built-in fleet. */
  readonly agents?: readonly SimulatedAgent[];
  /** As in `/api`. */
  readonly pathPrefix?: string;
  /** Paused sessions stay out of status answers; the manual leaves it open. */
  readonly pausedSessionsVanish?: boolean;
  /** Time between two samples of a session; PingPlotter's own by default. */
  readonly sampleEveryMs?: number;
  /** Mean time between two collapses of a site, in simulated time; 0 = never by itself. */
  readonly collapseEveryMinutes?: number;
  /** How long until somebody installs an agent that was created here; without it nobody does. */
  readonly installCreatedAfterMinutes?: number;
}

export interface Simulator {
  /** With the path prefix, without a slash at its end. */
  readonly url: string;
  readonly key: string;
  /** Everything received, faults included: the last 10,000. */
  readonly requests: readonly RecordedRequest[];
  /** Installs a fault for the requests that match; the answer removes it. */
  fault(fault: Fault): () => void;
  readonly fleet: FleetReader;
  readonly edit: Edit;
  /** Every link that was made. */
  readonly liveShares: readonly SimulatedLiveShare[];
  /** What was before this moment, for trace data. */
  remember(past: Iterable<PastMoment>): void;
  /** One step of drift, up to the clock's present. */
  tick(): void;
  /** The whole site turns Poor at once, and recovers with the first tick after these minutes. */
  collapse(site: string, minutes?: number): void;
  close(): Promise<void>;
}

/** The world as it is at this moment, templates and deleted agents included. */
export interface FleetReader {
  agents(): readonly SimulatedAgent[];
  agent(id: string): SimulatedAgent | undefined;
  session(agentId: string, sessionId: string): SimulatedSession | undefined;
}

/** A PingPlotter Cloud over HTTP. Rejects as the server does when it cannot listen. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { now, key = 'demo-key', seed = 1 } = options;
  const pathPrefix = (options.pathPrefix ?? '').replace(/\/+$/, '');
  const world = createWorld(
    options.agents ?? buildFleet(createRandom(seed), now()),
    now,
    options.sampleEveryMs,
  );
  // Numbers of its own for each, so that what people create does not change how the fleet drifts.
  const life = createLife(world, createRandom(seed + 1), now, options);
  const traces = createTraces(now);
  const liveShares: SimulatedLiveShare[] = [];
  const api = createApi({ world, traces, liveShares }, createRandom(seed + 2), now, {
    key,
    permissions: new Set(options.permissions ?? allPermissions),
    pathPrefix,
    pausedSessionsVanish: options.pausedSessionsVanish ?? false,
  });
  const faults = createFaults();
  const server = await serve(api, faults, {
    now,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
  });
  return {
    url: `${server.url}${pathPrefix}`,
    key,
    requests: server.requests,
    fault: faults.install,
    fleet: {
      agents: world.agents,
      agent: world.agent,
      session: (agentId, sessionId) =>
        world.agent(agentId)?.sessions.find(({ id }) => id === sessionId),
    },
    edit: createEdit(world),
    liveShares,
    remember: (past) => {
      for (const { at, agents } of past) traces.note(at, agents);
    },
    tick: () => {
      life.tick();
      traces.note(now(), world.agents());
    },
    collapse: life.collapse,
    close: server.close,
  };
};
