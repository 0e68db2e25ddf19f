import type { ListReader } from '../caller.ts';

/** Reads a list entry by entry; one that cannot be read never hides the rest: it is counted. */
export const entriesReader = <E, T>(
  readEntry: (entry: unknown) => E | undefined,
  told: (entries: readonly E[], skipped: number) => T,
): ListReader<T> => ({
  begin: () => {
    const entries: E[] = [];
    let skipped = 0;
    return {
      take: (entry) => {
        const read = readEntry(entry);
        if (read === undefined) skipped += 1;
        else entries.push(read);
      },
      end: () => told(entries, skipped),
    };
  },
});
