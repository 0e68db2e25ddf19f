import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { everyCollection } from '../../src/store/open.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from './a-database.ts';

const tablesOf = everyCollection.flatMap(({ tables }) => tables);

const connected = async () => {
  const { db, close } = await connectUpToDate({ url: await aDatabase(), log: silentLog });
  onTestFinished(close);
  return db;
};

/** As the code spells it. */
const inCode = (name: string): string =>
  name.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());

describe('the definitions of the collections', () => {
  it('have every table of the database, each once', async () => {
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_master
      where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'
    `.execute(await connected());
    expect(tablesOf.map(({ name }) => name).toSorted()).toEqual(
      rows.map(({ name }) => inCode(name)).toSorted(),
    );
  });

  it('name the key that the database holds each row by', async () => {
    const db = await connected();
    for (const { name, key } of tablesOf) {
      const { rows } = await sql<{ name: string }>`
        select name from pragma_table_info(${name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)})
        where pk > 0 order by pk
      `.execute(db);
      expect([name, key]).toEqual([name, rows.map((column) => inCode(column.name))]);
    }
  });

  it('keep what lasts for minutes out of backups, and bulk jobs, which must not begin again', () => {
    const left = everyCollection.filter(({ backUp }) => !backUp).map(({ name }) => name);
    expect(left).toEqual(['bulkJobs', 'files', 'hints', 'ownChanges', 'leases']);
  });

  it('number the rows of the tables that the database numbers', async () => {
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table' and sql like '%autoincrement%'
    `.execute(await connected());
    const numbered = tablesOf.filter((table) => table.numbered !== undefined);
    expect(numbered.map(({ name }) => name).toSorted()).toEqual(
      rows.map(({ name }) => inCode(name)).toSorted(),
    );
  });
});
