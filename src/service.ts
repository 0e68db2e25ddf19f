import { createApp } from './app.ts';
import type { Paces } from './chat/middleware/rate-limit.ts';
import type { AccountSettings, AccountsRead } from './config/accounts-file.ts';
import { accountsFileJob, createAccountsWatch } from './config/accounts-watch.ts';
import type { Config } from './config/environment.ts';
import { answerRule } from './delivery/outcome.ts';
import { createRateLimiter } from './delivery/rate-limiter.ts';
import { replyMessenger } from './delivery/reply-messenger.ts';
import { createSharedPace } from './delivery/shared-pace.ts';
import { watchCredentials } from './delivery/watch-credentials.ts';
import { createOwnChanges } from './features/changes/own-changes.ts';
import { createFileLinks } from './http/file-links.ts';
import { createHttpServer } from './http/server.ts';
import { createMonitorView } from './monitor/record.ts';
import { type ClientOptions, createClients } from './pingplotter/clients.ts';
import { sourceOf } from './pingplotter/http.ts';
import { createAccountLabels } from './platform/account-label.ts';
import { type Account, createAccounts, defaultAccount } from './platform/accounts.ts';
import { type Clock, within } from './platform/clock.ts';
import { correlatedLog, createCorrelation } from './platform/correlation.ts';
import { proxyLibraries } from './platform/http-agent.ts';
import type { Logger } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { normalizeId } from './shared/names.ts';
import { decorate } from './store/decorate.ts';
import { openStore } from './store/open.ts';
import { readDatabaseUrl } from './store/sql/database-url.ts';
import { createTeams } from './teams/teams.ts';
import { createTeamsClient } from './teams/teams-client.ts';

export interface ServicePorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** How much people may ask; the usual ones if left out. */
  readonly paces?: Paces;
  /** Adds what Prometheus wants to know of the process itself. */
  readonly processMetrics?: boolean;
  /** The file of accounts as it is now; left out where the environment names one. */
  readonly readAccounts?: () => AccountsRead;
}

export interface Service {
  /** Resolves with the port; rejects with Node's error, `EADDRINUSE` above all. */
  listen(): Promise<number>;
  /** Begins to watch the fleet and to send what is due. */
  start(): void;
  /** Reads the file of accounts now; without it that is done every few seconds. */
  readAccounts(): void;
  /** Takes no new requests, finishes what is under way within `ms`, and lets go of everything. */
  stop(ms: number): Promise<void>;
}

/** Prometheus gives up after 10 s, and a database that does not answer must not look like a bot that is down. */
const checksWithinMs = 5000;
const nothingHolds = { store: false, pingplotter: false, monitor: false, delivery: false };

/**
 * The whole bot: its edges and the app between them, with the store open. Nothing else runs before
 * `listen` and `start`. Rejects with 'store-down' or 'bad-input' when the store cannot be opened.
 */
