import { lstat, open, rename, rm } from 'node:fs/promises';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { backUp } from '../store/backup/back-up.ts';
import { withFile } from './file-trouble.ts';
import { onDatabase, say } from './on-database.ts';
import { programArguments } from './program-arguments.ts';
import { progress } from './progress.ts';

const usage = 'npm run backup -- <file>: writes all that the bot has stored into a new file.';
const environmentFile = new URL('../../.env', import.meta.url);

/** Under another name until it is whole, and readable for nobody else: it holds data of people. */
const write = async (url: string, path: string, log: Logger): Promise<number> => {
  const unfinished = `${path}.part`;
  const onDisk = <T>(work: () => Promise<T>): Promise<T> => withFile(path, 'written', work);
  const file = await onDisk(() => open(unfinished, 'wx', 0o600));
  const note = progress('rows', () => systemClock.monotonic(), say);
  try {
    const rows = await backUp({ url, log }, async (lines) => {
      if (lines.length > 0) await onDisk(() => file.appendFile(`${lines.join('\n')}\n`));
      note(lines.length);
    });
    await onDisk(() => file.sync());
    await file.close();
    await onDisk(() => rename(unfinished, path));
    return rows;
  } catch (error) {
    await file.close();
    await rm(unfinished);
    throw error;
  }
};

/** Nothing is written over. */
const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** The exit code. */
const run = async (url: string, path: string, log: Logger): Promise<number> => {
  for (const file of [path, `${path}.part`])
    if (await isThere(file)) {
      say(`${file} is there already: name another file.`);
      return 1;
    }
  say(`Backed up: ${await write(url, path, log)} rows.`);
  return 0;
};

const called = programArguments(usage, {}, 1);
const [path] = called?.words ?? [];
if (called !== undefined && path === undefined) {
  say(`The file is missing.\n${usage}`);
  process.exitCode = 2;
} else if (path !== undefined) {
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, path, log),
  );
}
