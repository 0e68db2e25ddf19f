import { looksOnly } from './bot/commands.ts';
import { dispatch } from './bot/dispatch.ts';
import { actOnce } from './bot/middleware/act-once.ts';
import { keepAudit } from './bot/middleware/audit.ts';
import { compose } from './bot/middleware/compose.ts';
import { errorBoundary } from './bot/middleware/error-boundary.ts';
import { keepInTouch } from './bot/middleware/keep-in-touch.ts';
import { knowThePerson } from './bot/middleware/know-the-person.ts';
import { limitPace } from './bot/middleware/limit-pace.ts';
import { turnLog } from './bot/middleware/turn-log.ts';
import { welcomeOnce } from './bot/middleware/welcome-once.ts';
import { readerOf } from './bot/turn.ts';
import { interimCard } from './cards/interim.ts';
import type { Config } from './config.ts';
import type { Expectations } from './core/expectation-store.ts';
import type { MonitorView } from './core/monitor-view.ts';
import type {
  Clock,
  Correlation,
  Lanes,
  Logger,
  Messenger,
  PingPlotter,
  Roster,
} from './core/ports.ts';
import { staleAfterMs } from './core/quality.ts';
import type { Readiness } from './core/readiness.ts';
import { sameCase } from './core/role.ts';
import type { SessionMemory } from './core/session-memory.ts';
import type { Store } from './core/store.ts';
import type { Installation } from './core/stores.ts';
import type { Card, Handler, Scope } from './core/turn.ts';
import { announcedOutbox } from './delivery/announced-outbox.ts';
import { createRender } from './delivery/render.ts';
import { createDelivery } from './delivery/worker.ts';
import { createMonitor } from './monitor/monitor.ts';
import type { MonitorPorts } from './monitor/ports.ts';
import { createSchedule } from './monitor/schedule.ts';
import { createAgentReader } from './use-cases/agent-reader.ts';
import { createFleetReader } from './use-cases/fleet-reader.ts';
import { readReadiness } from './use-cases/readiness.ts';
import { createRoles } from './use-cases/roles.ts';
import { tellAlert } from './use-cases/tell-alert.ts';
import { tellDigest } from './use-cases/tell-digest.ts';

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
