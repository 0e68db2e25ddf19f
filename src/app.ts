import type { Paces } from './chat/middleware/rate-limit.ts';
import type { Roster } from './chat/person.ts';
import type { Handler } from './chat/turn.ts';
import type { Config } from './config/environment.ts';
import { createMemberFinder } from './delivery/find-member.ts';
import { notifyingOutbox } from './delivery/notifying-outbox.ts';
import { createRender } from './delivery/render.ts';
import { createDelivery } from './delivery/worker.ts';
import { createRoles } from './features/access/roles.ts';
import { accountNamed } from './features/accounts/domain/account-of.ts';
import { createAccountFinder } from './features/accounts/find-account.ts';
import { noticesAtAccount } from './features/accounts/notices.ts';
import { createWaitingCards, type WaitingCards } from './features/accounts/waiting-cards.ts';
import { createSilencePreviewer } from './features/alerting/hiding.ts';
import { createWatchPreviewer } from './features/alerting/preview.ts';
import { remindersJob } from './features/alerting/reminders-job.ts';
import { closeAlerts, showOn } from './features/alerting/update-cards.ts';
import { auditHeadJob } from './features/audit/jobs.ts';
import { createAuditRecorder } from './features/audit/record.ts';
import { createManyAgents } from './features/bulk/many-agents.ts';
import type { RunnerPorts } from './features/bulk/ports.ts';
import { createBulkRunner } from './features/bulk/runner.ts';
import { forgottenPausesJob } from './features/changes/forgotten-pauses.ts';
import { timedResumesJob } from './features/changes/jobs.ts';
import type { OwnChanges } from './features/changes/store.ts';
import { resumesPart } from './features/changes/timed-pause.ts';
import { connectionsJob } from './features/connection/jobs.ts';
import { diagnosisPart } from './features/diagnosis/agent-card-part.ts';
import { createComparisons } from './features/diagnosis/comparisons.ts';
import { digestsJob } from './features/digest/jobs.ts';
import { createDigestLoader } from './features/digest/load-digest.ts';
import { createAgentReader, webLinkPart } from './features/fleet/agent-reader.ts';
import { staleAfterMs } from './features/fleet/domain/quality.ts';
import { createAgentFinder } from './features/fleet/find-agent.ts';
import { createFleetReader } from './features/fleet/fleet-reader.ts';
import { createLiveShareFinder } from './features/fleet/live-shares.ts';
import type { SessionMemory } from './features/fleet/store.ts';
import type { Ports as LinkPorts } from './features/fleet/unfurl.ts';
import {
  type MonitorView,
  type OutageSources,
  readReadiness,
} from './features/health/readiness.ts';
import { trendPart } from './features/history/agent-card-part.ts';
import { createTopReader } from './features/history/read-top.ts';
import { createTraceReader } from './features/history/trace-reader.ts';
import { createUsualScores } from './features/history/usual-scores.ts';
import { createPauses } from './features/schedules/pauses.ts';
import type { AlertCards } from './features/silence/ports.ts';
import { createSilences } from './features/silence/silences.ts';
import { createUsualHours } from './features/silence/usual-hours.ts';
import { limitsRightJob } from './features/watches/limits-right.ts';
import type { AlertCloser } from './features/watches/ports.ts';
import { createWatchEditor } from './features/watches/watches.ts';
import { clockJob } from './monitor/clock-job.ts';
import { createSchedule } from './monitor/jobs.ts';
import { createMonitors } from './monitor/monitors.ts';
import { pruneJob } from './monitor/prune-job.ts';
import type { MonitorPorts } from './monitor/state.ts';
import { type Accounts, namesOf, onNewSource } from './platform/accounts.ts';
import type { Clock } from './platform/clock.ts';
import type { Correlation } from './platform/correlation.ts';
import type { FileLinks } from './platform/files.ts';
import type { Job } from './platform/job.ts';
import type { Logger } from './platform/log.ts';
import type { Messenger, RateLimiter } from './platform/messenger.ts';
import type { AgentCount, Readiness } from './platform/metrics.ts';
import { noticesWith } from './platform/notice.ts';
import type { PingPlotter } from './platform/pingplotter.ts';
import { actions, commands, type FeaturePorts, notices } from './registry.ts';
import { normalizeId } from './shared/names.ts';
import { optional } from './shared/optional.ts';
import type { BotStore, Collections } from './store/open.ts';
import { createTurnHandler } from './turn-handler.ts';

