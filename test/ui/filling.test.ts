import { readdirSync, readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { fillingOf } from '../../src/ui/filling.ts';

afterEach(() => vi.restoreAllMocks());

const texts = [
  '${name}',
  '${rows}',
  '${no such}',
  '${missing}',
  '${!shown}',
  'Delete ${name}?',
  '${name}${deep}: ${shown}',
  '${name} `quoted` \\${name}',
  '${name} costs 5 $ {',
  '${true}',
  '${null} and ${name}',
  '${Undefined}',
  '${Name}',
  '${deep.er}',
  "${if(shown, name, 'no')}",
  '${count(rows)}',
  '${name',
  '${name} and ${missing}',
  '${toString}',
  'plain',
  '',
];
const conditions = [
  ...['${shown}', '${!shown}', '${name}', '${missing}', '${shown} ', '${true}', '${nothing}'],
  ...['true', '', true],
];
const data = {
  name: 'LAX-1 ${name}',
  shown: true,
  deep: { er: 'deep' },
  nothing: null,
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

it('draws a card without the engine, which blocks the first one that needs it', () => {
  const { calls } = vi.spyOn(Template, 'parseInterpolatedString').mock;
  const fill = fillingOf({
    body: [
      { $data: '${rows}', $when: '${isBad}', text: 'Target ${number}' },
      { inlines: '${name}' },
    ],
  });
  const rows = [{ isBad: true, number: 1 }, { number: 2 }, { isBad: null }];
  expect(fill({ rows, name: [{ text: 'LAX-1' }] })).toEqual({
    body: [{ text: 'Target 1' }, { inlines: [{ text: 'LAX-1' }] }],
  });
  expect(calls).toEqual([]);
});

it('reads all templates without the engine: they only name values', () => {
  const { calls } = vi.spyOn(Template, 'parseInterpolatedString').mock;
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const templates = files.filter((file) => file.endsWith('.json'));
  expect(templates.length).toBeGreaterThan(20);
  for (const file of templates) fillingOf(JSON.parse(readFileSync(`src/${file}`, 'utf8')));
  expect(calls).toEqual([]);
});
