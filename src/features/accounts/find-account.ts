import { LRUCache } from 'lru-cache';
import { type Account, type Accounts, noAccount } from '../../platform/accounts.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { upTo } from '../../shared/up-to.ts';
import { type Asked, accountOf, needsChoice } from './domain/account-of.ts';
import type { AccountChoices } from './store.ts';

interface Ports {
  readonly accounts: Accounts;
  readonly choices: Pick<AccountChoices, 'find'>;
  readonly log: Logger;
}

export interface FoundAccount {
  /** `noAccount` where none is chosen, or none is for this tenant. */
  readonly name: string;
  /** Whether the bot has others too, so that everything says which one it is of. */
  readonly oneOfSeveral: boolean;
  /** The store could not say what was chosen here. */
  readonly unread?: true;
}

export interface AccountFinder {
  /** Never rejects: what was chosen last counts while the store is down. */
  find(asked: Asked): Promise<FoundAccount>;
  /** As it was found last, without waiting. */
  last(asked: Asked): FoundAccount;
  /** Somebody chose another one here. */
  forget(asked: Asked): void;
}

/** Each is two short texts. */
const mostConversations = 10_000;

/** Which account each conversation sees. The store is asked only where somebody has to choose. */
export const createAccountFinder = ({ accounts, choices, log }: Ports): AccountFinder => {
  const chosen = new LRUCache<string, string>(upTo(mostConversations));

  const found = (account: Account | undefined): FoundAccount => ({
    name: account?.name ?? noAccount,
    oneOfSeveral: accounts.list().length > 1,
  });

  return {
    find: async (asked) => {
      const list = accounts.list();
      const { conversationKey } = asked;
      if (!needsChoice(list, asked)) return found(accountOf(list, asked, undefined));
      try {
        const choice = await choices.find(conversationKey);
        if (choice === undefined) chosen.delete(conversationKey);
        else chosen.set(conversationKey, choice.account);
        return found(accountOf(list, asked, choice?.account));
      } catch (error) {
        log.warn('account.unreadable', { code: asAppError(error).code });
        const known = found(accountOf(list, asked, chosen.get(conversationKey)));
        return known.name === noAccount ? { ...known, unread: true } : known;
      }
    },
    last: (asked) => found(accountOf(accounts.list(), asked, chosen.get(asked.conversationKey))),
    forget: ({ conversationKey }) => {
      chosen.delete(conversationKey);
    },
  };
};
