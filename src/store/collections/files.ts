import { z } from 'zod';
import type { Files } from '../../platform/files.ts';
import { defineCollection } from '../define-collection.ts';
import { readIfAny } from '../sql/rows.ts';

interface FileTable {
  id: string;
  name: string;
  text: string;
  until: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly files: FileTable;
  }
}

const Row = z.object({ name: z.string(), text: z.string() });

/** Each has some megabytes at most, and lives for an hour. */
const mostFiles = 100;

export const files = defineCollection({
  name: 'files',
  key: ['id'],
  backUp: false,
  prune: (db, { now }) => db.deleteFrom('files').where('until', '<=', now).execute(),
  open: (db, { setAside }): Files => ({
    add: async (file, now) => {
      await db.deleteFrom('files').where('until', '<=', now).execute();
      const { stored } = await db
        .selectFrom('files')
        .select(({ fn }) => fn.countAll<number | bigint | string>().as('stored'))
        .executeTakeFirstOrThrow();
      if (Number(stored) >= mostFiles) return false;
      const { id, name, text, until } = file;
      await db.insertInto('files').values({ id, name, text, until }).execute();
      return true;
    },
    find: async (id) =>
      readIfAny(
        Row,
        await db
          .selectFrom('files')
          .select(['id', 'name', 'text'])
          .where('id', '=', id)
          .executeTakeFirst(),
        setAside,
      ),
  }),
});
