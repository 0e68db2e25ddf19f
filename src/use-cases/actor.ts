import type { Change } from '../core/change.ts';
import type { Actor, Conversation } from '../core/stores.ts';
import type { Scope } from '../core/turn.ts';

/** Entra object id where Teams gives one: it is the same in every conversation and bot. */
export const personIdOf = ({ person }: Pick<Scope, 'person'>): string =>
  person.objectId ?? person.id;

export const actorOf = (scope: Pick<Scope, 'person'>): Actor => ({
  id: personIdOf(scope),
  name: scope.person.name,
});

/** Where something is said, without everything else that a scope knows. */
export const conversationOf = ({ account, conversationKey }: Scope): Conversation => ({
  account,
  conversationKey,
});

export const isSameConversation = (a: Conversation, b: Conversation): boolean =>
  a.account === b.account && a.conversationKey === b.conversationKey;

/** Who changes what, where and when: the part that every kept change has in common. */
export const changedBy = (
  scope: Scope,
  agent: string,
  id: string,
  at: number,
): Omit<Change, 'kind'> => ({
  id,
  account: scope.account,
  tenantId: scope.address.tenantId,
  conversationKey: scope.conversationKey,
  personId: personIdOf(scope),
  personName: scope.person.name,
  at,
  agent,
});
