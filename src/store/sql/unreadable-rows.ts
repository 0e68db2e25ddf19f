import type { Logger } from '../../platform/log.ts';
import type { UnreadableRows } from '../../platform/store.ts';
import type { SetAside } from './rows.ts';

/** A table of which no row can be read must not fill the memory. */
const mostPerTable = 1000;

export interface UnreadableNotes {
  /** `key` names the columns that tell its rows apart; each query has to select them. */
  in(table: string, key: readonly string[]): SetAside;
  /** Since the start; each row is counted once. */
  counts(): readonly UnreadableRows[];
}

const identityOf = (row: object, key: readonly string[]): string => {
  const columns = new Map<string, unknown>(Object.entries(row));
  return JSON.stringify(key.map((column) => columns.get(column) ?? null));
};

/** Logs each row once, by its table and never with its content, which may be about people. */
export const createUnreadableNotes = (log: Logger): UnreadableNotes => {
  const noted = new Map<string, Set<string>>();
  return {
    in: (table, key) => (row) => {
      const rows = noted.get(table) ?? new Set<string>();
      noted.set(table, rows);
      const identity = identityOf(row, key);
      if (rows.has(identity) || rows.size >= mostPerTable) return;
      rows.add(identity);
      log.error('store.row-unreadable', { table });
    },
    counts: () => [...noted].map(([table, rows]) => ({ table, rows: rows.size })),
  };
};
