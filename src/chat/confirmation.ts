import { refusal } from '../platform/errors.ts';
import type { ReasonName } from '../platform/reasons.ts';

/** What a confirmation or a form is bound to: the right person, for the right thing. */
export interface Binding {
  readonly tenantId: string;
  /** Entra object id, else Teams' id. */
  readonly personId: string;
  /** What it is for, as the button calls it. */
  readonly verb: string;
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

const reasons = {
  used: 'card.used',
  expired: 'card.expired',
  foreign: 'card.foreign',
  unknown: 'card.unknown',
} as const satisfies Readonly<Record<Exclude<Redemption, 'granted'>, ReasonName>>;

/** Throws 'expired' unless the token was good. */
export const requireGranted = (redemption: Redemption): void => {
  if (redemption !== 'granted') throw refusal('expired', reasons[redemption]);
};
