import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/shared/fold.ts';
import { findByName } from '../../src/shared/names.ts';
import { textTest } from '../../src/shared/text.ts';
import { plain } from '../../src/ui/escape.ts';
import { anyCharacter } from './any-character.ts';

describe('C4: two texts are the same to a person', () => {
  it.each([
    ['İstanbul', 'istanbul'],
    // As programs write it in lower case.
    ['i\u0307stanbul', 'İstanbul'],
    ['ISPARTA', 'ısparta'],
    ['IŞIK', 'ışık'],
    ['Straße 5', 'STRASSE 5'],
    ['Straẞe', 'strasse'],
    ['Joe’s Desk', "joe's desk"],
    ['Joe‘s', "joe's"],
    ['Joe´s', "joe's"],
    ['the “big” one', 'the "big" one'],
    ['„Halle“', '«halle»'],
    ['LAX–12', 'lax-12'],
    ['LAX—12', 'lax-12'],
    ['LAX\u221212', 'lax-12'],
    ['LAX\u201012', 'lax\uff0d12'],
    ['LAX\u200b-12', 'lax-12'],
    ['Re\u00adception', 'reception'],
    ['\u202eLAX\u202c', 'lax'],
    ['\ufeffLAX', 'lax'],
    ['LAX\u{e0041}', 'lax'],
    ['☎\ufe0f Desk', '☎ desk'],
    ['Cafe\u0301', 'café'],
    ['ｶﾌｪ', 'カフェ'],
    ['ﾄﾞｱ', 'ドア'],
    ['Lab：3', 'lab:3'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['LAX\u00a0 12', ' lax\t12 '],
    ['a {{b}} ${c}', 'A { {B}} $ {C}'],
    ['<at>x</at>', '‹at›x‹/at›'],
  ])('%j and %j', (one, other) => {
    expect(fold(one)).toBe(fold(other));
    expect(findByName(other, [{ id: '#', name: one }]).kind).toBe('one');
    expect(textTest(other.trim())(one)).toBe(true);
  });

  it.each([
    ['LAX-12', 'LAX-1'],
    ['LAX 12', 'LAX-12'],
    ['é', 'e'],
    ['ー', '-'],
  ])('not %j and %j', (one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });

  const anyName = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc.string({ unit: anyCharacter, minLength: 1, maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(...'aAıİIß’"“-–—\u200b\u00ad \u202eｶﾞ：*<{$}>/ſ…'),
      minLength: 1,
      maxLength: 12,
    }),
  );

  it('C4: folding twice changes nothing', () => {
    fc.assert(
      fc.property(anyName, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('C4: every name, typed as a card shows it, finds its agent', () => {
    fc.assert(
      fc.property(
        anyName.filter((name) => plain(name, 80) !== '' && fold(name) !== ''),
        (name) => {
          const item = { id: '#', name };
          expect(findByName(plain(name, 80), [item])).toEqual({ kind: 'one', item });
          expect(textTest(plain(name, 80))(name)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
