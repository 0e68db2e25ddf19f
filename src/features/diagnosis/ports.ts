import type { Comparison } from './domain/diagnose-problem.ts';

/** Port: what one agent, or a group of them, is compared with: the fleet as it was read last, counted once for all who ask. */
export interface Comparisons {
  /** Reads the fleet where nobody has for minutes; an old reading, or nothing, where that fails. */
  of(account: string): Promise<Comparison | undefined>;
}
