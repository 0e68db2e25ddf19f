import { expect, it } from 'vitest';
import { isMeant, mayBeOffered } from '../../../../src/features/bulk/domain/picked.ts';

const all = ['a', 'b', 'c', 'd'];

it.each([
  ['all that there were are ticked', 'a,b', undefined, ['a', 'b']],
  ['nothing is ticked', '', undefined, []],
  ['nothing is ticked, and more were in the list', '', ['a', 'b'], ['c', 'd']],
  ['one of those with a box is left out', 'a', ['a', 'b'], ['a', 'c', 'd']],
  ['somebody is ticked who had no box', 'a,x', ['a', 'b'], ['a', 'c', 'd']],
  ['the boxes came after the list changed', 'x,y', undefined, []],
] as const)('means, where %s, %j of %j: %j', (_case, ticked, offered, meant) => {
  expect(all.filter(isMeant(ticked, offered))).toEqual(meant);
});

it('offers no id that a multiple choice would tear apart', () => {
  expect(['a', 'a,b', ' a', ''].filter(mayBeOffered)).toEqual(['a', '']);
});
