/** Work on so many agents stays far below the longest block of the event loop that is allowed (50 ms). */
const sliceSize = 500;

/** Lets requests, timers and other turns come in between. */
export const otherTurns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Works through a long list without keeping the event loop from everybody else. */
export const inSlices = async <T>(
  items: readonly T[],
  work: (item: T, index: number) => void,
): Promise<void> => {
  for (let start = 0; start < items.length; start += sliceSize) {
    if (start > 0) await otherTurns();
    for (const [place, item] of items.slice(start, start + sliceSize).entries())
      work(item, start + place);
  }
};

/** Those that pass, found without keeping the event loop from everybody else. */
export const filterInSlices = async <T>(
  items: readonly T[],
  passes: (item: T) => boolean,
): Promise<readonly T[]> => {
  const found: T[] = [];
  await inSlices(items, (item) => {
    if (passes(item)) found.push(item);
  });
  return found;
};
