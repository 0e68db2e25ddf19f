import type { Scope } from '../../chat/turn.ts';
import type { Accounts } from '../../platform/accounts.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { accountsOfTenant } from '../accounts/domain/account-of.ts';
import type { PollState } from './domain/troubles.ts';
import type { MonitorView } from './readiness.ts';

/** How the polls of one of several accounts go. */
export interface AccountPolls {
  readonly name: string;
  /** Absent when they cannot be read. */
  readonly polls?: PollState;
}

interface Ports {
  readonly accounts: Accounts;
  readonly monitor: MonitorView;
  readonly log: Logger;
  readonly roles: { isListedAdmin(objectId: string): boolean };
}

/**
 * All accounts that the tenant may see, for those who are admins of all of them, and in their 1:1 chat alone: in any
 * other place nothing of another account is shown.
 */
export const readAccountPolls = async (
  { accounts, monitor, log, roles }: Ports,
  { oneOfSeveral, address, person, guest }: Scope,
): Promise<readonly AccountPolls[] | undefined> => {
  const isAdminOfAll =
    guest !== true && person.objectId !== undefined && roles.isListedAdmin(person.objectId);
  if (oneOfSeveral !== true || address.kind !== 'personal' || !isAdminOfAll) return undefined;
  const own = accountsOfTenant(accounts.list(), address.tenantId);
  return Promise.all(
    own.map(({ name }) =>
      monitor.polls(name).then(
        (polls) => ({ name, polls }),
        (error: unknown) => {
          log.warn('health.polls-unreadable', { code: asAppError(error).code });
          return { name };
        },
      ),
    ),
  );
};
