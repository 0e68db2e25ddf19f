import type { Verb } from './verbs.ts';

/** What a confirmation or a form is bound to: the right person, for the right thing. */
export interface Binding {
  readonly tenantId: string;
  /** Entra object id, else Teams' id. */
  readonly personId: string;
  readonly verb: Verb;
  /** The agent, where there is one. */
  readonly subject: string;
}

export type Redemption = 'granted' | 'used' | 'expired' | 'foreign' | 'unknown';

/** A confirmation holds for ten minutes and works once. */
export const confirmationLifetimeMs = 10 * 60_000;

/** Port: one-time tokens. */
export interface Confirmations {
  issue(binding: Binding): Promise<string>;
  /** Uses the token up when it fits; any other answer leaves it as it was. */
  redeem(token: string, binding: Binding): Promise<Redemption>;
}
