import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { type OwnChange, ownChangeRememberedMs } from './domain/own-change.ts';
import type { OwnChanges } from './store.ts';

/** Older ones are long over. */
const most = 1000;

interface Shared {
  readonly stored: OwnChanges;
  readonly log: Logger;
}

/**
 * They are stored, for another instance may be the one that polls. A store that is down must not hold up a
 * change: what it did not take is remembered here, and without a store all is.
 */
export const createOwnChanges = (shared?: Shared): OwnChanges => {
  const byAccount = new Map<string, readonly OwnChange[]>();
  const remember = (account: string, ownChange: OwnChange): void => {
    byAccount.set(account, [...(byAccount.get(account) ?? []), ownChange].slice(-most));
  };
  return {
    add: async (account, ownChange) => {
      if (shared === undefined) return remember(account, ownChange);
      try {
        await shared.stored.add(account, ownChange);
      } catch (error) {
        shared.log.warn('own-change.not-stored', { code: asAppError(error).code });
        remember(account, ownChange);
      }
    },
    current: async (account, now) => {
      const remembered = (byAccount.get(account) ?? []).filter(({ until }) => now < until);
      const stored = (await shared?.stored.current(account, now)) ?? [];
      return [...stored, ...remembered];
    },
    recent: async (account, now) => {
      const remembered = (byAccount.get(account) ?? []).filter(
        ({ at, until }) => now - (at ?? until) < ownChangeRememberedMs,
      );
      byAccount.set(account, remembered);
      return [...((await shared?.stored.recent(account, now)) ?? []), ...remembered];
    },
  };
};
