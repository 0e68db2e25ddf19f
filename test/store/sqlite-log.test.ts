import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../src/store/sql/sqlite-dialect.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from './a-folder.ts';

const connected = async () => {
  const path = join(aFolder(), 'bot.db');
  const db = new Kysely<{ readonly notes: { readonly text: string } }>(openSqlite(path, silentLog));
  onTestFinished(() => db.destroy());
  await db.schema.createTable('notes').addColumn('text', 'text').execute();
  return { db, sizeOfFile: () => statSync(path).size };
};

const text = 'x'.repeat(1000);

/** Whether the event loop turned between the last row and the answer. */
const write = async (db: Awaited<ReturnType<typeof connected>>['db'], rows: number) => {
  let hasTurned = false;
  await db.transaction().execute(async (tx) => {
    for (let done = 0; done < rows; done += 500) {
      const some = Array.from({ length: 500 }, () => ({ text }));
      await tx.insertInto('notes').values(some).execute();
    }
    setImmediate(() => {
      hasTurned = true;
    });
  });
  return hasTurned;
};

it('moves many rows from the log of SQLite into its file in a turn after their commit', async () => {
  const { db, sizeOfFile } = await connected();
  expect(await write(db, 500)).toBe(false);
  expect(await write(db, 5000)).toBe(true);
  expect(sizeOfFile()).toBeGreaterThan(5500 * text.length);
});

it('has SQLite do so by itself again for few rows', async () => {
  const { db, sizeOfFile } = await connected();
  await write(db, 5000);
  for (let time = 0; time < 10; time += 1) expect(await write(db, 500)).toBe(false);
  expect(sizeOfFile()).toBeGreaterThan(8000 * text.length);
  expect((await sql`pragma wal_autocheckpoint`.execute(db)).rows).toEqual([
    { wal_autocheckpoint: 1000 },
  ]);
});

it('keeps none of many rows whose transaction fails', async () => {
  const { db } = await connected();
  const failing = db.transaction().execute(async (tx) => {
    const some = Array.from({ length: 500 }, () => ({ text }));
    for (let done = 0; done < 12; done += 1) await tx.insertInto('notes').values(some).execute();
    throw new Error('stopped');
  });
  await expect(failing).rejects.toThrow('stopped');
  expect(await write(db, 500)).toBe(false);
  expect(await db.selectFrom('notes').selectAll().execute()).toHaveLength(500);
});
