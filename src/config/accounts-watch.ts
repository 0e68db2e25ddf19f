import type { Job } from '../platform/job.ts';
import type { Logger } from '../platform/log.ts';
import { type AccountSettings, type AccountsRead, faultText } from './accounts-file.ts';

interface Ports {
  /** What the bot goes by. */
  readonly current: readonly AccountSettings[];
  readonly read: () => AccountsRead;
  readonly apply: (accounts: readonly AccountSettings[]) => void;
  readonly log: Logger;
}

export interface AccountsWatch {
  /** Takes over what the file and the files of keys hold now. One at fault changes nothing, and that is logged. */
  check(): void;
  /** What is wrong with the file now, so that the bot goes by what it held before. */
  faults(): readonly string[];
}

export const createAccountsWatch = ({ current, read, apply, log }: Ports): AccountsWatch => {
  let good = JSON.stringify(current);
  let known: readonly string[] = [];
  return {
    check: () => {
      const found = read();
      if ('faults' in found) {
        const faults = found.faults.map(faultText);
        if (known.join('\n') !== faults.join('\n')) log.error('accounts.refused', { faults });
        known = faults;
        return;
      }
      const text = JSON.stringify(found.accounts);
      if (text !== good) {
        apply(found.accounts);
        good = text;
      } else if (known.length === 0) return;
      known = [];
      log.info('accounts.read', { accounts: found.accounts.length });
    },
    faults: () => known,
  };
};

export const accountsFileJob = (watch: AccountsWatch): Job => ({
  name: 'reading the file of accounts',
  run: async () => watch.check(),
});
