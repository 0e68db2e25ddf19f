import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  conversationWindows,
  freeAt,
  spare,
  stillCounting,
  tenantWindows,
} from '../../src/delivery/send-windows.ts';

const times = (count: number, at = 0) => Array.from({ length: count }, () => at);

it.each([
  { name: 'nothing sent', sent: [], free: 0 },
  { name: 'six at once', sent: times(6), free: 0 },
  { name: 'seven at once', sent: times(7), free: 1100 },
  { name: 'eight within two seconds', sent: [...times(7), 1100], free: 2100 },
  { name: 'sixty within thirty seconds', sent: times(60), free: 30_100 },
  { name: 'eighteen hundred within the hour', sent: times(1800), free: 3_600_100 },
])('$name: free at $free', ({ sent, free }) => {
  expect(freeAt(sent, conversationWindows, 0)).toBe(free);
});

it('lets fifty a second into a tenant', () => {
  const spread = Array.from({ length: 50 }, (_, index) => index * 18);
  expect(freeAt(spread.slice(0, 49), tenantWindows, 900)).toBe(900);
  expect(freeAt(spread, tenantWindows, 900)).toBe(1000);
});

it('lets them go in twelves, so that slow and quick ones of two seconds do not meet', () => {
  expect(freeAt(times(11), tenantWindows, 0)).toBe(0);
  expect(freeAt(times(12), tenantWindows, 0)).toBe(200);
});

it('never lets more into any window than it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(900), { maxLength: 150 }), (gaps) => {
      const sent: number[] = [];
      for (const gap of gaps) {
        const now = (sent.at(-1) ?? 0) + gap;
        sent.push(freeAt(sent, conversationWindows, now));
      }
      for (const { max, ms } of conversationWindows) {
        for (const start of sent) {
          const inside = sent.filter((at) => at >= start && at < start + ms);
          expect(inside.length).toBeLessThanOrEqual(max);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('counts what is left by the tightest window', () => {
  expect(spare([], conversationWindows, 5000)).toBe(7);
  expect(spare(times(3, 4900), conversationWindows, 5000)).toBe(4);
  expect(spare(times(3, 3500), conversationWindows, 5000)).toBe(5);
});

it('drops what is too old to count', () => {
  expect(stillCounting([0, 5000], tenantWindows, 5500)).toEqual([5000]);
});

it('A10: counts what is in hand, and has no answer while a window is full of it', () => {
  expect(freeAt(times(3), conversationWindows, 0, 3)).toBe(0);
  expect(freeAt(times(4), conversationWindows, 0, 3)).toBe(1100);
  expect(freeAt([], conversationWindows, 0, 7)).toBe(Number.POSITIVE_INFINITY);
});
