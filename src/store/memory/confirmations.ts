import { type Confirmations, confirmationLifetimeMs } from '../../core/confirmation.ts';
import type { Clock } from '../../core/ports.ts';
import { type IssuedToken, redemption } from '../redemption.ts';

/** Forgets all when the process ends. */
export const createConfirmations = ({
  clock,
  newToken,
}: {
  readonly clock: Clock;
  readonly newToken: () => string;
}): Confirmations => {
  const tokens = new Map<string, IssuedToken>();

  /** Kept for a second lifetime, so that a late press is told 'expired'. Oldest first. */
  const dropForgotten = (): void => {
    for (const [token, { expiresAt }] of tokens) {
      if (clock.now() < expiresAt + confirmationLifetimeMs) return;
      tokens.delete(token);
    }
  };

  return {
    issue: async (binding) => {
      dropForgotten();
      const token = newToken();
      tokens.set(token, { binding, expiresAt: clock.now() + confirmationLifetimeMs, used: false });
      return token;
    },
    redeem: async (token, binding) => {
      const issued = tokens.get(token);
      const verdict = redemption(issued, binding, clock.now());
      if (issued !== undefined && verdict === 'granted') {
        tokens.set(token, { ...issued, used: true });
      }
      return verdict;
    },
  };
};
