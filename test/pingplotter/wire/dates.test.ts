import { expect, it } from 'vitest';
import { dateOf, lastSeenOf } from '../../../src/pingplotter/wire/fields.ts';

const at = Date.UTC(2025, 10, 5, 22, 45, 28);

it.each([
  ['2025-11-05T22:45:28.094Z', undefined, at + 94],
  ['2025-11-05T22:45:28Z', null, at],
  ['2025-11-05T22:45:28.0940000+00:00', undefined, at + 94],
  ['2025-11-05T17:45:28-05:00', undefined, at],
  ['2025-11-05T22:45:28', undefined, at],
  ['2025-11-05', undefined, Date.UTC(2025, 10, 5)],
  ['2025-11-05T22:45:28Z', 5, 5],
  ['2025-11-05T22:45:28Z', 0, at],
  ['2025-11-05T22:45:28Z', -62135596800000, at],
  ['2025-11-05T22:45:28Z', 1e300, at],
  [undefined, 5, 5],
  ['0001-01-01T00:00:00+00:00', undefined, 'never'],
  ['0001-01-01T00:00:00', 0, 'never'],
  ['0001-01-01T00:00:00Z', -62135596800000, 'never'],
  ['2025-13-41T00:00:00Z', undefined, undefined],
  ['yesterday', undefined, undefined],
  ['5', undefined, undefined],
  ['', undefined, undefined],
  [null, null, undefined],
])('reads the date %j with the number %j as %s', (date, number, expected) => {
  expect(lastSeenOf(date, number)).toBe(expected);
  expect(dateOf(date, number)).toBe(expected === 'never' ? undefined : expected);
});
