import pLimit from 'p-limit';

/** Runs `work` on slices of at most `size` items, at most `width` at a time; the first failure ends it. */
export const inBatches = async <T, R>(
  items: readonly T[],
  { size, width }: { readonly size: number; readonly width: number },
  work: (batch: readonly T[]) => Promise<R>,
): Promise<readonly R[]> => {
  const limit = pLimit(width);
  const batches: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size)
    batches.push(items.slice(start, start + size));
  const attempt = async (batch: readonly T[]): Promise<R> => {
    try {
      return await work(batch);
    } catch (error) {
      // Here, not around `Promise.all`: the next batch would have begun by then.
      limit.clearQueue();
      throw error;
    }
  };
  return Promise.all(batches.map((batch) => limit(attempt, batch)));
};
