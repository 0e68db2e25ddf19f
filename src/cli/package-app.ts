import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';
import type { Fault } from '../app-package/manifest.ts';
import { type Folder, pack } from '../app-package/pack.ts';
import { readSettings, type SettingName } from '../app-package/settings.ts';
import { errnoOf } from '../platform/errors.ts';
import { asksForHelp } from './asks-for-help.ts';
import { say } from './on-database.ts';

const usage = `npm run package [-- --env <name>]: writes build/appPackage.zip.
Settings are taken from the environment, from env/.env.<name> and from .env, in this order.`;

const project = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/** What is empty in one place may stand in the next. */
const given = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));

const environmentFile = (path: string): Environment | undefined => {
  try {
    return given(parseEnv(readFileSync(project(path), 'utf8')));
  } catch {
    return undefined;
  }
};

const manifestFolder = (): Folder => {
  const folder = project('appPackage');
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map(({ name }) => [name, readFileSync(join(folder, name))]));
};

const table = (faults: readonly Fault[]): string => {
  const width = Math.max(...faults.map(({ where }) => where.length));
  return faults.map(({ where, what }) => `  ${where.padEnd(width)}  ${what}`).join('\n');
};

const hint = (examples: readonly SettingName[]): string =>
  `These are examples, good for a look only. Set them, and make it again, before you upload it:
${examples.map((name) => `  ${name}`).join('\n')}`;

/** The exit code. */
const run = async (fromFile: Environment): Promise<number> => {
  const { settings, examples, faults } = readSettings({
    ...environmentFile('.env'),
    ...fromFile,
    ...given(process.env),
  });
  const made = await pack(manifestFolder(), settings);
  const all = [...faults, ...made.faults];
  if (all.length > 0) {
    say(`No package was made. Mend this first:\n${table(all)}`);
    return 1;
  }
  try {
    mkdirSync(project('build'), { recursive: true });
    writeFileSync(project('build/appPackage.zip'), made.zip);
  } catch (error) {
    say(`No package was made: cannot write to ${project('build')} (${errnoOf(error) ?? error}).`);
    return 1;
  }
  console.log(`build/appPackage.zip: ${made.title} (${made.files.join(', ')})`);
  if (examples.length > 0) say(hint(examples));
  return 0;
};

/** The name of the environment that was asked for; nothing when the arguments are no good. */
const wished = (): { readonly env?: string | undefined } | undefined => {
  try {
    return parseArgs({ options: { env: { type: 'string' } } }).values;
  } catch {
    return undefined;
  }
};

const wishes = wished();
const name = wishes?.env;
const fromFile =
  name === undefined || !/^[\w-]+$/u.test(name) ? undefined : environmentFile(`env/.env.${name}`);
if (asksForHelp(process.argv.slice(2))) {
  say(usage);
} else if (wishes === undefined || (name !== undefined && fromFile === undefined)) {
  say(wishes === undefined ? usage : `There is no env/.env.${name}.\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await run(fromFile ?? {});
}
