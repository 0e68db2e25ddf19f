export interface Readiness {
  readonly ready: boolean;
  readonly checks: {
    readonly store: boolean;
    readonly pingplotter: boolean;
    readonly monitor: boolean;
    readonly delivery: boolean;
  };
}
