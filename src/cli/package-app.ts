import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Fault } from '../app-package/manifest.ts';
import { type Folder, pack } from '../app-package/pack.ts';
import { readSettings, type SettingName } from '../app-package/settings.ts';
import { AppError } from '../platform/errors.ts';
import { fileTrouble } from './file-trouble.ts';
import { say } from './on-database.ts';
import { programArguments } from './program-arguments.ts';

const usage = `npm run package [-- --env <name>]: writes build/appPackage.<name>.zip, and the same as build/appPackage.zip.
Settings are taken from the environment, from env/.env.<name> and from .env, in this order.`;

const project = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/** What is empty in one place may stand in the next. */
const given = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));

/** Nothing when there is none. Throws, naming it, when it cannot be read. */
const environmentFile = (path: string): Environment | undefined => {
  if (!existsSync(project(path))) return undefined;
  return given(parseEnv(reading(project(path), (file) => readFileSync(file, 'utf8'))));
};

const reading = <T>(path: string, read: (path: string) => T): T => {
  try {
    return read(path);
  } catch (error) {
    throw new AppError('bad-input', `${path} cannot be read: ${fileTrouble(error)}`);
  }
};

const manifestFolder = (): Folder => {
  const folder = project('appPackage');
  const entries = reading(folder, (path) => readdirSync(path, { withFileTypes: true }));
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map(({ name }) => [name, reading(join(folder, name), (path) => readFileSync(path))]),
  );
};

const table = (faults: readonly Fault[]): string => {
  const width = Math.max(...faults.map(({ where }) => where.length));
  return faults.map(({ where, what }) => `  ${where.padEnd(width)}  ${what}`).join('\n');
};

const hint = (examples: readonly SettingName[]): string =>
  `These are examples, good for a look only. Set them, and make it again, before you upload it:
${examples.map((name) => `  ${name}`).join('\n')}`;

/** The exit code. */
const run = async (name?: string): Promise<number> => {
  const fromFile = name === undefined ? {} : environmentFile(`env/.env.${name}`);
  const { settings, examples, faults } = readSettings({
    ...environmentFile('.env'),
    ...fromFile,
    ...given(process.env),
  });
  say('Checking the manifest against Microsoft’s schema and the rules of the store …');
  const made = await pack(manifestFolder(), settings);
  const all = [...faults, ...made.faults];
  if (all.length > 0) {
    say(`No package was made. Mend this first:\n${table(all)}`);
    return 1;
  }
  const [written, ...same] = [...(name === undefined ? [] : [`appPackage.${name}.zip`]), lastMade];
  try {
    mkdirSync(project('build'), { recursive: true });
    for (const file of [written, ...same]) writeFileSync(project(`build/${file}`), made.zip);
  } catch (error) {
    say(`No package was made: ${project('build')} cannot be written: ${fileTrouble(error)}.`);
    return 1;
  }
  console.log(`build/${written}: ${made.title} (${made.files.join(', ')})`);
  if (examples.length > 0) say(hint(examples));
  return 0;
};

/** Whichever environment it is for: what `npm run doctor` checks. */
const lastMade = 'appPackage.zip';

/** The exit code. */
const runNamed = async (name: string | undefined): Promise<number> => {
  const isThere = (it: string) => /^[\w-]+$/u.test(it) && existsSync(project(`env/.env.${it}`));
  if (name !== undefined && !isThere(name)) {
    say(`There is no env/.env.${name}.\n${usage}`);
    return 2;
  }
  try {
    return await run(name);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(`No package was made: ${error.message}.`);
    return 1;
  }
};

const called = programArguments(usage, { env: { type: 'string' } });
if (called !== undefined) process.exitCode = await runNamed(called.values.env);
