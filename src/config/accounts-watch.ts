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
  /** Whether the file is at fault, so that the bot goes by what it held before. */
  isRefused(): boolean;
}

export const createAccountsWatch = ({ current, read, apply, log }: Ports): AccountsWatch => {
  let good = JSON.stringify(current);
  let faulty: string | undefined;
  return {
    check: () => {
      const found = read();
      if ('faults' in found) {
        const faults = found.faults.map(faultText);
        if (faulty !== JSON.stringify(faults)) log.error('accounts.refused', { faults });
        faulty = JSON.stringify(faults);
        return;
      }
      const text = JSON.stringify(found.accounts);
      if (text !== good) {
        apply(found.accounts);
        good = text;
      } else if (faulty === undefined) return;
      faulty = undefined;
      log.info('accounts.read', { accounts: found.accounts.length });
    },
    isRefused: () => faulty !== undefined,
  };
};

export const accountsFileJob = (watch: AccountsWatch): Job => ({
  name: 'reading the file of accounts',
  run: async () => watch.check(),
});
