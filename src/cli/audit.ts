import type { Logger } from '../core/ports.ts';
import { isMissing } from '../store/database-url.ts';
import { openStore } from '../store/open.ts';
import { systemClock } from '../system-clock.ts';
import { auditCsv } from './audit-csv.ts';
import { onDatabase } from './on-database.ts';
import { say } from './say.ts';

const usage = 'npm run audit [-- --csv]: checks the chain of the audit log, or prints it as CSV.';
const pageSize = 500;
const environmentFile = new URL('../../.env', import.meta.url);

/** The exit code: 0 only if the chain is whole. */
const run = async (url: string, csv: boolean, log: Logger): Promise<number> => {
  // It would be made, and found whole.
  if (isMissing(url)) {
    say('There is no database. Check DATABASE_URL.');
    return 1;
  }
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
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, wishes.includes('--csv'), log),
  );
}
