import { describe, expect, it } from 'vitest';
import { logChance } from '../../../../src/features/diagnosis/domain/significance.ts';

describe('how likely a share is by chance alone', () => {
  /** By hand, with binomials. */
  it.each([
    [3, 3, 0, 3, 1 / 20],
    [3, 3, 0, 9, 1 / 220],
    [1, 2, 1, 2, 5 / 6],
    [9, 10, 1, 10, 101 / 184_756],
    [0, 5, 5, 10, 1],
    [0, 0, 3, 9, 1],
  ])('%i of %i inside, %i of %i outside', (badly, counted, outBadly, outCounted, chance) => {
    const log = logChance({ badly, counted }, { badly: outBadly, counted: outCounted });
    expect(10 ** log).toBeCloseTo(chance, 10);
  });

  it('stays a number for a whole fleet', () => {
    const log = logChance({ badly: 900, counted: 1000 }, { badly: 90, counted: 9000 });
    expect(log).toBeLessThan(-300);
    expect(Number.isFinite(log)).toBe(true);
  });
});
