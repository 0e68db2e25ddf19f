import type { Clock } from '../../platform/clock.ts';
import type { CredentialsRefusal } from '../../platform/messenger.ts';
import type { Readiness } from '../../platform/metrics.ts';
import type { Store } from '../../platform/store.ts';
import { recentPoll } from './domain/recent.ts';
import { findTroubles, type PollState, type Trouble } from './domain/troubles.ts';

/** Port: how the polls go, whichever instance makes them. */
export interface MonitorView {
  polls(account: string): Promise<PollState>;
}

/** What is known of the bot's own outages besides the store and the polls. */
export interface OutageSources {
  /** How far this machine's clock is ahead of PingPlotter's, in ms; 0 = within a minute. */
  readonly clockAheadMs: (account: string) => number;
  /** Set while Teams or the sign-in service refuses the bot's credentials. */
  readonly credentials: () => CredentialsRefusal | undefined;
  /** What is wrong with the file of accounts, while the bot goes by what it held before. */
  readonly accountsFaults?: () => readonly string[];
}

type Ports = OutageSources & {
  readonly monitor: MonitorView;
  readonly clock: Clock;
  readonly pollSeconds: number;
  readonly store: Pick<Store, 'check'>;
  readonly delivery: () => boolean;
};

/**
 * Whether the bot can do its work now: the store is open, the last poll is recent, and it saw what it is there
 * to see. What is about accounts holds while it does for one of them: a key that one customer took back must not take
 * the bot from all others. The reasons are also given while it can, for what hurts without stopping it.
 */
export const readReadiness =
  (ports: Ports) =>
  async (accounts: readonly string[]): Promise<Readiness> => {
    const store = await holds(ports.store.check());
    const all = await Promise.all(accounts.map((account) => readAccount(ports, account, store)));
    const checks = {
      store,
      pingplotter: all.some(({ pingplotter }) => pingplotter),
      monitor: all.some(({ monitor }) => monitor),
      delivery: ports.delivery(),
    };
    const reasons = all.flatMap(({ troubles }, index) =>
      troubles.map((trouble) =>
        accounts.length > 1 && !ofTheBot.has(trouble) ? `${accounts[index]}: ${trouble}` : trouble,
      ),
    );
    return {
      ready: Object.values(checks).every(Boolean),
      checks,
      ...(reasons.length === 0 ? {} : { reasons: [...new Set(reasons)] }),
    };
  };

/** What one account can be relied on for. */
export interface AccountReadiness {
  /** Its last poll that could be read whole is recent. */
  readonly pingplotter: boolean;
  /** Its last poll is recent, and saw what it is there to see. */
  readonly monitor: boolean;
  readonly troubles: readonly Trouble[];
}

const readAccount = async (
  ports: Ports,
  account: string,
  store: boolean,
): Promise<AccountReadiness> => {
  const { pollSeconds } = ports;
  const now = ports.clock.now();
  const polls = store ? await ports.monitor.polls(account).catch(() => undefined) : undefined;
  const isRecent = recentPoll(now, pollSeconds);
  const sees = polls?.blindSince === undefined && polls?.unmeasured === undefined;
  return {
    pingplotter: isRecent(polls?.lastGoodAt),
    monitor: isRecent(polls?.lastAt) && sees,
    troubles: findTroubles({
      now,
      pollSeconds,
      store,
      polls,
      clockAheadMs: ports.clockAheadMs(account),
      credentials: ports.credentials(),
      delivery: ports.delivery(),
    }),
  };
};

const ofTheBot: ReadonlySet<Trouble> = new Set([
  'database',
  'sign-in-refused',
  'connector-refused',
  'delivery-stopped',
]);

const holds = (check: Promise<void>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  );
