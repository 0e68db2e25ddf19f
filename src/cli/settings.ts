import { readFile, writeFile } from 'node:fs/promises';
import { systemClock } from '../platform/clock.ts';
import { AppError, errnoOf } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import { type BotStore, openStore } from '../store/open.ts';
import { isMissing } from '../store/sql/database-url.ts';
import { asksForHelp } from './asks-for-help.ts';
import { onDatabase, say } from './on-database.ts';
import { applyDifference } from './settings/apply.ts';
import { describeDifference } from './settings/describe.ts';
import { type Difference, differenceOf, type Entry } from './settings/entries.ts';
import { readSettings } from './settings/read-file.ts';
import { entriesIn } from './settings/read-store.ts';
import { settingsText } from './settings/write-file.ts';

const usage = `npm run settings -- export [file]: writes watches, roles, hours, schedules, maintenance and digests as YAML.
npm run settings -- import <file> [--dry-run] [--keep]: prints what would change, and changes it.
  --dry-run changes nothing; --keep leaves what the file does not name.`;
const environmentFile = new URL('../../.env', import.meta.url);

/** Several accounts come later; the first is called that. */
const accounts = ['default'];

/** As seen from the folder of the project. */
const schema = './docs/settings.schema.json';

const exportTo = async (store: BotStore, file: string | undefined): Promise<number> => {
  const now = systemClock.now();
  const entries = new Map<string, readonly Entry[]>();
  for (const account of accounts) entries.set(account, await entriesIn(store, account, now));
  const places = (
    await Promise.all(accounts.map((account) => store.installations.list(account)))
  ).flat();
  const text = settingsText(entries, places, schema);
  if (file === undefined) process.stdout.write(text);
  else await onDisk(file, () => writeFile(file, text, { mode: 0o600 }));
  return 0;
};

interface ImportOptions {
  readonly dryRun: boolean;
  readonly keeps: boolean;
}

const importFrom = async (
  store: BotStore,
  file: string,
  { dryRun, keeps }: ImportOptions,
): Promise<number> => {
  const read = readSettings(await onDisk(file, () => readFile(file, 'utf8')), accounts);
  if ('faults' in read) {
    for (const { line, column, what } of read.faults) say(`${file}:${line}:${column}: ${what}`);
    say('Nothing was imported.');
    return 1;
  }
  const now = systemClock.now();
  // An account that the file leaves out is none of its business.
  await store.transaction(async (tx) => {
    for (const [account, wanted] of read.entries) {
      const whole = differenceOf(await entriesIn(tx, account, now), wanted);
      const difference: Difference = keeps ? { ...whole, deleted: [] } : whole;
      for (const line of describeDifference(difference)) process.stdout.write(`${line}\n`);
      if (!dryRun) await applyDifference(tx, difference, now);
    }
  });
  say(dryRun ? 'Nothing was changed: this was a dry run.' : 'Imported.');
  return 0;
};

/** A file that cannot be read or written is no fault of the database. */
const onDisk = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new AppError('bad-input', `${file} cannot be used (${errnoOf(error) ?? 'unknown'})`);
  }
};

const run = async (
  url: string,
  log: Logger,
  work: (store: BotStore) => Promise<number>,
): Promise<number> => {
  // An export of nothing would look like settings.
  if (isMissing(url)) {
    say('There is no database. Check DATABASE_URL.');
    return 1;
  }
  const store = await openStore({ url, clock: systemClock, log });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

const [what, ...rest] = process.argv.slice(2);
const options = rest.filter((word) => word.startsWith('-'));
const files = rest.filter((word) => !word.startsWith('-'));
const known: readonly string[] = what === 'import' ? ['--dry-run', '--keep'] : [];
const unknown = options.filter((option) => !known.includes(option));

/** What is wrong with how it was called. */
const misuse = (): string | undefined => {
  if (what !== 'export' && what !== 'import')
    return what === undefined ? '' : `I do not know “${what}”.`;
  if (unknown.length > 0) return `I do not know “${unknown.join(' ')}”.`;
  if (files.length > 1) return `One file is enough: “${files.slice(1).join(' ')}” is one more.`;
  return what === 'import' && files.length === 0 ? 'Name the file to import.' : undefined;
};

const wrong = misuse();
if (asksForHelp(process.argv)) {
  say(usage);
} else if (wrong !== undefined) {
  say(wrong === '' ? usage : `${wrong}\n${usage}`);
  process.exitCode = 2;
} else {
  const [file] = files;
  const importing = { dryRun: options.includes('--dry-run'), keeps: options.includes('--keep') };
  process.exitCode = await onDatabase(environmentFile, ({ databaseUrl }, log) =>
    run(databaseUrl, log, (store) =>
      what === 'import' && file !== undefined
        ? importFrom(store, file, importing)
        : exportTo(store, file),
    ),
  );
}
