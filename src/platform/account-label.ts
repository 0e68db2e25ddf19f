import type { Accounts } from './accounts.ts';

/** Which account a series of `/metrics` is of; nothing where there is only one. */
export interface AccountLabel {
  readonly account?: string;
}

/** Each has some hundreds of series, and those of an account that is gone last as long as the process. */
const mostAccounts = 50;
/** No account can be called so. */
const others = '(others)';

/** Labels for the first accounts that are seen; all later ones share one. */
export const createAccountLabels = (
  accounts: Pick<Accounts, 'list'>,
): ((account: string) => AccountLabel) => {
  const seen = new Set<string>();
  return (account) => {
    if (accounts.list().length < 2) return {};
    if (seen.size < mostAccounts) seen.add(account);
    return { account: seen.has(account) ? account : others };
  };
};
