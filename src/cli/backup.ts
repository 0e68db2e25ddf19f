import { open, rename, rm } from 'node:fs/promises';
import { AppError, errnoOf } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import { backUp } from '../store/backup/back-up.ts';
import { asksForHelp } from './asks-for-help.ts';
import { onDatabase, say } from './on-database.ts';

const usage = 'npm run backup -- <file>: writes all that the bot has stored into a new file.';
const environmentFile = new URL('../../.env', import.meta.url);

/** Under another name until it is whole, and readable for nobody else: it holds data of people. */
const write = async (url: string, path: string, log: Logger): Promise<number> => {
  const unfinished = `${path}.part`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    const rows = await backUp({ url, log }, async (lines) => {
      if (lines.length > 0) await onDisk(() => file.appendFile(`${lines.join('\n')}\n`));
    });
    await onDisk(() => file.sync());
    await file.close();
    await rename(unfinished, path);
    return rows;
  } catch (error) {
    await file.close();
    await rm(unfinished);
    throw error;
  }
};

/** A disk that is full is no fault of the database. */
const onDisk = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    throw new AppError(
      'bad-input',
      `the backup cannot be written (${errnoOf(error) ?? 'unknown'})`,
    );
  }
};

const isTaken = async (path: string): Promise<boolean> =>
  open(path).then(
    async (file) => {
      await file.close();
      return true;
    },
    (error: unknown) => errnoOf(error) !== 'ENOENT',
  );

/** The exit code. */
const run = async (url: string, path: string, log: Logger): Promise<number> => {
  if ((await isTaken(path)) || (await isTaken(`${path}.part`))) {
    say(`${path} is there already, or cannot be written: name another file.`);
    return 1;
  }
  say(`Backed up: ${await write(url, path, log)} rows.`);
  return 0;
};

const [path, ...more] = process.argv.slice(2);
if (asksForHelp(process.argv)) {
  say(usage);
} else if (path === undefined || path.startsWith('-') || more.length > 0) {
  say(usage);
  process.exitCode = 2;
} else {
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, path, log),
  );
}
