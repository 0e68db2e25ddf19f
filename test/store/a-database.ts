import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder, type WhenDone } from './a-folder.ts';
import { temporaryRoot } from './memory-folder.ts';

const makeTemplate = async (): Promise<Buffer> => {
  const folder = mkdtempSync(join(temporaryRoot, 'bot-template-'));
  const path = join(folder, 'bot.db');
  await (await openStore({ url: `file:${path}`, clock: fakeClock(), log: silentLog })).close();
  const database = readFileSync(path);
  rmSync(folder, { recursive: true });
  return database;
};

/** The same for all tests: nothing is ever written into it. */
let template: Promise<Buffer> | undefined;

/** The URL of an SQLite database that holds nothing yet; its tables are there already. */
export const aDatabase = async (whenDone: WhenDone = onTestFinished): Promise<string> => {
  const path = join(aFolder(whenDone), 'bot.db');
  template ??= makeTemplate();
  writeFileSync(path, await template);
  return `file:${path}`;
};
