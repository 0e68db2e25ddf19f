import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/shared/fold.ts';
import {
  begunName,
  findByName,
  type Named,
  nearestCommands,
  wholeNamed,
} from '../../src/shared/names.ts';
import { anyCharacter } from './any-character.ts';

const items: readonly Named[] = [
  { id: 'id-1', name: 'LAX-1', alsoKnownAs: ['PC-0815'] },
  { id: 'id-2', name: 'LAX-12 Reception', alsoKnownAs: ['PC-08159'] },
  { id: 'id-3', name: 'Boise Warehouse', alsoKnownAs: ['KIOSK'] },
  { id: 'id-4', name: 'Relax  Lounge' },
  { id: 'id-5', name: 'Front Desk', alsoKnownAs: ['MAC-7'] },
  { id: 'id-6', name: 'Front Desk', alsoKnownAs: ['MAC-8'] },
  { id: 'id-7', name: 'Ｃａｆé № 5', alsoKnownAs: ['Kiosk-5', 'Till'] },
  { id: 'id-8', name: 'LAX-1', alsoKnownAs: [] },
];
const some = items.filter(({ id }) => id !== 'id-8');

const found = (query: string, among: readonly Named[] = some): unknown => {
  const result = findByName(query, among);
  switch (result.kind) {
    case 'one':
      return result.item.id;
    case 'many':
      return result.items.map(({ id }) => id);
    case 'none':
      return { nearest: result.nearest.map(({ id }) => id) };
    default:
      return result satisfies never;
  }
};

describe('a name', () => {
  it.each([
    ['id-2', 'id-2'],
    ['ID-2', 'id-2'],
    ['LAX-1', 'id-1'],
    ['lax-1', 'id-1'],
    ['  lax-1  ', 'id-1'],
    ['lax-12', 'id-2'],
    ['reception', 'id-2'],
    ['boise', 'id-3'],
    ['BOISE  warehouse', 'id-3'],
    ['relax lounge', 'id-4'],
    ['café no 5', 'id-7'],
    ['cafe\u0301', 'id-7'],
    ['"lax-1"', 'id-1'],
    ['“Boise Warehouse”', 'id-3'],
    // machine names
    ['mac-7', 'id-5'],
    ['till', 'id-7'],
    ['kiosk', 'id-3'],
    ['pc-0815', 'id-1'],
    ['5', 'id-7'],
    ['lounge', 'id-4'],
  ])('%j is %j', (query, id) => {
    expect(found(query)).toBe(id);
  });

  it.each([
    ['lax', ['id-1', 'id-2']],
    ['front desk', ['id-5', 'id-6']],
    ['pc-0', ['id-1', 'id-2']],
    ['mac', ['id-5', 'id-6']],
    ['r', ['id-4', 'id-2']],
  ])('%j may be several', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('that two have is never decided for one of them', () => {
    expect(found('lax-1', items)).toEqual(['id-1', 'id-8']);
  });

  it('that begins with what was typed stands before one that holds it', () => {
    expect(
      found('lax', [
        { id: 'b', name: 'Old LAX' },
        { id: 'a', name: 'LAX-1' },
      ]),
    ).toEqual(['a', 'b']);
  });

  it('of a machine, typed in full, does not lose to a part of another name', () => {
    expect(
      found('pc-12', [
        { id: 'a', name: 'PC-123' },
        { id: 'b', name: 'Reception', alsoKnownAs: ['PC-12'] },
      ]),
    ).toEqual(['b', 'a']);
  });

  // B3: "pause all" once paused "Call centre seat".
  it.each(['ax', 'elax', 'arehouse', 'sk-5', 'C-0815', '-12', '2 reception'])(
    '%j in the middle of a word is no part of it',
    (query) => {
      expect(found(query)).toEqual({ nearest: expect.any(Array) });
    },
  );

  it.each([
    ['Zürich', 'rich', false],
    ['Zu\u0308rich', 'rich', false],
    ['कार्यालय', 'यालय', false],
    ['(lab) north', 'lab', true],
    ['a_b', 'b', true],
    ['𝒳lab', 'lab', false],
    ['💥lab', 'lab', true],
    ['Lax Relax lax-2', 'lax-2', true],
  ])('%j: a part like %j begins a word there: %j', (name, part, begins) => {
    const fleet = [{ id: 'one', name }];
    expect(found(part, fleet) === 'one').toBe(begins);
  });

  it('that was not typed picks nothing, not even an only item', () => {
    expect(found('  ', [{ id: 'a', name: 'LAX' }])).toEqual(['a']);
    expect(found('""', [{ id: 'a', name: 'LAX' }])).toEqual(['a']);
    expect(found('', [])).toEqual({ nearest: [] });
  });

  it.each([
    ['laz', ['id-1', 'id-2']],
    ['lxa-12', ['id-2']],
    ['boize', ['id-3']],
    ['recpetion', ['id-2']],
    ['frontdesk', ['id-5', 'id-6']],
    ['fornt dsek', ['id-5', 'id-6']],
    ['the boise agent', ['id-3']],
    ['kisok', ['id-3', 'id-7']],
    ['zzz', []],
    ['q', []],
    ['qwertyuiop', []],
    ['💥', []],
  ])('%j is not there, but near to %j', (query, ids) => {
    const result = found(query);
    expect(result).toEqual({ nearest: expect.arrayContaining(ids) });
    if (ids.length === 0) expect(result).toEqual({ nearest: [] });
  });

  it('has at most five near ones, the best first', () => {
    const fleet = [...'abcdefgh'].map((letter) => ({ id: letter, name: `Warehouse x${letter}` }));
    const result = findByName('Warehuose xc', fleet);
    expect(result).toMatchObject({ kind: 'none' });
    expect(result.kind === 'none' ? result.nearest.map(({ id }) => id) : []).toHaveLength(5);
    expect(result.kind === 'none' ? result.nearest[0]?.id : undefined).toBe('c');
  });

  it('typed in full is always found, whatever it holds', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom('a', 'A', ' ', '"', '“', '-', 'ﬁ', 'İ'), maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(
          name.filter((text) => fold(text) !== ''),
          {
            selector: fold,
            minLength: 1,
            maxLength: 8,
          },
        ),
        (names) => {
          const fleet = names.map((text, at) => ({ id: `agent#${at}#`, name: text }));
          for (const item of fleet)
            expect(findByName(item.name, fleet)).toEqual({ kind: 'one', item });
        },
      ),
    );
  });

  it('of any length and kind is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (query) => {
        expect(['one', 'many', 'none']).toContain(findByName(query, items).kind);
      }),
    );
  });
});

