import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Config } from '../config/environment.ts';
import { pemFiles, readEnvironmentFile } from '../config/files.ts';
import type { BotIdentity } from '../config/identity.ts';
import { createPingPlotter } from '../pingplotter/client.ts';
import { systemClock, within } from '../platform/clock.ts';
import { errnoOf } from '../platform/errors.ts';
import { createLogger, quietConsole } from '../platform/log.ts';
import { openStore } from '../store/open.ts';
import { signIn } from '../teams/authentication.ts';
import { examine } from './doctor/examine.ts';
import { asJson, asTable, type Finding } from './doctor/finding.ts';
import { forgetterOf } from './doctor/store.ts';
import { accountSettings, databaseSettings, identitySettings, ifRight } from './part-settings.ts';

const usage = `npm run doctor [-- --audit] [--json]: checks settings, database, key and credentials.
  --audit  also verifies the chain of the audit log
  --json   prints the findings as JSON`;

/** The library that signs in has no deadline of its own, and tries several ways. */
const signInWithinMs = 20_000;

const project = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const readProjectFile = (path: string): Buffer | undefined => {
  try {
    return readFileSync(project(path));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const signInBefore = async (
  bot: Extract<BotIdentity, { auth: 'required' }>,
): Promise<string | undefined> => {
  const tried = await within(systemClock, signInWithinMs, signIn(bot));
  return tried === undefined ? `no answer within ${signInWithinMs / 1000} s` : tried.value;
};

const openPingPlotter = (account: Config['pingPlotter'] | undefined) => {
  let ahead: number | undefined;
  const pingPlotter =
    account &&
    createPingPlotter({
      ...account,
      clock: systemClock,
      random: Math.random,
      onCall: ({ serverAt }) => {
        if (serverAt !== undefined) ahead = serverAt - systemClock.now();
      },
    });
  return { pingPlotter, ahead: () => ahead };
};

const openDatabase = (database: Pick<Config, 'databaseUrl' | 'auditDays'> | undefined) => {
  if (database === undefined) return { open: undefined, forget: () => {} };
  const log = createLogger('error', () => {});
  return {
    open: () =>
      openStore({
        url: database.databaseUrl,
        auditDays: database.auditDays,
        clock: systemClock,
        log,
      }),
    forget: forgetterOf(database.databaseUrl),
  };
};

const look = (audit: boolean): Promise<readonly Finding[]> => {
  const environmentFile = readEnvironmentFile(project('.env'));
  const { env } = process;
  return examine({
    nodeVersion: process.versions.node,
    environ: env,
    environmentFile,
    pemFiles,
    ...openDatabase(ifRight(() => databaseSettings(env))),
    ...openPingPlotter(ifRight(() => accountSettings(env))),
    bot: ifRight(() => identitySettings(env, pemFiles)),
    signIn: signInBefore,
    read: readProjectFile,
    clock: systemClock,
    newId: randomUUID,
    audit,
  });
};

const wishes = () => {
  try {
    return parseArgs({ options: { audit: { type: 'boolean' }, json: { type: 'boolean' } } }).values;
  } catch {
    return undefined;
  }
};

const wished = wishes();
if (wished === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else {
  // What the libraries print is nobody's finding.
  quietConsole(
    console,
    createLogger('error', () => {}),
  );
  const findings = await look(wished.audit === true);
  const text = wished.json === true ? asJson(findings) : asTable(findings);
  // What was given up at its deadline may still keep the process alive.
  process.stdout.write(`${text}\n`, () => process.exit(findings.every(({ ok }) => ok) ? 0 : 1));
}