export interface AppPorts extends OutageSources {
  readonly config: Pick<RunnerPorts, 'bulkConcurrency' | 'pollSeconds'> &
    Pick<Config, 'admins' | 'defaultRole' | 'ownerField' | 'qualityNames' | 'webUrl'>;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly accounts: Accounts;
  /** What the edges have to do from time to time. */
  readonly jobs?: readonly Job[];
  /** One attempt each. */
  readonly messenger: Messenger;
  readonly rateLimiter: RateLimiter;
  readonly roster: Roster;
  readonly store: BotStore;
  /** Works on while the store is down. */
  readonly sessions: SessionMemory;
  readonly ownChanges: OwnChanges;
  readonly files: FileLinks;
  /** How the polls go, whichever instance makes them. */
  readonly monitor: MonitorView;
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  readonly newId: () => string;
  /** Names this process among those that share the store; the same again after a restart where it is alone. */
  readonly instance: string;
  /** No other instance can share the store. */
  readonly alone?: boolean;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly paces?: Paces | undefined;
  readonly metrics: MonitorPorts['metrics'] & {
    turn(kind: string, outcome: string, seconds: number): void;
    delivery(outcome: string, seconds: number): void;
  };
}

export interface App extends WaitingCards {
  readonly handler: Handler;
  ready(): Promise<Readiness>;
  /** Something changed at these agents of an account, the first if none is named; false where there is no such one. */
  hint(agents: readonly string[], account?: string): Promise<boolean>;
  /** Notifications that wait to be sent. */
  waiting(): number;
  /** How many agents the last polls of this instance saw. */
  agentCounts(): readonly AgentCount[];
  /** Begins to watch the fleet and to send what is due. */
  start(): void;
  stop(): Promise<void>;
}

