import type { Expectation } from './expectation.ts';

/** Port: what the bot did lately, so that nobody is told of its consequences. */
export interface Expectations {
  add(account: string, expectation: Expectation): Promise<void>;
  /** Those that are not over yet. */
  current(account: string, now: number): Promise<readonly Expectation[]>;
}
