/** Runs `work` on slices of at most `size` items, at most `width` at a time; the first failure ends it. */
export const inBatches = async <T, R>(
  items: readonly T[],
  { size, width }: { readonly size: number; readonly width: number },
  work: (batch: readonly T[]) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const batch = items.slice(next, next + size);
      next += size;
      try {
        results.push(await work(batch));
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
};
