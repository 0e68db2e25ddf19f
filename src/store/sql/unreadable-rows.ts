import type { Logger } from '../../platform/log.ts';
import type { UnreadableRows } from '../../platform/store.ts';
import type { SetAside } from './rows.ts';

/** A table that cannot be read at all must not fill the memory with notes of it. */
const mostPerTable = 1000;

export interface UnreadableNotes {
  in(table: string): SetAside;
  /** Rows that could not be read since the start, each counted once. */
  counts(): readonly UnreadableRows[];
}

/** What names a row in its table; a row that was only read in part is named by what there is. */
const naming = [
  'id',
  'seq',
  'account',
  'conversationKey',
  'watchId',
  'agentId',
  'sessionId',
  'tenantId',
  'personId',
  'name',
  'shard',
  'at',
] as const;

const identityOf = (row: object): string => {
  const columns = new Map<string, unknown>(Object.entries(row));
  return JSON.stringify(naming.map((column) => columns.get(column) ?? null));
};

/** Counts stored rows that cannot be read, and logs each once: its table, never its content. */
export const createUnreadableNotes = (log: Logger): UnreadableNotes => {
  const noted = new Map<string, Set<string>>();
  return {
    in: (table) => (row) => {
      const rows = noted.get(table) ?? new Set<string>();
      noted.set(table, rows);
      const identity = identityOf(row);
      if (rows.has(identity) || rows.size >= mostPerTable) return;
      rows.add(identity);
      log.error('store.row-unreadable', { table });
    },
    counts: () => [...noted].map(([table, rows]) => ({ table, rows: rows.size })),
  };
};
