import type { Reader } from '../../../platform/messenger.ts';
import { mayAct } from '../../../shared/role.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { ago } from '../../../ui/time.ts';
import type { AccountPolls } from '../other-accounts.ts';
import { row } from './row.ts';

const shownFaults = 5;

/** That the file of accounts is at fault; what is wrong in it is an admin's affair. */
export const fileRows = (faults: readonly string[] | undefined, reader: Reader) => {
  if (faults === undefined) return [];
  const goesOn = 'The bot goes by the accounts that it held before.';
  const more = faults.length - shownFaults;
  const named = faults.slice(0, shownFaults).map((fault) => plain(fault, 200));
  const line = mayAct(reader.role, 'admin')
    ? dots([goesOn, ...named, more > 0 && `and ${counted(more, 'fault')} more, in the log`])
    : goesOn;
  return [row('File of accounts', false, 'refused', line)];
};

/** What does not see comes first; a provider has some dozens. */
const shownAccounts = 40;

export const accountRows = (accounts: readonly AccountPolls[], reader: Reader) => {
  const rows = accounts
    .map((account) => accountRow(account, reader))
    .toSorted((one, other) => Number(one.isSubtle) - Number(other.isSubtle));
  const more = rows.length - shownAccounts;
  return [
    ...rows.slice(0, shownAccounts),
    ...(more > 0 ? [row(`and ${counted(more, 'account')} more`, true, '', 'see the metrics')] : []),
  ];
};

const accountRow = ({ name, polls }: AccountPolls, reader: Reader) => {
  const what = plainName(name);
  if (polls === undefined) return row(what, false, 'not known', 'The database cannot be reached.');
  const { lastAt, blindSince, unmeasured, keyWrongSince } = polls;
  const sees = blindSince === undefined && unmeasured === undefined;
  return row(
    what,
    sees && lastAt !== undefined,
    lastAt === undefined ? 'not yet' : sees ? 'sees' : 'blind',
    dots([
      lastAt === undefined ? 'no sweep yet' : `last sweep ${ago(lastAt, reader)}`,
      keyWrongSince !== undefined && 'PingPlotter refuses the API key',
    ]),
  );
};
