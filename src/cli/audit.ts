import { auditCsvHead, auditCsvLine } from '../features/audit/domain/csv.ts';
import type { AuditLog } from '../features/audit/store.ts';
import { defaultAccount } from '../platform/accounts.ts';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { csvLine } from '../shared/csv.ts';
import { optional } from '../shared/optional.ts';
import { openStore } from '../store/open.ts';
import { isMissing } from '../store/sql/database-url.ts';
import { onDatabase, say } from './on-database.ts';
import { programArguments } from './program-arguments.ts';

interface Asked {
  /** Of this account alone; of all without it. */
  readonly account?: string;
  readonly pageSize: number;
}

type Audit = Pick<AuditLog, 'list' | 'listAll' | 'accounts'>;

/** The whole log, newest first, line by line, without the lines' ends. Names the account last where there are others. */
export async function* auditCsv(
  audit: Audit,
  { account, pageSize }: Asked,
): AsyncGenerator<string> {
  const withAccount = (await audit.accounts()).some((name) => name !== defaultAccount);
  const line = (cells: string, name: string) =>
    withAccount ? `${cells},${csvLine([name])}` : cells;
  yield line(auditCsvHead, 'account');
  for (let skip = 0; ; skip += pageSize) {
    const page = { skip, limit: pageSize };
    const entries = await (account === undefined
      ? audit.listAll(page)
      : audit.list({ account, ...page }));
    for (const entry of entries) yield line(auditCsvLine(entry), entry.account);
    if (entries.length < pageSize) return;
  }
}

const usage = `npm run audit [-- --csv [--account <name>]]: checks the chain of the audit log, or prints it as CSV,
of all accounts or of one.`;
const pageSize = 500;
const environmentFile = new URL('../../.env', import.meta.url);

/** The exit code: 0 only if the chain is whole. */
const run = async (
  url: string,
  { csv = false, account }: { readonly csv?: boolean; readonly account?: string },
  log: Logger,
): Promise<number> => {
  // It would be made, and found whole.
  if (isMissing(url)) {
    say('There is no database. Check DATABASE_URL.');
    return 1;
  }
  const store = await openStore({ url, clock: systemClock, log });
  try {
    const known = await store.audit.accounts();
    if (account !== undefined && !known.includes(account)) {
      const names = known.map((name) => `“${name}”`).join(', ');
      say(
        `The audit log has nothing of the account “${account}”. It has ${names || 'no entries'}.`,
      );
      return 2;
    }
    const asked = { pageSize, ...optional('account', account) };
    if (csv)
      for await (const line of auditCsv(store.audit, asked)) process.stdout.write(`${line}\r\n`);
    const check = await store.audit.verify();
    say(
      check.intact
        ? `The audit log is whole: ${check.entries} entries.`
        : `The audit log is broken: entry ${check.brokenAt} was changed, removed or put in.`,
    );
    return check.intact ? 0 : 1;
  } finally {
    await store.close();
  }
};

const called = programArguments(usage, { csv: { type: 'boolean' }, account: { type: 'string' } });
if (called !== undefined && called.values.account !== undefined && called.values.csv !== true) {
  say(`The chain is one for all accounts: --account goes with --csv.\n${usage}`);
  process.exitCode = 2;
} else if (called !== undefined)
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, called.values, log),
  );
