import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { markdown, markdownName, plain, plainName } from '../../src/ui/escape.ts';
import { anyCharacter } from '../shared/any-character.ts';

const parser = new MarkdownIt({ html: true });

/** The kinds of what a client with the fullest markdown would make of it. */
const kinds = (text: string): readonly string[] => [
  ...new Set(
    parser
      .parse(text, {})
      .flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)]),
  ),
];

const textOnly = ['paragraph_open', 'inline', 'paragraph_close', 'text', 'text_special'];

/** Pieces that are markup somewhere, mixed with anything. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '[a](https://x.example)',
          '![a](b)',
          '**',
          '__',
          '_',
          '`',
          '~~',
          '# ',
          '> ',
          '- ',
          '+ ',
          '1. ',
          '12) ',
        ],
        ...[
          '---',
          '===',
          '|a|b|',
          '<at>',
          '</at>',
          '<b>',
          '<!--',
          '<https://x.example>',
          '&lt;',
          '&#60;',
          '\\',
        ],
        ...[
          '{{DATE(2026-01-01T00:00:00Z)}}',
          '{{TIME(2026-01-01T00:00:00Z)}}',
          '{',
          '${',
          '$',
          '\n',
          '\u2028',
        ],
        ...[
          '\u202E',
          '\u2066',
          '\u200F',
          '\u200B',
          '\uFEFF',
          '\u0000',
          '\uD800',
          '    ',
          '👩‍👩‍👧',
          'é',
          'x',
        ],
      ),
      fc.string({ unit: anyCharacter }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

const max = fc.integer({ min: 2, max: 60 });

/** Control signs, those that turn the direction round, and those that nobody sees. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

const withoutTags = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›');

describe('markdown', () => {
  it('is nothing but text, whatever comes', () => {
    fc.assert(
      fc.property(nasty, max, (text, limit) => {
        const shown = markdown(text, limit);
        expect(kinds(shown).filter((kind) => !textOnly.includes(kind))).toEqual([]);
        expect(shown).not.toMatch(/\{\{|\$\{|<|>/);
        expect(shown).not.toMatch(unseen);
      }),
      { numRuns: 500 },
    );
  });

  it('shows the same letters as plain text, but for broken tags', () => {
    fc.assert(
      fc.property(nasty, max, (text, limit) => {
        const inline = parser.parse(markdown(text, limit), {})[1]?.children ?? [];
        const read = inline.map(({ content }) => content).join('');
        expect(withoutTags(read)).toBe(withoutTags(plain(text, limit)));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['LAX-12', 'LAX-12'],
    ['a*b', 'a\\*b'],
    ['LAX_12_LT', 'LAX_12_LT'],
    ['_i_', '\\_i\\_'],
    ['AT&T', 'AT&amp;T'],
    ['- item', '\\- item'],
    ['1. first', '1\\. first'],
    ['192.168.0.1', '192.168.0.1'],
    ['#1', '#1'],
    ['# head', '\\# head'],
    ['--', '\\--'],
    ['NYC (front desk)', 'NYC (front desk)'],
  ])('writes %s as %s', (text, shown) => {
    expect(markdown(text, 80)).toBe(shown);
  });
});

describe('plain', () => {
  it('holds nothing that a client may expand or take for a tag, and keeps its bound', () => {
    fc.assert(
      fc.property(nasty, max, (text, limit) => {
        const shown = plain(text, limit);
        expect(shown).not.toMatch(/\{\{|\$\{|<[a-z/!?]/i);
        expect(shown).not.toMatch(unseen);
        expect(shown).toBe(shown.trim());
        expect([...shown].length).toBeLessThanOrEqual(limit + (text.match(/[{$]/g)?.length ?? 0));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['  two\n\nlines ', 'two lines'],
    ['gnp.\u202Eexe', 'gnp.exe'],
    ['<at>All</at>', '‹at›All‹/at›'],
    ['grant @person <viewer | operator>', 'grant @person ‹viewer | operator›'],
    ['<at All <b', '‹at All ‹b'],
    ['score > 3', 'score > 3'],
    ['a < b', 'a < b'],
    ['{{{', '{ { {'],
    ['\uD800x', '\uFFFDx'],
  ])('writes %j as %j', (text, shown) => {
    expect(plain(text, 80)).toBe(shown);
  });

  it('cuts between whole signs and says so', () => {
    expect(plain('😀😀😀😀', 3)).toBe('😀😀…');
  });
});

it.each([plainName, markdownName])('says so where a name is empty', (name) => {
  expect(name(' \u200B\n')).toBe('(no name)');
});