// B2: an unread tail must be seen, not become part of a name.
describe('a name with more behind it', () => {
  it.each([
    ['lax-12 for 5x', 'lax-12', 'for 5x'],
    ['LAX-12  Reception\nplease', 'LAX-12  Reception', 'please'],
    ['"lax-1" please', 'lax-1', 'please'],
    ['"Boise Warehouse" now', 'Boise Warehouse', 'now'],
    ['lax 2h', 'lax', '2h'],
    ['kiosk 2h', 'kiosk', '2h'],
    [`lax ${'x '.repeat(5000)}`, 'lax', 'x '.repeat(5000).trim()],
  ])('%j: its name, and what is unread', (typed, name, unread) => {
    expect(begunName(typed, some)).toEqual({ name, unread });
  });

  it.each(['lax-1', 'zzz please', 'please lax-1', '', '   ', '"" please'])(
    '%j has none that means somebody',
    (typed) => {
      expect(begunName(typed, some)).toBeUndefined();
    },
  );
});

describe('a whole name', () => {
  const fleet = ['Road', 'Road to Nowhere', 'all'].map((name, at) => ({ id: `id-${at}`, name }));
  const meant = (...readings: readonly string[]) =>
    wholeNamed(
      readings.map((agent) => ({ agent })),
      fleet,
    )?.agent;

  it('is the longest that was said, in quotes or not', () => {
    expect(meant('Road', 'road  TO nowhere')).toBe('road  TO nowhere');
    expect(meant('x', '"road"')).toBe('"road"');
    expect(meant('Roa', '')).toBeUndefined();
  });

  it('is no name where it is the word for all', () => {
    expect(meant('all')).toBeUndefined();
    expect(meant('"all"')).toBe('"all"');
  });
});

describe('a mistyped command', () => {
  const commands = [
    'help',
    'agents',
    'agent',
    'pause',
    'resume',
    'rename',
    'reconnect',
    'undo',
    'whoami',
  ];

  it.each([
    ['hlep', ['help']],
    ['HELPP', ['help']],
    ['agnets', ['agents']],
    ['ag', ['agents', 'agent']],
    ['re', ['resume', 'rename', 'reconnect']],
    ['puase', ['pause']],
    ['reconect', ['reconnect']],
    ['who', ['whoami']],
    ['xyzzy', []],
    ['a', []],
    ['', []],
  ])('%j may mean %j', (word, expected) => {
    const result = nearestCommands(word, commands);
    expect(result.slice(0, expected.length)).toEqual(expected);
    expect(result.length).toBeLessThanOrEqual(3);
    if (expected.length === 0) expect(result).toEqual([]);
  });
});
