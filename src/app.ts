import { interimCard } from './chat/cards/waiting.ts';
import type { Confirmations } from './chat/confirmation.ts';
import { keepAudit } from './chat/middleware/audit.ts';
import { knowThePerson } from './chat/middleware/authorize.ts';
import { actOnce, welcomeOnce } from './chat/middleware/dedupe.ts';
import { errorBoundary } from './chat/middleware/error-boundary.ts';
import { turnLog } from './chat/middleware/log.ts';
import { limitPace } from './chat/middleware/rate-limit.ts';
import { keepInTouch } from './chat/middleware/remember-conversation.ts';
import type { Roster } from './chat/person.ts';
import { compose, dispatch } from './chat/route.ts';
import { type Handler, readerOf, type Scope } from './chat/turn.ts';
import type { Config } from './config/environment.ts';
import { announcedOutbox } from './delivery/notifying-outbox.ts';
import { createRender } from './delivery/render.ts';
import { createDelivery } from './delivery/worker.ts';
import { createRoles, type Roles } from './features/access/roles.ts';
import { tellAlert } from './features/alerting/load-alerts.ts';
import type { ChangeLog, Expectations } from './features/changes/store.ts';
import { tellDigest } from './features/digest/load-digest.ts';
import { createAgentReader } from './features/fleet/agent-reader.ts';
import { staleAfterMs } from './features/fleet/domain/quality.ts';
import { createFleetReader } from './features/fleet/fleet-reader.ts';
import type { AgentReader, FleetReader } from './features/fleet/ports.ts';
import type { SessionMemory } from './features/fleet/store.ts';
import { type MonitorView, readReadiness } from './features/health/readiness.ts';
import { createSchedule } from './monitor/jobs.ts';
import { createMonitor } from './monitor/loop.ts';
import type { MonitorPorts } from './monitor/state.ts';
import type { Clock } from './platform/clock.ts';
import type { Installation } from './platform/conversation.ts';
import type { Correlation } from './platform/correlation.ts';
import type { Logger } from './platform/log.ts';
import type { Card, Lanes, Messenger } from './platform/messenger.ts';
import type { Readiness } from './platform/metrics.ts';
import type { PingPlotter } from './platform/pingplotter.ts';
import type { Store } from './platform/store.ts';
import { looksOnly } from './registry.ts';
import { sameCase } from './shared/names.ts';

export interface AppPorts {
  readonly config: Pick<Config, 'admins' | 'defaultRole' | 'pollSeconds'>;
  readonly pingPlotter: (account: string) => PingPlotter;
  /** Names the address and the key that PingPlotter is read with, see MonitorPorts. */
  readonly source?: string;
  /** One attempt each. */
  readonly messenger: Messenger;
  readonly lanes: Lanes;
  readonly roster: Roster;
  readonly store: Store;
  /** Works on while the store is down. */
  readonly sessions: SessionMemory;
  readonly expectations: Expectations;
  /** How the sweeps go, whichever instance makes them. */
  readonly monitor: MonitorView;
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  readonly newId: () => string;
  /** Names this process among those that share the store; the same again after a restart where it is alone. */
  readonly instance: string;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly metrics: MonitorPorts['metrics'] & {
    turn(kind: string, outcome: string, seconds: number): void;
    delivery(outcome: string, seconds: number): void;
  };
}

export interface App {
  readonly handler: Handler;
  /** What is shown while PingPlotter takes longer than Teams waits. */
  interim(scope: Scope): Card;
  ready(): Promise<Readiness>;
  /** Something changed at these agents. */
  hint(agents: readonly string[]): void;
  /** Notifications that wait to be sent. */
  waiting(): number;
  /** Begins to watch the fleet and to send what is due. */
  start(): void;
  stop(): Promise<void>;
}

/** Several accounts come later; the first is called that. */
const account = 'default';

/** Puts the bot together from its ports; nothing runs before it is started. */
export const createApp = (ports: AppPorts): App => {
  const { config, clock, log, metrics } = ports;
  // What a sweep or a turn puts into the outbox goes out at once, not at the next look.
  const store = announcedOutbox(ports.store, () => delivery.wake());
  const { pollSeconds } = config;
  const admins = new Set(config.admins.map(sameCase));
  const rules = { admins, defaultRole: config.defaultRole };
  const roles = createRoles({ grants: store.grants, rules, clock, log });
  const monitor = createMonitor({
    ...ports,
    store,
    account,
    pollSeconds,
    admins,
  });
  const schedule = createSchedule({ ...ports, store, pollSeconds });
  const reading = { ...ports, staleAfterMs: staleAfterMs(pollSeconds), swept: monitor.latest };
  const fleets = createFleetReader(reading);
  const inner = {
    ...ports,
    store,
    roles,
    confirmations: store.confirmations,
    changes: store.changes,
    pollSeconds,
    fleets,
    agents: createAgentReader({ ...reading, fleets }),
  };
  const delivery = createDelivery({
    ...ports,
    render: createRender({
      store,
      clock,
      tellAlert: tellAlert(inner),
      tellDigest: tellDigest(inner),
      roleIn: async ({ tenantId, personId }: Installation) =>
        (await roles.of(account, tenantId, personId)).role,
    }),
    onSent: ({ tookMs }) => metrics.delivery('sent', tookMs / 1000),
    onFailed: ({ outcome, tookMs }) => metrics.delivery(outcome, tookMs / 1000),
  });
  return {
    handler: compose(
      turnLog({
        clock,
        log,
        onTurn: ({ kind, outcome, seconds }) => metrics.turn(kind, outcome, seconds),
      }),
      actOnce(clock),
      welcomeOnce(),
      errorBoundary({ clock, log }),
      limitPace(clock),
      keepInTouch({ store, clock, log, looksOnly }),
      knowThePerson({ roster: ports.roster, roles, log }),
      keepAudit({ audit: store.audit, clock, log }),
    )(dispatch(inner)),
    interim: (scope) => interimCard({}, readerOf(scope, clock)),
    ready: () => readReadiness({ ...inner, delivery: () => delivery.view().ok })(account),
    hint: (agents) => {
      fleets.forget(account);
      monitor.hint(agents);
    },
    waiting: () => delivery.view().waiting,
    start: () => {
      monitor.start();
      schedule.start();
      delivery.start();
    },
    stop: async () => {
      await Promise.all([monitor.stop(), schedule.stop(), delivery.stop()]);
    },
  };
};

export type BotPorts = UseCasePorts;

/** Everything that a use-case may ask for; each names the part it needs. */
export interface UseCasePorts {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly sessions: SessionMemory;
  readonly confirmations: Confirmations;
  readonly changes: ChangeLog;
  readonly expectations: Expectations;
  readonly store: Store;
  readonly monitor: MonitorView;
  readonly roster: Roster;
  readonly roles: Roles;
  readonly fleets: FleetReader;
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  readonly pollSeconds: number;
}

/** The ports by name, and of the store only these collections. */
export type Needs<
  Port extends Exclude<keyof UseCasePorts, 'store'>,
  Kept extends keyof Store,
> = Pick<UseCasePorts, Port> & { readonly store: Pick<Store, Kept> };
