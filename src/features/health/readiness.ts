import type { Clock } from '../../platform/clock.ts';
import type { CredentialsRefusal } from '../../platform/messenger.ts';
import type { Readiness } from '../../platform/metrics.ts';
import type { Store } from '../../platform/store.ts';
import { recentPoll } from './domain/recent.ts';
import { findTroubles, type PollState } from './domain/troubles.ts';

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
}

/**
 * Whether the bot can do its work now: the store is open, the last poll is recent, and it saw what it is there
 * to see. The reasons are also given while it can, for what hurts without stopping it.
 */
export const readReadiness =
  (
    ports: OutageSources & {
      readonly monitor: MonitorView;
      readonly clock: Clock;
      readonly pollSeconds: number;
      readonly store: Pick<Store, 'check'>;
      readonly delivery: () => boolean;
    },
  ) =>
  async (account: string): Promise<Readiness> => {
    const { pollSeconds } = ports;
    const now = ports.clock.now();
    const store = await holds(ports.store.check());
    const polls = store ? await ports.monitor.polls(account).catch(() => undefined) : undefined;
    const isRecent = recentPoll(now, pollSeconds);
    const sees = polls?.blindSince === undefined && polls?.unmeasured === undefined;
    const checks = {
      store,
      pingplotter: isRecent(polls?.lastGoodAt),
      monitor: isRecent(polls?.lastAt) && sees,
      delivery: ports.delivery(),
    };
    const reasons = findTroubles({
      now,
      pollSeconds,
      store,
      polls,
      clockAheadMs: ports.clockAheadMs(account),
      credentials: ports.credentials(),
      delivery: checks.delivery,
    });
    return {
      ready: Object.values(checks).every(Boolean),
      checks,
      ...(reasons.length === 0 ? {} : { reasons }),
    };
  };

const holds = (check: Promise<void>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  );
