import type { Clock } from '../../platform/clock.ts';
import type { Readiness } from '../../platform/metrics.ts';
import type { Store } from '../../platform/store.ts';

/** How the polls of an account go; ms since 1970, absent = not yet. */
export interface PollState {
  readonly lastAt?: number;
  /** The last one that could be read whole. */
  readonly lastGoodAt?: number;
  readonly blindSince?: number;
}

/** Port: how the polls go, whichever instance makes them. */
export interface MonitorView {
  polls(account: string): Promise<PollState>;
}

/** A poll may take a while, and one may be missed: after this many intervals it is late. */
const lateAfterPolls = 3;

/** Whether the bot can do its work now: the store is open and the last poll is recent. */
export const readReadiness =
  (ports: {
    readonly monitor: MonitorView;
    readonly clock: Clock;
    readonly pollSeconds: number;
    readonly store: Pick<Store, 'check'>;
    readonly delivery: () => boolean;
  }) =>
  async (account: string): Promise<Readiness> => {
    const since = ports.clock.now() - lateAfterPolls * ports.pollSeconds * 1000;
    const recent = (at: number | undefined): boolean => at !== undefined && at >= since;
    const store = await holds(ports.store.check());
    const polls = store ? await ports.monitor.polls(account).catch(() => undefined) : undefined;
    const checks = {
      store,
      pingplotter: recent(polls?.lastGoodAt),
      monitor: recent(polls?.lastAt),
      delivery: ports.delivery(),
    };
    return { ready: Object.values(checks).every(Boolean), checks };
  };

const holds = (check: Promise<void>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  );
