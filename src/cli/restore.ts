import { access, constants, open } from 'node:fs/promises';
import type { AuditCheck } from '../features/audit/store.ts';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { restore } from '../store/backup/restore.ts';
import { withFile } from './file-trouble.ts';
import { onDatabase, say } from './on-database.ts';
import { programArguments } from './program-arguments.ts';
import { progress } from './progress.ts';

const usage = `npm run restore -- <file> [--force]: puts a backup into an empty database.
  --force  replaces what the database holds`;
const environmentFile = new URL('../../.env', import.meta.url);

/** Opens the file only when the first line is wanted: lines that come before anybody listens are lost. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await withFile(path, 'read', () => open(path));
  const note = progress('rows', () => systemClock.monotonic(), say);
  try {
    const lines = file.readLines()[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await withFile(path, 'read', () => lines.next());
      if (done === true) return;
      yield value;
      note(1);
    }
  } finally {
    await file.close();
  }
}

/** Before the database is made, if there is none. */
const requireReadable = (path: string): Promise<void> =>
  withFile(path, 'read', () => access(path, constants.R_OK));

/** The exit code. */
const run = async (url: string, path: string, replace: boolean, log: Logger): Promise<number> => {
  await requireReadable(path);
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

const called = programArguments(usage, { force: { type: 'boolean' } }, 1);
const [path] = called?.words ?? [];
if (called !== undefined && path === undefined) {
  say(`The file is missing.\n${usage}`);
  process.exitCode = 2;
} else if (path !== undefined) {
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, path, called?.values.force === true, log),
  );
}
