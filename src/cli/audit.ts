import { existsSync } from 'node:fs';
import { createLogger } from '../log.ts';
import { readDatabaseUrl } from '../store/database-url.ts';
import { openStore } from '../store/open.ts';
import { systemClock } from '../system-clock.ts';
import { auditCsv } from './audit-csv.ts';
import { onDatabase, say } from './on-database.ts';

const usage = 'npm run audit [-- --csv]: checks the chain of the audit log, or prints it as CSV.';
const pageSize = 500;
const environmentFile = new URL('../../.env', import.meta.url);

/** Opening a database that is not there would make one, and find it whole. */
const isThere = (url: string): boolean => {
  const database = readDatabaseUrl(url);
  return database.engine !== 'sqlite' || existsSync(database.path);
};

/** The exit code: 0 only if the chain is whole. */
const run = async (url: string, csv: boolean): Promise<number> => {
  if (!isThere(url)) {
    say('There is no database. Check DATABASE_URL.');
    return 1;
  }
  const log = createLogger('error', (line) => process.stderr.write(line));
  const store = await openStore({ url, clock: systemClock, log });
  try {
    if (csv)
      for await (const line of auditCsv(store.audit, pageSize)) process.stdout.write(`${line}\r\n`);
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

const wishes = process.argv.slice(2);
if (wishes.some((wish) => wish !== '--csv')) {
  say(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }) =>
    run(databaseUrl, wishes.includes('--csv')),
  );
}
