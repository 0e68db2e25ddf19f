import fc from 'fast-check';
import { expect, it } from 'vitest';
import { QuarterBits, quartersPerDay } from '../../../src/features/history/domain/quarters.ts';

it('has what was set, also after it was stored day by day', () => {
  const quarters = fc.array(
    fc.integer({ min: 100 * quartersPerDay, max: 105 * quartersPerDay - 1 }),
  );
  fc.assert(
    fc.property(quarters, (set) => {
      const bits = new QuarterBits(100, 104);
      for (const quarter of set) bits.set(quarter);
      const read = new QuarterBits(100, 104);
      for (let day = 100; day <= 104; day += 1) read.setDay(day, bits.textOf(day));
      for (let quarter = 99 * quartersPerDay; quarter < 106 * quartersPerDay; quarter += 1)
        if (read.has(quarter) !== set.includes(quarter)) return false;
      return true;
    }),
  );
});

it('keeps off a day that it does not have', () => {
  const bits = new QuarterBits(100, 100);
  for (const quarter of [0, 99 * quartersPerDay, 101 * quartersPerDay]) {
    bits.set(quarter);
    expect(bits.has(quarter)).toBe(false);
  }
  bits.setDay(99, Buffer.alloc(12, 255).toString('base64'));
  expect(bits.textOf(100)).toBe(Buffer.alloc(12).toString('base64'));
});

it('refuses what is no day', () => {
  expect(() => new QuarterBits(1, 1).setDay(1, 'AAAA')).toThrow(TypeError);
});
