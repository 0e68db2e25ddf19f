/** How the sweeps of an account go; ms since 1970, absent = not yet. */
export interface SweepState {
  readonly lastAt?: number;
  /** The last one that could be read whole. */
  readonly lastGoodAt?: number;
  readonly blindSince?: number;
}

/** Port: what the monitor tells of itself, whichever instance it runs on. */
export interface MonitorView {
  sweeps(account: string): Promise<SweepState>;
}
