import { addTo } from '../shared/grouped.ts';

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

/** The values by their key, as `groupBy` gives them, without keeping the event loop from everybody else. */
export const groupInSlices = async <K, V>(
  values: readonly V[],
  keyOf: (value: V) => K,
): Promise<ReadonlyMap<K, readonly V[]>> => {
  const groups = new Map<K, V[]>();
  await inSlices(values, (value) => addTo(groups, keyOf(value), value));
  return groups;
};

/** Sorted without keeping the event loop from everybody else; equal ones stay in their order. */
export const sortInSlices = async <T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Promise<readonly T[]> => {
  let runs: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += sliceSize) {
    if (start > 0) await otherTurns();
    runs.push(items.slice(start, start + sliceSize).sort(compare));
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      await otherTurns();
      merged.push(mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
};

const mergedRuns = <T>(
  some: readonly T[],
  others: readonly T[],
  compare: (a: T, b: T) => number,
): readonly T[] => {
  const all: T[] = [];
  let at = 0;
  for (const one of some) {
    for (let other = others[at]; other !== undefined && compare(other, one) < 0; ) {
      all.push(other);
      at += 1;
      other = others[at];
    }
    all.push(one);
  }
  return all.concat(others.slice(at));
};
