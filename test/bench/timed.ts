import { median } from './median.ts';

/** Medians of this many rounds, each of this many repeats. */
const rounds = 31;
/** To warm up: medians do not move after ten. */
const warmRounds = 10;

const once = (work: () => unknown, repeats: number): number => {
  const startedAt = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) work();
  return (performance.now() - startedAt) / repeats;
};

/** The ms of each of several pieces of work, done in turn, after some rounds to warm up. */
export const timed = (works: readonly (() => unknown)[], repeats: number): readonly number[] => {
  const took = works.map((): number[] => []);
  for (let round = -warmRounds; round < rounds; round += 1)
    for (const [index, work] of works.entries()) {
      const ms = once(work, repeats);
      if (round >= 0) took[index]?.push(ms);
    }
  return took.map(median);
};
