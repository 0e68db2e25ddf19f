import type { OwnChange } from './domain/own-change.ts';
import type { OwnChanges } from './store.ts';

/** Nobody asks for them while another instance watches the fleet; older ones are long over. */
const most = 1000;

/** They last for minutes, so that none has to outlive the process. */
export const createOwnChanges = (): OwnChanges => {
  const byAccount = new Map<string, readonly OwnChange[]>();
  return {
    add: async (account, ownChange) => {
      byAccount.set(account, [...(byAccount.get(account) ?? []), ownChange].slice(-most));
    },
    current: async (account, now) => {
      const current = (byAccount.get(account) ?? []).filter(({ until }) => now < until);
      byAccount.set(account, current);
      return current;
    },
  };
};
