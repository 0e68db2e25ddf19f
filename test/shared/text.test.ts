import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTest } from '../../src/shared/text.ts';

describe('a text pattern', () => {
  it.each([
    ['lax', 'RELAX', true],
    ['lax', 'la x', false],
    ['', 'anything', true],
    ['lax*', 'LAX-12', true],
    ['lax*', 'relax', false],
    ['*lax', 'relax', true],
    ['*lax', 'lax-12', false],
    ['*lax*', 'relaxed', true],
    ['l*x', 'lx', true],
    ['a*a', 'a', false],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*b*b*', 'b', false],
    ['**', '', true],
    ['*', 'anything', true],
    ['a.c*', 'abc', false],
    ['É*', 'école', true],
    ['(*', '(a', true],
  ])('%j on %j: %j', (pattern, text, fits) => {
    expect(textTest(pattern)(text)).toBe(fits);
  });

  it('never fits a text that is not there', () => {
    expect(textTest('')(undefined)).toBe(false);
    expect(textTest('*')(undefined)).toBe(false);
  });

  it('with stars fits like the regular expression that it stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(letters, text, (pattern, candidate) => {
        const expected = pattern.includes('*')
          ? new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'u').test(candidate)
          : candidate.includes(pattern);
        expect(textTest(pattern)(candidate)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
