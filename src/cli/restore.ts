import { access, constants, open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { restore } from '../store/backup/restore.ts';
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
  const { rows, audit } = await restore(options, linesOf(path));
  say(`Restored: ${rows} rows. ${audit.intact ? 'The audit log is whole.' : brokenChain}`);
  return 0;
};

const brokenChain = 'The audit log is broken, as it was when it was backed up.';

const wishes = () => {
  try {
    return parseArgs({ options: { force: { type: 'boolean' } }, allowPositionals: true });
  } catch {
    return undefined;
  }
};

const wished = wishes();
const [path, ...more] = wished?.positionals ?? [];
if (wished === undefined || path === undefined || more.length > 0) {
  say(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, path, wished.values.force === true, log),
  );
}
