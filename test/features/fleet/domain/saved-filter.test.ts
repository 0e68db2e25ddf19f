import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, parseFilter } from '../../../../src/features/fleet/domain/filter.ts';
import { termGroups } from '../../../../src/features/fleet/domain/filter-grammar.ts';
import {
  calledName,
  expandFilter,
  filterName,
  narrowed,
} from '../../../../src/features/fleet/domain/saved-filter.ts';
import { AppError } from '../../../../src/platform/errors.ts';
import { refusalOf } from '../../../fakes/refusals.ts';
import { aView } from '../an-agent.ts';

const saved = [
  { name: 'Boise', filter: 'field.Site:Boise' },
  { name: 'west', filter: 'name:lax* OR name:sfo*' },
  { name: 'bad-wifi', filter: 'is:wifi wifi<50' },
  { name: 'open', filter: '"los ang' },
  { name: 'arrow', filter: '<70 lax' },
  { name: 'constructor', filter: 'is:vpn' },
];

describe('a filter with the names of saved ones', () => {
  it.each([
    ['is:poor', 'is:poor'],
    ['@boise', 'field.Site:Boise'],
    ['@BOISE is:poor', 'field.Site:Boise is:poor'],
    ['＠Boise', 'field.Site:Boise'],
    ['@west is:poor', 'name:lax* is:poor OR name:sfo* is:poor'],
    ['is:poor @west OR is:offline', 'is:poor name:lax* OR is:poor name:sfo* OR is:offline'],
    ['-@boise', '-field.Site:Boise'],
    ['-@west', '-name:lax* -name:sfo*'],
    ['-@bad-wifi', '-is:wifi OR -wifi<50'],
    ['--@boise', 'field.Site:Boise'],
    ['@west @west', 'name:lax* OR name:sfo*'],
    ['@open is:poor', '"los ang" is:poor'],
    // A comparison must not come about from what stood apart.
    ['score @arrow', 'score "<70" lax'],
    ['@constructor', 'is:vpn'],
    ['"@boise"', '"@boise"'],
    ['name:@boise', 'name:@boise'],
    ['', ''],
  ])('%j stands for %j', (typed, meant) => {
    expect(expandFilter(typed, saved)).toBe(meant);
  });

  it.each([
    ['@boisee', 'Did you mean “@Boise”?'],
    ['is:poor -@nowhere', 'There are @Boise, @west'],
    ['@', 'There are'],
    ['@toString', 'No filter called'],
    ['@__proto__', 'No filter called'],
  ])('%j is refused: %j', (typed, sentence) => {
    const refusal = refusalOf(() => expandFilter(typed, saved));
    expect(refusal?.code).toBe('bad-input');
    expect(refusal?.sentence).toContain(sentence);
  });

  it('says how to save one where there is none', () => {
    expect(refusalOf(() => expandFilter('@boise', []))?.sentence).toContain('save filter boise =');
  });

  it('is refused where it gets longer than a filter may be', () => {
    const long = [
      { name: 'long', filter: Array.from({ length: 40 }, (_, n) => `a${n}`).join(' OR ') },
    ];
    expect(refusalOf(() => expandFilter('@long @long', long))?.sentence).toContain('more than 500');
    const wide = [{ name: 'wide', filter: 'x'.repeat(300) }];
    expect(refusalOf(() => expandFilter('@wide is:poor OR @wide', wide))?.sentence).toContain(
      '500',
    );
    expect(refusalOf(() => expandFilter('@long '.repeat(60).trim(), long))?.code).toBe('bad-input');
    expect(refusalOf(() => expandFilter('-@wide '.repeat(60).trim(), wide))).toBeUndefined();
  });

  it('is never taken as text where nobody has replaced it', () => {
    expect(refusalOf(() => parseFilter('@boise'))?.code).toBe('bad-input');
    expect(() => parseFilter('@boise', 'stored')).not.toThrow();
  });

  it('is as short as its sense allows', () => {
    const b = [{ name: 'b', filter: 'is:poor -name:sfo* OR score<70 "los ang"' }];
    expect(expandFilter('-@b -@b', b)).toBe(expandFilter('-@b', b));
  });

  const term = fc.constantFrom('is:poor', '-is:wifi', 'lax', '-name:sfo*', '"los ang"', 'score<70');
  const group = fc.array(term, { minLength: 1, maxLength: 2 }).map((terms) => terms.join(' '));
  const filter = fc.array(group, { minLength: 1, maxLength: 2 }).map((all) => all.join(' OR '));
  const caller = fc.constantFrom('@a', '-@a', '@b', '-@b', 'is:poor', '-lax', 'OR');
  const views = ['LAX-12', 'sfo-1', 'Los Ang'].flatMap((name) =>
    (['poor', 'good'] as const).flatMap((statusWord) =>
      [40, 90].flatMap((score) =>
        [true, false].map((wifi) => aView({ agent: { name, wifi }, statusWord, score })),
      ),
    ),
  );

  it('finds whom the whole of what it stands for finds', () => {
    fc.assert(
      fc.property(fc.array(caller, { maxLength: 4 }), filter, filter, (words, a, b) => {
        const typed = words.join(' ');
        const meant = new Map([
          ['a', matches(parseFilter(a))],
          ['b', matches(parseFilter(b))],
        ]);
        const all = [
          { name: 'a', filter: a },
          { name: 'b', filter: b },
        ];
        const groups = termGroups(typed).filter((terms) => terms.length > 0);
        // What gets too long is refused, which has its own test.
        fc.pre(refusalOf(() => expandFilter(typed, all)) === undefined);
        const found = matches(parseFilter(expandFilter(typed, all)));
        for (const view of views) {
          const expected =
            groups.length === 0 ||
            groups.some((terms) =>
              terms.every((one) => {
                const called = meant.get(calledName(one) ?? '');
                const test = called ?? matches(parseFilter(one.text));
                return test(view) !== one.not;
              }),
            );
          expect(found(view)).toBe(expected);
        }
      }),
    );
  });

  it('throws refusals only, whatever was typed and saved', () => {
    const pieces = fc.constantFrom(
      ...[
        '@a',
        '-@a',
        '@',
        '"',
        '-',
        'OR',
        '<',
        'is:',
        'x',
        '＠a',
        '@a"',
        'field."',
        '=',
        '\u202E',
      ],
    );
    const text = fc.array(pieces, { maxLength: 30 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(text, text, (typed, inside) => {
        try {
          parseFilter(expandFilter(typed, [{ name: 'a', filter: inside }]));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: 'bad-input' });
        }
      }),
    );
  });
});

describe('the name of a saved filter', () => {
  it.each([
    ['boise', 'boise'],
    ['@boise', 'boise'],
    [' Boise-West_2.b ', 'Boise-West_2.b'],
    ['Größe', 'Größe'],
    ['a', 'a'],
  ])('%j is %j', (typed, name) => {
    expect(filterName(typed)).toBe(name);
  });

  it.each([
    ...['', '@', '@@a', 'two words', 'a:b', 'a<b', '"a"', '-a', 'a-', 'a.', '.', 'x'.repeat(41)],
    ...['a\u202Eb', 'a\u200Bb', '<at>All</at>', '[x](https://evil.example)', '\u0000', '🙂'],
  ])('%j is none', (typed) => {
    expect(refusalOf(() => filterName(typed))?.code).toBe('bad-input');
  });
});

it.each([
  ['', 'is:poor', 'is:poor'],
  ['lax', 'is:poor', 'lax is:poor'],
  ['lax OR boise', 'is:poor', 'lax is:poor OR boise is:poor'],
  ['"los ang', 'is:poor', '"los ang" is:poor'],
  ['x'.repeat(495), 'is:poor', undefined],
])('%j and %s is %j', (filter, term, both) => {
  expect(narrowed(filter, term)).toBe(both);
});
