import { access, constants, open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { AuditCheck } from '../features/audit/store.ts';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { restore } from '../store/backup/restore.ts';
import { asksForHelp } from './asks-for-help.ts';
import { onDatabase, say } from './on-database.ts';

const usage = `npm run restore -- <file> [--force]: puts a backup into an empty database.
  --force  replaces what the database holds`;
const environmentFile = new URL('../../.env', import.meta.url);

/** Opens the file only when the first line is wanted: lines that come before anybody listens are lost. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path);
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}

const isReadable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

/** The exit code. */
const run = async (url: string, path: string, replace: boolean, log: Logger): Promise<number> => {
  if (!(await isReadable(path))) {
    say(`${path} cannot be read.`);
    return 1;
  }
  const options = { url, log, now: systemClock.now(), replace };
  const { rows, audit, unchanged } = await restore(options, linesOf(path));
  say(
    `Restored: ${rows} rows. ${audit.intact ? 'The audit log is whole.' : broken(audit, unchanged)}`,
  );
  return audit.intact || unchanged ? 0 : 1;
};

type Broken = Extract<AuditCheck, { readonly intact: false }>;

const broken = ({ brokenAt }: Broken, unchanged: boolean): string =>
  unchanged
    ? `The audit log was broken already when it was backed up, at entry ${brokenAt}; the file is as it was written.`
    : `The audit log is broken at entry ${brokenAt}: it was when it was backed up, or the file was changed since. A backup of an older version does not show which.`;

const wishes = () => {
  try {
    return parseArgs({ options: { force: { type: 'boolean' } }, allowPositionals: true });
  } catch {
    return undefined;
  }
};

const wished = wishes();
const [path, ...more] = wished?.positionals ?? [];
if (asksForHelp(process.argv)) {
  say(usage);
} else if (wished === undefined || path === undefined || more.length > 0) {
  say(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, path, wished.values.force === true, log),
  );
}