/** Puts the bot together from its ports; nothing runs before it is started. */
export const createApp = (ports: AppPorts): App => {
  const { config, accounts, clock, log, metrics } = ports;
  // What a poll or a turn puts into the outbox goes out at once, not when the worker checks again.
  const store = notifyingOutbox(ports.store, () => delivery.wake());
  const { pollSeconds, webUrl, ownerField } = config;
  const named = optional('qualityNames', config.qualityNames);
  const admins = new Set(config.admins.map(normalizeId));
  const rules = { admins, defaultRole: config.defaultRole };
  const roles = createRoles({ grants: store.grants, rules, clock, log });
  const accountFinder = createAccountFinder({ accounts, choices: store.accountChoices, log });
  const usualHours = createUsualHours({ store, clock });
  const usual = { usualHours, usualScores: createUsualScores({ store }) };
  const monitors = createMonitors({ ...ports, ...named, ...usual, store, pollSeconds, admins });
  const alertCards: AlertCards<Collections> = { refresh: showOn };
  const alerts: AlertCloser<Collections> = { close: closeAlerts };
  const reading = {
    ...ports,
    ...named,
    savedFilters: store.savedFilters,
    staleAfterMs: staleAfterMs(pollSeconds),
    polled: monitors.latest,
    polling: monitors.reading,
  };
  const fleets = createFleetReader(reading);
  onNewSource(accounts, fleets.startOver);
  const settings = { ...optional('webUrl', webUrl), ...optional('ownerField', ownerField) };
  const comparisons = createComparisons({ ...ports, store, fleets });
  const parts = [resumesPart({ store }), trendPart({ store, clock }), webLinkPart(webUrl)];
  const diagnosis = diagnosisPart({ ...ports, store, comparisons });
  const bulk = createBulkRunner({ ...ports, ...config, store, fleets });
  const agents = createAgentReader({ ...reading, fleets, parts: [...parts, diagnosis] });
  const finder = createAgentFinder({ ...ports, fleets });
  const recurring = createPauses({ ...ports, ...config, store, agents, finder, fleets });
  const features: FeaturePorts & Pick<LinkPorts, 'liveShares'> = {
    ...ports,
    ...settings,
    ...{ ...recurring, agents, finder },
    ...{ store, roles, accountFinder },
    ...{ fleets, comparisons },
    ...usual,
    pollSeconds,
    bulk,
    many: createManyAgents({ ...ports, store, fleets, bulk }),
    ...{ confirmations: store.confirmations, changes: store.changes },
    ...{ traces: createTraceReader(ports), liveShares: createLiveShareFinder(ports) },
    tops: createTopReader({ store, clock, fleets }),
    silences: createSilences({ ...ports, store, alertCards }),
    watching: createWatchEditor({ ...ports, store, alerts, fleets }),
    hiding: createSilencePreviewer({ ...ports, store, fleets }),
    previewer: createWatchPreviewer({ ...ports, ...usual, store, fleets, pollSeconds }),
    refusal: (conversation) => delivery.refusal(conversation),
  };
  const schedule = createSchedule({
    ...ports,
    jobs: [
      bulk.job,
      timedResumesJob({ ...ports, store, pollSeconds }),
      ...[forgottenPausesJob, limitsRightJob].map((job) => job({ ...ports, store, fleets })),
      digestsJob({ ...ports, store }),
      connectionsJob({ ...ports, ...settings, pollSeconds, polled: monitors.latest, store }),
      remindersJob({ ...ports, store, fleets }),
      pruneJob({ store, clock }),
      clockJob({ store, clock, log }),
      auditHeadJob({ audit: store.audit, clock, log }),
      ...(ports.jobs ?? []),
    ],
  });
  const findMember = createMemberFinder({ ...ports, store });
  const pauses = createSchedule({ ...ports, jobs: [recurring.job] });
  const delivery = createDelivery({
    ...ports,
    store,
    render: createRender({
      ports: {
        store,
        clock,
        fleets,
        ...settings,
        comparisons,
        findMember,
        loadDigest: createDigestLoader({ store }),
      },
      notices,
      clock,
      roleIn: async ({ account, tenantId, personId }) =>
        (await roles.of(account, tenantId, personId)).role,
      atAccount: noticesAtAccount(accountFinder),
    }),
    isPatient: noticesWith(notices, 'patient'),
    lasts: noticesWith(notices, 'lasts'),
    onSent: ({ tookMs }) => metrics.delivery('sent', tookMs / 1000),
    onFailed: ({ outcome, tookMs }) => metrics.delivery(outcome, tookMs / 1000),
  });
  const recorder = createAuditRecorder({ audit: store.audit, clock, log, commands, actions });
  return {
    handler: createTurnHandler({
      features,
      store,
      recorder,
      paces: ports.paces,
      onTurn: (kind, outcome, seconds) => metrics.turn(kind, outcome, seconds),
    }),
    ...createWaitingCards({ accountFinder, clock }),
    ready: () =>
      readReadiness({ ...features, delivery: () => delivery.view().ok })(namesOf(accounts)),
    hint: async (agents, name) => {
      const [first] = accounts.list();
      const account = name === undefined ? first : accountNamed(accounts.list(), name);
      if (account === undefined) return false;
      fleets.forget(account.name);
      await monitors.hint(account.name, agents);
      return true;
    },
    agentCounts: monitors.agentCounts,
    waiting: () => delivery.view().waiting,
    start: () => void [monitors, bulk, schedule, pauses, delivery].map((part) => part.start()),
    stop: async () => {
      await Promise.all([monitors, schedule, pauses, bulk, delivery].map((part) => part.stop()));
      await recorder.stop();
    },
  };
};
