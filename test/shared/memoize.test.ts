import { expect, it } from 'vitest';
import { remembered } from '../../src/shared/memoize.ts';

it('works each key out once, until too many others came after it', () => {
  const asked: string[] = [];
  const upper = remembered((key) => {
    asked.push(key);
    return key.toUpperCase();
  }, 2);
  const answers = ['a', 'a', 'b', 'a', 'c', 'b', 'a'].map(upper);
  expect(answers).toEqual(['A', 'A', 'B', 'A', 'C', 'B', 'A']);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
