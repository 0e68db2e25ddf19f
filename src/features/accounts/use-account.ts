import { actorOf, requireRole } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { Account, Accounts } from '../../platform/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import { nearestCommands } from '../../shared/names.ts';
import { mayAct } from '../../shared/role.ts';
import { askedIn } from './at-account.ts';
import { accountUsedCard } from './cards/account-used.ts';
import { accountNamed, accountsOfTenant, boundByFile } from './domain/account-of.ts';
import type { AccountFinder } from './find-account.ts';
import type { AccountChoices } from './store.ts';

export interface UsePorts {
  readonly accounts: Accounts;
  readonly accountFinder: AccountFinder;
  readonly clock: Clock;
  readonly store: { readonly accountChoices: AccountChoices };
}

/** In a 1:1 chat everybody chooses; elsewhere operators do. */
export const requireChoice = ({ scope }: Turn): void => {
  if (scope.address.kind !== 'personal')
    requireRole(scope, 'operator', 'Choosing the account here');
};

/** From now on this conversation sees that account; `pick` finds it among those that the tenant may see. */
export const useAccount = async (
  { accounts, accountFinder, clock, store }: UsePorts,
  turn: Turn,
  pick: (own: readonly Account[]) => Account,
): Promise<Reply> => {
  const { scope, reader } = turn;
  const asked = askedIn(scope);
  const list = accounts.list();
  const { name } = pick(accountsOfTenant(list, scope.address.tenantId));
  const bound = boundByFile(list, asked);
  if (bound !== undefined && bound.name !== name)
    throw refusal('bad-input', 'account.bound', { name: bound.name });
  const drawn = () => accountUsedCard({ name, isNew: scope.account !== name }, reader);
  if (scope.account === name) return reply(drawn());
  await store.accountChoices.set({
    account: name,
    conversationKey: scope.conversationKey,
    by: actorOf(scope),
    at: clock.now(),
  });
  accountFinder.forget(asked);
  const changed = await changeReply({ after: name }, drawn);
  return changed.kind === 'card' ? { ...changed, account: name } : changed;
};

/** By its name as it was typed. Throws 'bad-input'. */
export const typedAccount =
  ({ scope }: Turn, typed: string) =>
  (own: readonly Account[]): Account => {
    if (own.length === 0) throw refusal('bad-input', 'account.none-here');
    const found = accountNamed(own, typed);
    if (found !== undefined) return found;
    const names = mayAct(scope.role, 'viewer') ? own.map(({ name }) => name) : [];
    throw refusal('bad-input', 'account.unknown', {
      typed,
      nearest: nearestCommands(typed, names)[0],
    });
  };
