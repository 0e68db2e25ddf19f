/** One PingPlotter account as the running bot knows it, without its address and key. */
export interface Account {
  /** All that is stored of the account is stored under it. */
  readonly name: string;
  /** Differs when the account is read at another address or with another key. Holds neither of them in clear. */
  readonly source?: string;
  /** Entra tenants that may see it, as `normalizeId` gives them. */
  readonly tenants: ReadonlySet<string> | 'any';
  /** Conversations that see it whatever else their tenant may see. */
  readonly conversations: ReadonlySet<string>;
}

/** Port: the accounts, which may change while the bot runs. */
export interface Accounts {
  /** In the order of the file. */
  list(): readonly Account[];
  /** The listener hears of every later change. */
  onChange(listener: () => void): void;
}

/** The only account where no file names several. */
export const defaultAccount = 'default';

/** Stands for none: no conversation can see it, and nothing is stored under it but the conversation itself. */
export const noAccount = '';

/** The one account that every tenant sees. */
export const onlyAccount = (source?: string): Account => ({
  name: defaultAccount,
  ...(source === undefined ? {} : { source }),
  tenants: 'any',
  conversations: new Set(),
});

export interface ReplaceableAccounts extends Accounts {
  replace(accounts: readonly Account[]): void;
}

export const createAccounts = (first: readonly Account[]): ReplaceableAccounts => {
  let current = first;
  const listeners: (() => void)[] = [];
  return {
    list: () => current,
    onChange: (listener) => {
      listeners.push(listener);
    },
    replace: (accounts) => {
      current = accounts;
      for (const listener of listeners) listener();
    },
  };
};

/** The listener hears of each account that is gone, or is read at another address or with another key. */
export const onNewSource = (accounts: Accounts, listener: (account: string) => void): void => {
  const sources = () => new Map(accounts.list().map(({ name, source }) => [name, source]));
  let before = sources();
  accounts.onChange(() => {
    const after = sources();
    for (const [name, source] of before) if (after.get(name) !== source) listener(name);
    before = after;
  });
};

export const namesOf = (accounts: Accounts): readonly string[] =>
  accounts.list().map(({ name }) => name);
