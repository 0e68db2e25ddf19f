import { auditCsvHead, auditCsvLine } from '../features/audit/domain/csv.ts';
import type { AuditLog } from '../features/audit/store.ts';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { openStore } from '../store/open.ts';
import { isMissing } from '../store/sql/database-url.ts';
import { onDatabase, say } from './on-database.ts';
import { programArguments } from './program-arguments.ts';

/** The whole log, newest first, line by line, without the lines' ends. */
export async function* auditCsv(
  audit: Pick<AuditLog, 'list'>,
  pageSize: number,
): AsyncGenerator<string> {
  yield auditCsvHead;
  for (let skip = 0; ; skip += pageSize) {
    const entries = await audit.list({ account: 'default', skip, limit: pageSize });
    for (const entry of entries) yield auditCsvLine(entry);
    if (entries.length < pageSize) return;
  }
}

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

const called = programArguments(usage, { csv: { type: 'boolean' } });
if (called !== undefined)
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, called.values.csv === true, log),
  );
