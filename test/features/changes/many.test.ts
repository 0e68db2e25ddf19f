import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMany } from '../../../src/features/changes/many.ts';
import { AppError } from '../../../src/platform/errors.ts';

it.each([
  ['pause', 'where boise', { filter: 'boise' }],
  ['pause', 'where boise for 2h', { filter: 'boise', timing: { kind: 'for', text: '2h' } }],
  ['pause', 'where name:"for 2h"', { filter: 'name:"for 2h"' }],
  ['pause', 'all', { filter: '' }],
  ['pause', 'all until mon 08:00', { filter: '', timing: { kind: 'until', text: 'mon 08:00' } }],
  ['pause', 'all where boise', { filter: 'boise' }],
  ['resume', 'where all', { filter: '' }],
  ['delete', 'where is:stale', { filter: 'is:stale' }],
  ['rename', 'where boise to {n}', { filter: 'boise', pattern: '{n}' }],
  ['rename', 'all to "a to {n}"', { filter: '', pattern: 'a to {n}' }],
] as const)('%s %s', (act, typed, asked) => {
  expect(readMany(act, typed, 'usage')).toEqual({ act, ...asked });
});

it.each([
  ['pause', 'where'],
  ['pause', 'all boise'],
  ['pause', 'all/crm'],
  ['pause', 'all / crm'],
  ['pause', 'where boise / crm'],
  ['pause', 'where boise please'],
  ['pause', 'where boise\nwhere lax'],
  ['pause', 'where boise for 5x'],
  ['resume', 'where boise for 2h'],
  ['reconnect', 'where boise for 2h'],
  ['delete', 'where boise until 08:00'],
  ['rename', 'where boise'],
  ['rename', 'where boise to'],
  ['rename', 'where a to b to c'],
  ['rename', 'where boise to "x" y'],
] as const)('%s %s is refused', (act, typed) => {
  expect(() => readMany(act, typed, 'usage')).toThrow(AppError);
});

it('reads or refuses whatever follows, and never takes a filter for all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (rest) => {
      try {
        const { filter } = readMany('pause', `where ${rest}`, 'usage');
        if (filter === '') expect(rest.trim().toLowerCase()).toMatch(/^all\b/u);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
    { numRuns: 100 },
  );
});
