import { readFile, writeFile } from 'node:fs/promises';
import { textFiles } from '../config/files.ts';
import { defaultAccount } from '../platform/accounts.ts';
import { systemClock } from '../platform/clock.ts';
import { AppError, errnoOf } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import { type BotStore, openStore } from '../store/open.ts';
import { isMissing } from '../store/sql/database-url.ts';
import { onDatabase, say } from './on-database.ts';
import { accountSettings, type Environ } from './part-settings.ts';
import { programArguments } from './program-arguments.ts';
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

/** As seen from the folder of the project. */
const schema = './docs/settings.schema.json';

const exportTo = async (
  store: BotStore,
  accounts: readonly string[],
  file: string | undefined,
): Promise<number> => {
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
  accounts: readonly string[],
  file: string,
  { dryRun, keeps }: ImportOptions,
): Promise<number> => {
  const read = readSettings(await onDisk(file, () => readFile(file, 'utf8')), accounts);
  if ('faults' in read) {
    for (const { line = 1, column = 1, should } of read.faults)
      say(`${file}:${line}:${column}: should be ${should}`);
    say('Nothing was imported.');
    return 1;
  }
  const now = systemClock.now();
  // An account that the file leaves out is none of its business.
  await store.transaction(async (tx) => {
    for (const [account, wanted] of read.entries) {
      const whole = differenceOf(await entriesIn(tx, account, now), wanted);
      const difference: Difference = keeps ? { ...whole, deleted: [] } : whole;
      if (accounts.length > 1) process.stdout.write(`Account ${account}:\n`);
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

/** Those of the file of accounts, else the one. Its faults stop the program: of which account an entry is would be a guess. */
const accountNames = (environ: Environ): readonly string[] =>
  environ['ACCOUNTS_FILE']
    ? accountSettings(environ, textFiles).accounts.map(({ name }) => name)
    : [defaultAccount];

const misuse = (what: string | undefined, file: string | undefined): string | undefined => {
  if (what === undefined) return usage;
  if (what !== 'export' && what !== 'import') return `I do not know “${what}”.\n${usage}`;
  return what === 'import' && file === undefined ? `Name the file to import.\n${usage}` : undefined;
};

const called = programArguments(
  usage,
  { 'dry-run': { type: 'boolean' }, keep: { type: 'boolean' } },
  2,
);
if (called !== undefined) {
  const { values, words } = called;
  const [what, file] = words;
  const wrong = misuse(what, file);
  const importing = { dryRun: values['dry-run'] === true, keeps: values.keep === true };
  if (wrong !== undefined) say(wrong);
  process.exitCode =
    wrong !== undefined
      ? 2
      : await onDatabase(environmentFile, ({ databaseUrl }, log) => {
          const accounts = accountNames(process.env);
          return run(databaseUrl, log, (store) =>
            what === 'import' && file !== undefined
              ? importFrom(store, accounts, file, importing)
              : exportTo(store, accounts, file),
          );
        });
}
