import type { AlertEvent } from '../core/alert.ts';
import type { Expectations } from '../core/expectation-store.ts';
import type { Clock, Correlation, Logger, PingPlotter } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

/** What the monitor of one account works with. */
export interface MonitorPorts {
  readonly account: string;
  /**
   * Differs when the account is read at another address or with another key: then what was known of
   * its fleet is no measure for what is read now. Holds neither of them in clear.
   */
  readonly source?: string;
  readonly store: Store;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly expectations: Expectations;
  readonly clock: Clock;
  readonly log: Logger;
  readonly correlation: Correlation;
  readonly newId: () => string;
  readonly pollSeconds: number;
  /** Ids of those who are admins by the configuration. */
  readonly admins: ReadonlySet<string>;
  readonly metrics: {
    sweep(outcome: string, seconds: number): void;
    alert(event: AlertEvent['kind']): void;
  };
}
