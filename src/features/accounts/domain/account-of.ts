import type { Account } from '../../../platform/accounts.ts';
import { fold } from '../../../shared/fold.ts';
import { normalizeId } from '../../../shared/names.ts';

export interface Asked {
  readonly tenantId: string;
  /** Without `;messageid=…`. */
  readonly conversationKey: string;
}

/** The accounts that a tenant may see, in the order of the file. */
export const accountsOfTenant = (
  accounts: readonly Account[],
  tenantId: string,
): readonly Account[] => {
  const tenant = normalizeId(tenantId);
  return accounts.filter(({ tenants }) => tenants === 'any' || tenants.has(tenant));
};

/** What the file binds the conversation to. It counts for a tenant of that account alone. */
export const boundByFile = (
  accounts: readonly Account[],
  { tenantId, conversationKey }: Asked,
): Account | undefined =>
  accountsOfTenant(accounts, tenantId).find(({ conversations }) =>
    conversations.has(conversationKey),
  );

/** Whether nothing but what somebody chose says which one it is. */
export const needsChoice = (accounts: readonly Account[], asked: Asked): boolean =>
  boundByFile(accounts, asked) === undefined &&
  accountsOfTenant(accounts, asked.tenantId).length > 1;

/**
 * The account that a conversation sees: the one bound to it by the file, else the one that was chosen there, else the
 * only one of its tenant. None where several are left, or no account is for this tenant.
 */
export const accountOf = (
  accounts: readonly Account[],
  asked: Asked,
  chosen: string | undefined,
): Account | undefined => {
  const own = accountsOfTenant(accounts, asked.tenantId);
  return (
    boundByFile(accounts, asked) ??
    own.find(({ name }) => name === chosen) ??
    (own.length === 1 ? own[0] : undefined)
  );
};

/** By the one rule of sameness. */
export const accountNamed = (accounts: readonly Account[], typed: string): Account | undefined =>
  accounts.find(({ name }) => fold(name) === fold(typed));