export const createService = async (config: Config, ports: ServicePorts): Promise<Service> => {
  const { clock, newId, random } = ports;
  const correlation = createCorrelation();
  const log = correlatedLog(ports.log, correlation);
  const accounts = createAccounts(config.accounts.map(accountOf));
  const metrics = createMetrics({
    processMetrics: ports.processMetrics === true,
    labelOf: createAccountLabels(accounts),
  });
  // Nobody shares a file.
  const alone = readDatabaseUrl(config.databaseUrl).engine === 'sqlite';
  const opened = await openStore({
    url: config.databaseUrl,
    auditDays: config.auditDays,
    correlationId: correlation.current,
    patient: true,
    clock,
    log,
  });
  const { store, sessions } = decorate(opened, { alone, log });
  const optionsOf = (account: string): ClientOptions => {
    // One account alone needs no name.
    const named = account === defaultAccount ? {} : { account };
    return {
      timeoutMs: config.pingPlotterTimeoutMs,
      proxy: config.proxy,
      clock,
      random,
      onClock: (aheadMs) => {
        if (aheadMs === 0) log.info('clock.right', named);
        else log.warn('clock.off', { ms: aheadMs, ...named });
      },
      onCall: ({ endpoint, outcome, status, ms, attempt }) => {
        metrics.apiCall(endpoint, outcome, ms / 1000, account);
        log.info('pingplotter.called', { endpoint, outcome, status, ms, attempt, ...named });
      },
    };
  };
  const clients = createClients(config.accounts, optionsOf, clock.after);
  const accountsWatch = createAccountsWatch({
    current: config.accounts,
    read: ports.readAccounts ?? (() => ({ accounts: config.accounts })),
    apply: (settings) => {
      // First the clients: whoever hears of the new list reads with the new keys.
      clients.replace(settings);
      accounts.replace(settings.map(accountOf));
    },
    log,
  });
  const proxyNoMore = proxyLibraries(config.proxy);
  const shared = alone ? undefined : createSharedPace({ leases: store.leases, clock, newId });
  const rateLimiter = createRateLimiter({ clock, shared });
  const { proxy } = config;
  const client = createTeamsClient({ bot: config.bot, rateLimiter, clock, log, metrics, proxy });
  const teamsMessenger = watchCredentials(client.messenger);
  const files = createFileLinks({
    publicUrl: config.publicUrl,
    secrets: [config.accounts[0]?.apiKey ?? '', config.webhookSecret ?? ''],
    stored: store.files,
    clock,
    newId,
  });
  const app = createApp({
    config,
    pingPlotter: clients.of,
    accounts,
    accountsFaults: accountsWatch.faults,
    jobs: ports.readAccounts === undefined ? [] : [accountsFileJob(accountsWatch)],
    messenger: teamsMessenger.messenger,
    rateLimiter,
    roster: client.roster,
    store,
    sessions,
    files,
    ownChanges: createOwnChanges({ stored: store.ownChanges, log }),
    monitor: createMonitorView(store.documents),
    clockAheadMs: clients.clockAheadMs,
    credentials: teamsMessenger.refusal,
    clock,
    log,
    correlation,
    newId,
    // What this process was sending when it died can go on at once where nobody else can send.
    instance: alone ? 'only' : newId(),
    alone,
    random,
    paces: ports.paces,
    metrics,
  });
  const messenger = { messenger: teamsMessenger.messenger, rateLimiter, clock, random };
  const teams = createTeams({
    ...config,
    ...app,
    allowedTenants: () => allowedTenants(config, accounts.list()),
    authentication: client.authentication,
    messenger: replyMessenger(messenger, answerRule),
    clock,
    log,
    metrics,
    // The request has one already.
    newId: () => correlation.current() ?? newId(),
  });
  const http = createHttpServer({
    refusal: teams.refusal,
    receive: (request) => correlation.within(newId(), () => teams.receive(request)),
    ready: app.ready,
    metricsText: async () => {
      metrics.agents(app.agentCounts());
      metrics.outbox(app.waiting());
      metrics.unreadable(store.unreadable());
      const readiness = await within(clock, checksWithinMs, app.ready());
      metrics.ready(readiness?.value.checks ?? nothingHolds);
      return metrics.text();
    },
    webhookSecret: config.webhookSecret,
    onHint: app.hint,
    openFile: files.open,
    log,
  });
  return {
    listen: () => http.listen(config.port, config.host),
    start: app.start,
    readAccounts: accountsWatch.check,
    stop: async (ms) => {
      await Promise.all([http.close(), teams.drain(ms), app.stop()]);
      clients.close();
      proxyNoMore();
      await store.close();
    },
  };
};

const accountOf = (settings: AccountSettings): Account => ({
  name: settings.name,
  source: sourceOf(settings),
  tenants:
    settings.tenants === 'any' ? 'any' : new Set(settings.tenants.map((id) => normalizeId(id))),
  conversations: new Set(settings.conversations),
});

/** Those of the configuration and of all accounts. */
const allowedTenants = (
  { allowedTenants: listed }: Config,
  accounts: readonly Account[],
): Config['allowedTenants'] =>
  listed === 'any'
    ? listed
    : [...listed, ...accounts.flatMap(({ tenants }) => (tenants === 'any' ? [] : [...tenants]))];
