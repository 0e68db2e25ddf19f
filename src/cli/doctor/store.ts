import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { BotStore } from '../../store/open.ts';
import { readDatabaseUrl } from '../../store/sql/database-url.ts';
import { troubleOf } from '../../store/sql/errors.ts';
import { databaseAdvice } from '../database-trouble.ts';
import { type Finding, type Report, reportOn } from './finding.ts';

const nothing = (): void => {};

/** SQLite's own files beside the database. */
const suffixes = ['', '-wal', '-shm', '-journal'] as const;

/**
 * Asked before a database is opened: takes away again what opening makes, if there is none yet. Left
 * behind, the file would belong to whoever ran this, and the bot could not write to it.
 */
export const forgetterOf = (databaseUrl: string): (() => void) => {
  const database = readDatabaseUrl(databaseUrl);
  if (database.engine !== 'sqlite') return nothing;
  const path = resolve(database.path);
  if (existsSync(path)) return nothing;
  const folders = missingFolders(dirname(path));
  return () => {
    for (const suffix of suffixes) rmSync(`${path}${suffix}`, { force: true });
    try {
      for (const folder of folders) rmdirSync(folder);
    } catch {
      // Somebody else has put something there meanwhile, or it was never made.
    }
  };
};

/** The deepest one first. */
const missingFolders = (folder: string): readonly string[] =>
  existsSync(folder) ? [] : [folder, ...missingFolders(dirname(folder))];

export interface StorePorts {
  /** Undefined when the settings do not say where the store is. */
  readonly open: (() => Promise<BotStore>) | undefined;
  /** Undoes what opening made: a database that was not there before. */
  readonly forget: () => void;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly audit: boolean;
}

const database = reportOn('database');
const auditLog = reportOn('audit log');
const chain = 'chain';
const steps = ['opens', 'writes', 'reads back', 'is left as it was'] as const;
const leaseMs = 60_000;

const mend =
  'Check DATABASE_URL, that the database runs, has room, and lets this user write to it.';

const mendOf = (error: unknown): string =>
  troubleOf(error) === undefined ? mend : databaseAdvice(error);

/** Opens the store, writes something that nobody else looks at, reads it back and takes it away. */
export const checkStore = async (ports: StorePorts): Promise<readonly Finding[]> => {
  const { open, forget, audit } = ports;
  if (open === undefined) return unopened('its settings are at fault', audit);
  try {
    const store = await open();
    try {
      return [
        database.good('opens', 'and is up to date'),
        ...(await tryOut(store, ports)),
        ...(audit ? [await checkChain(store)] : []),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    const { message } = asAppError(error);
    return [
      database.bad('opens', message, mendOf(error)),
      ...unopened('the database does not open', audit).slice(1),
    ];
  } finally {
    forget();
  }
};

const unopened = (why: string, audit: boolean): readonly Finding[] => [
  ...steps.map((step) => database.notChecked(step, why)),
  ...(audit ? [auditLog.notChecked(chain, why)] : []),
];

const tryOut = async (store: BotStore, { newId }: StorePorts): Promise<readonly Finding[]> => {
  const { leases } = store;
  const name = `doctor:${newId()}`;
  const written = await attempt(database, 'writes', 'a row', async () =>
    leases.acquire(name, 'doctor', leaseMs),
  );
  if (!written.ok) {
    const rest = steps.slice(2).map((step) => database.notChecked(step, 'nothing was written'));
    return [written, ...rest];
  }
  const read = await attempt(
    database,
    'reads back',
    'the same row',
    async () => !(await leases.acquire(name, 'somebody else', leaseMs)),
  );
  const gone = await attempt(database, 'is left as it was', 'the row is gone', async () => {
    await leases.release(name, 'doctor');
    return !(await leases.renew(name, 'doctor', leaseMs));
  });
  return [written, read, gone];
};

const attempt = async (
  { good, bad }: Report,
  subject: string,
  reason: string,
  work: () => Promise<boolean>,
): Promise<Finding> => {
  try {
    return (await work())
      ? good(subject, reason)
      : bad(subject, 'the database did not keep what was written', mend);
  } catch (error) {
    return bad(subject, asAppError(error).message, mendOf(error));
  }
};

const checkChain = async (store: BotStore): Promise<Finding> => {
  try {
    const check = await store.audit.verify();
    return check.intact
      ? auditLog.good(chain, `whole: ${check.entries} entries`)
      : auditLog.bad(
          chain,
          `broken: entry ${check.brokenAt} was changed, removed or put in`,
          'Compare it with an export or a backup, and find out who can write the database.',
        );
  } catch (error) {
    return auditLog.bad(chain, asAppError(error).message, mendOf(error));
  }
};
