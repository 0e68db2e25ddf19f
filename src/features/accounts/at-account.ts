import { parseCommand } from '../../chat/command-line.ts';
import { type CommandFacts, commandCalled } from '../../chat/define-command.ts';
import type { Incoming, Middleware, Reply, Scope } from '../../chat/turn.ts';
import { type Accounts, noAccount } from '../../platform/accounts.ts';
import { AppError, refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct } from '../../shared/role.ts';
import { accountKey, accountMark, ofAccount, type ShownAccount } from '../../ui/of-account.ts';
import { accountsOfTenant } from './domain/account-of.ts';
import type { AccountFinder, FoundAccount } from './find-account.ts';

/**
 * Fills in the account that the conversation sees, and gives its name to every card that answers: at this one place,
 * whatever is drawn and wherever it fails.
 */
export const atAccount =
  (finder: AccountFinder): Middleware =>
  (next) =>
  async (incoming, signal) => {
    if (incoming.kind === 'ignored') return next(incoming, signal);
    const found = await finder.find(askedIn(incoming.scope));
    const reply = await next({ ...incoming, scope: scopeAt(incoming.scope, found) }, signal);
    return reply && named(reply, found);
  };

export const askedIn = ({ address, conversationKey }: Scope) => ({
  tenantId: address.tenantId,
  conversationKey,
});

const scopeAt = (scope: Scope, { name, oneOfSeveral, unread }: FoundAccount): Scope => ({
  ...scope,
  account: name,
  ...(oneOfSeveral ? { oneOfSeveral: true as const } : {}),
  ...optional('accountUnread', unread),
});

const named = (reply: Reply, found: ShownAccount): Reply => {
  switch (reply.kind) {
    case 'card': {
      const shown = reply.account === undefined ? found : { ...found, name: reply.account };
      const { everyone, openly } = reply;
      return {
        ...reply,
        card: ofAccount(reply.card, shown),
        ...optional('everyone', everyone && ofAccount(everyone, shown)),
        ...optional('openly', openly && ofAccount(openly, shown)),
      };
    }
    case 'hits':
      return {
        ...reply,
        hits: reply.hits.map((hit) => ({
          ...hit,
          ...optional('card', hit.card && ofAccount(hit.card, found)),
        })),
      };
    default:
      return reply satisfies never;
  }
};

/**
 * A button of a card that was drawn of another account is unknown here. One that says nothing of an account is looked
 * up like any other: what it names is of this account or not known.
 */
export const onOwnCards: Middleware = (next) => async (incoming, signal) => {
  if (incoming.kind !== 'action') return next(incoming, signal);
  const { [accountKey]: mark, ...data } = recordOf(incoming.data);
  const { account, oneOfSeveral } = incoming.scope;
  if (mark === undefined) return next(incoming, signal);
  // `use` may be pressed on the card of the account before.
  if (oneOfSeveral === true && mark !== accountMark(account) && !isAboutAccounts(incoming.verb))
    throw refusal('bad-input', 'account.other-card');
  return next({ ...incoming, data }, signal);
};

const isAboutAccounts = (verb: string): boolean => verb.startsWith('account.');

const recordOf = (data: unknown): Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null ? { ...data } : {};

interface Ports {
  readonly accounts: Accounts;
  readonly commands: readonly CommandFacts[];
}

/** Refuses what needs an account where none is chosen, or none is for this tenant. */
export const requireAccount =
  ({ accounts, commands }: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    if (incoming.kind === 'ignored' || !needsAccount(incoming, commands))
      return next(incoming, signal);
    const { address, role, accountUnread } = incoming.scope;
    if (accountUnread === true) throw new AppError('store-down', 'the account is not known');
    const own = accountsOfTenant(accounts.list(), address.tenantId);
    if (own.length === 0) throw refusal('bad-input', 'account.none-here');
    // Who may see nothing learns no names.
    const names = mayAct(role, 'viewer') ? own.map(({ name }) => name) : [];
    throw refusal('bad-input', 'account.unchosen', { names });
  };

type Heard = Exclude<Incoming, { readonly kind: 'ignored' }>;

const needsAccount = (incoming: Heard, commands: readonly CommandFacts[]): boolean => {
  if (incoming.scope.account !== noAccount) return false;
  switch (incoming.kind) {
    case 'command':
      return !isForAny(commands, parseCommand(incoming.text).name);
    case 'action': {
      if (incoming.verb !== 'command.run') return !isAboutAccounts(incoming.verb);
      const { command } = recordOf(incoming.data);
      return typeof command !== 'string' || !isForAny(commands, command);
    }
    case 'search':
    case 'link':
    case 'message-action':
      return true;
    case 'installed':
    case 'removed':
      return false;
    default:
      return incoming satisfies never;
  }
};

const isForAny = (commands: readonly CommandFacts[], name: string): boolean =>
  commandCalled(commands, name)?.anyAccount === true;
