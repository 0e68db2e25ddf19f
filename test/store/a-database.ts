import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder, type WhenDone } from './a-folder.ts';
import { temporaryRoot } from './memory-folder.ts';

/** A database and what of it is still in its log: libsql leaves the tables there when it closes. */
interface Template {
  readonly database: Buffer;
  readonly log: Buffer | undefined;
}

const makeTemplate = async (): Promise<Template> => {
  const folder = mkdtempSync(join(temporaryRoot, 'bot-template-'));
  const path = join(folder, 'bot.db');
  await (await openStore({ url: `file:${path}`, clock: fakeClock(), log: silentLog })).close();
  const log = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : undefined;
  const template = { database: readFileSync(path), log };
  rmSync(folder, { recursive: true });
  return template;
};

/** The same for all tests: nothing is ever written into it. */
let template: Promise<Template> | undefined;

/** The URL of an SQLite database that holds nothing yet; its tables are there already. */
export const aDatabase = async (whenDone: WhenDone = onTestFinished): Promise<string> => {
  const path = join(aFolder(whenDone), 'bot.db');
  template ??= makeTemplate();
  const { database, log } = await template;
  writeFileSync(path, database);
  if (log !== undefined) writeFileSync(`${path}-wal`, log);
  return `file:${path}`;
};
