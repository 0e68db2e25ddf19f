import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillingOf } from '../../src/ui/filling.ts';

const texts = [
  '${name}',
  '${rows}',
  '${no such}',
  '${missing}',
  '${!shown}',
  'Delete ${name}?',
  '${name} and ${missing}',
  '${toString}',
  'plain',
  '',
];
const conditions = ['${shown}', '${!shown}', '${name}', '${missing}', 'true', true];
const data = {
  name: 'LAX-1 ${name}',
  shown: true,
  rows: [
    { name: 'first', shown: false, rows: [] },
    { name: 'second', shown: true, rows: [{ name: 3, shown: true }] },
    { name: 'third', rows: 'text' },
  ],
};

const { node } = fc.letrec<{ node: unknown; object: object }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(...texts, 7, false, null),
    fc.array(tie('node'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.record(
    {
      $data: fc.constantFrom('${rows}', '${missing}', '${name}'),
      $when: fc.constantFrom<unknown>(...conditions),
      text: tie('node'),
      items: fc.array(tie('node'), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
}));

const outcome = (work: () => unknown): unknown => {
  try {
    return work();
  } catch {
    return 'refused';
  }
};

it('fills a template as the engine does', () => {
  fc.assert(
    fc.property(node, (body) => {
      const card = { type: 'AdaptiveCard', body };
      expect(outcome(() => fillingOf(card)(data))).toEqual(
        outcome(() => new Template(card).expand({ $root: data })),
      );
    }),
    { numRuns: 100 },
  );
});

it('shares what is the same on each card, and lets nobody change it', () => {
  const fill = fillingOf({ body: [{ type: 'TextBlock', text: 'Fleet' }, '${name}'] });
  const [first] = [fill({ name: 'a' })['body']].flat();
  expect(Object.isFrozen(first)).toBe(true);
  expect(fill({ name: 'a' })).toEqual({ body: [{ type: 'TextBlock', text: 'Fleet' }, 'a'] });
});
