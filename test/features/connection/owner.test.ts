import { expect, it } from 'vitest';
import {
  onlyOwn,
  ownedBy,
  ownerKeys,
  ownershipOf,
} from '../../../src/features/connection/domain/owner.ts';
import { aView } from '../fleet/an-agent.ts';

const ann = ownerKeys(['0a1b-ann', 'Ann@Example.com', undefined, ' ']);

const ownedWith = (...values: readonly string[]) => ({
  customFields: values.map((value) => ({ name: ' OWNER ', value })),
});

it.each([
  ['ann@example.com', 'own'],
  ['  ANN@example.COM\u200b ', 'own'],
  ['0A1B-ANN', 'own'],
  ['ann@example.com; 0a1b-ann', 'own'],
  ['ann@example.com; bob@example.com', 'shared'],
  ['bob@example.com,ann@example.com', 'shared'],
  ['ann@example.com bob@example.com', 'shared'],
  ['bob@example.com', 'foreign'],
  ['joann@example.com', 'foreign'],
  ['ann@example.com.evil.com', 'foreign'],
  ['ａnn@example.com', 'foreign'],
  ['', 'foreign'],
  [' ; ', 'foreign'],
])('an agent of “%s” is %s to Ann', (value, expected) => {
  expect(ownershipOf(ownedWith(value), 'Owner', ann)).toBe(expected);
});

it('counts every field of that name, and no other', () => {
  expect(ownershipOf(ownedWith('ann@example.com', 'bob@example.com'), 'Owner', ann)).toBe('shared');
  expect(ownershipOf(ownedWith('ann@example.com'), 'Manager', ann)).toBe('foreign');
});

it('is nobody’s where nothing is known of the person', async () => {
  const view = aView({ agent: { customFields: [{ name: 'Owner', value: '' }] } });
  expect(await ownedBy(ownerKeys(['']), [view], 'Owner')).toEqual({ own: [], shared: 0 });
});

it.each([
  [['ann@example.com'], true],
  [['ann@example.com', 'Ann@example.com'], false],
  [['ann@example.com', 'ann@example.com bob@example.com'], false],
  [['bob@example.com'], false],
])('guesses none of %j', async (values, found) => {
  const views = values.map((value, index) =>
    aView({ agent: { id: `a${index}`, ...ownedWith(value) } }),
  );
  expect(onlyOwn(await ownedBy(ann, views, 'owner')) !== undefined).toBe(found);
});
