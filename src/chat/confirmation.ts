import { AppError } from '../platform/errors.ts';

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

const explanations: Readonly<Record<Exclude<Redemption, 'granted'>, string>> = {
  used: 'This card was used already, so nothing was done again.',
  expired: 'This card is older than ten minutes, so nothing was done. Ask for a new one.',
  foreign: 'This card was made for somebody else or something else, so nothing was done.',
  unknown: 'This card is not known any more, so nothing was done. Ask for a new one.',
};

/** Throws 'expired' unless the token was good. */
export const requireGranted = (redemption: Redemption): void => {
  if (redemption !== 'granted')
    throw new AppError('expired', `confirmation ${redemption}`, {
      explanation: explanations[redemption],
    });
};
