import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isBulk,
  parseCommand,
  requireCommandLength,
  slashSplits,
  splitRename,
  splitTarget,
} from '../../src/chat/command-line.ts';
import { splitSpan, splitTiming } from '../../src/chat/typed-time.ts';
import { quoteMarks, unquoted, words } from '../../src/shared/text.ts';

const unquotedTarget = (rest: string) => {
  const { agent, ...target } = splitTarget(rest);
  return { agent: unquoted(agent), ...target };
};

/** A name as it can stand in quotes: with anything in it but quotes. */
const quotableName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((name) => name.trim() !== '' && !new RegExp(`[${quoteMarks}]`, 'u').test(name));

/** Names built from the words that the commands themselves use. */
const trickyName = fc
  .array(fc.constantFrom('to', 'TO', '/', 'for', 'until', '2h', '08:00', 'where', 'lax'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' '));

const anyName = fc.oneof(quotableName, trickyName);

describe('words', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['a b', ['a', 'b']],
    ['  a \t b\nc ', ['a', 'b', 'c']],
    ['a\u00a0b\u2003c\u3000d\u202fe', ['a', 'b', 'c', 'd', 'e']],
    ['"a b" c', ['a b', 'c']],
    ['“a b” c', ['a b', 'c']],
    ['„a b“ c', ['a b', 'c']],
    ['«a b» »c d«', ['a b', 'c d']],
    ['“a b" c', ['a b', 'c']],
    ['a "" b', ['a', '', 'b']],
    ['"a b', ['a b']],
    ['"a b"c d', ['a bc', 'd']],
    ['TV 19" left', ['TV', '19"', 'left']],
    ["Bob's desk", ["Bob's", 'desk']],
    ['"  a  "', ['  a  ']],
  ])('of %j are %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('in quotes come back as they are', () => {
    fc.assert(
      fc.property(fc.array(anyName), (names) => {
        expect(words(names.map((name) => `"${name}"`).join(' '))).toEqual(names);
      }),
    );
  });
});

describe('unquoted', () => {
  it.each([
    ['lax', 'lax'],
    [' "lax 12" ', 'lax 12'],
    ['“ lax 12 ”', 'lax 12'],
    ['"lax', 'lax'],
    ['TV 19"', 'TV 19"'],
    ['"a" and "b"', '"a" and "b"'],
    ['a  b', 'a  b'],
    ['""', ''],
    ['"', ''],
  ])('%j is %j', (text, expected) => {
    expect(unquoted(text)).toBe(expected);
  });
});

describe('a command', () => {
  it.each([
    ['', '', ''],
    ['help', 'help', ''],
    ['  HELP  ', 'help', ''],
    ['agents is:poor  "Los  Angeles"', 'agents', 'is:poor  "Los  Angeles"'],
    ['/agents is:poor', 'agents', 'is:poor'],
    ['/ agents', 'agents', ''],
    ['/', '', ''],
    ['\u00a0agents\u00a0is:poor\u00a0', 'agents', 'is:poor'],
    ['\u200bagents\u2060', 'agents', ''],
    ['agents\nis:poor\r\nis:wifi', 'agents', 'is:poor\r\nis:wifi'],
    ['Rename lax to LAX', 'rename', 'lax to LAX'],
  ])('%j is %j with %j', (text, name, rest) => {
    expect(parseCommand(text)).toEqual({ name, rest });
  });
});

describe('a target', () => {
  it.each([
    ['lax', { agent: 'lax' }],
    ['lax / crm', { agent: 'lax', target: 'crm' }],
    ['LAX/12', { agent: 'LAX/12' }],
    ['LAX/12 / crm', { agent: 'LAX/12', target: 'crm' }],
    ['lax /crm', { agent: 'lax /crm' }],
    ['"LAX / 12" / "crm / eu"', { agent: 'LAX / 12', target: 'crm / eu' }],
    ['“LAX / 12”', { agent: 'LAX / 12' }],
    ['lax / crm / eu', { agent: 'lax', target: 'crm / eu' }],
    ['lax\u00a0/\u00a0crm', { agent: 'lax', target: 'crm' }],
    ['lax /', { agent: 'lax', target: '' }],
    ['/ crm', { agent: '', target: 'crm' }],
    ['lax / https://crm.example.com/a', { agent: 'lax', target: 'https://crm.example.com/a' }],
    ['', { agent: '' }],
  ])('in %j is %j', (rest, expected) => {
    expect(unquotedTarget(rest)).toEqual(expected);
  });

  it('is found behind any quoted name', () => {
    fc.assert(
      fc.property(anyName, anyName, (agent, target) => {
        expect(unquotedTarget(`"${agent}" / "${target}"`)).toEqual({
          agent: agent.trim(),
          target: target.trim(),
        });
      }),
    );
  });
});

describe('a rename', () => {
  it.each([
    ['lax to LAX Reception', [['lax', 'LAX Reception']]],
    ['lax TO LAX', [['lax', 'LAX']]],
    ['"to be" to "not to be"', [['to be', 'not to be']]],
    [
      'to be to not to be',
      [
        ['to be', 'not to be'],
        ['to be to not', 'be'],
      ],
    ],
    [
      'a to to b',
      [
        ['a', 'to b'],
        ['a to', 'b'],
      ],
    ],
    ['lax to  two  spaces ', [['lax', 'two  spaces']]],
    ['lax to “Bob’s «lab»', [['lax', '“Bob’s «lab»']]],
    ['lax to Room "A" and "B"', [['lax', 'Room "A" and "B"']]],
    ['lax to', [['lax', '']]],
    ['lax to ""', [['lax', '']]],
    ['to lax', []],
    ['Toronto', []],
    ['"lax to crm"', []],
    ['', []],
  ])('%j may split as %j', (rest, splits) => {
    expect(splitRename(rest).splits.map(({ agent, to }) => [agent, to])).toEqual(splits);
  });

  it.each([
    [' "to be" ', 'to be'],
    ['road to nowhere', 'road to nowhere'],
  ])('of %j without a new name is about %j', (rest, whole) => {
    expect(splitRename(rest).whole).toBe(whole);
  });

  it('finds the one split of quoted names, whatever they hold', () => {
    fc.assert(
      fc.property(anyName, anyName, (agent, to) => {
        expect(splitRename(`"${agent}" to "${to}"`).splits).toEqual([
          { agent: agent.trim(), to: to.trim() },
        ]);
      }),
    );
  });

  it('offers the intended split of bare names among others', () => {
    fc.assert(
      fc.property(trickyName, trickyName, (agent, to) => {
        // Of more than five nobody can tell which one is intended (A3).
        fc.pre(agent.split(' ').filter((part) => part.toLowerCase() === 'to').length < 5);
        expect(splitRename(`${agent} to ${to}`).splits).toContainEqual({ agent, to });
      }),
    );
  });

  it.each([
    [
      'a to b to c to d to e to f to g',
      ['a', 'a to b', 'a to b to c', 'a to b to c to d', 'a to b to c to d to e'],
    ],
    [
      'to a to to to to to to',
      ['to a', 'to a to', 'to a to to', 'to a to to to', 'to a to to to to'],
    ],
    [`zq ${'to '.repeat(320)}`, ['zq', 'zq to', 'zq to to', 'zq to to to', 'zq to to to to']],
  ])('splits at the first five at most (A3): %j', (rest, agents) => {
    expect(splitRename(rest).splits.map(({ agent }) => agent)).toEqual(agents);
  });
});

it('splits at the first eight slashes at most (A3)', () => {
  expect(slashSplits('a/b/c').map(({ agent }) => agent)).toEqual(['a', 'a/b']);
  expect(slashSplits('x/'.repeat(490))).toHaveLength(8);
});

describe('a timing', () => {
  it.each([
    ['lax for 2h', 'lax', { kind: 'for', text: '2h' }],
    ['lax / crm FOR 1h 30m', 'lax / crm', { kind: 'for', text: '1h 30m' }],
    ['lax until 08:00', 'lax', { kind: 'until', text: '08:00' }],
    ['lax until mon 08:00 ', 'lax', { kind: 'until', text: 'mon 08:00' }],
    ['lax until 2026-12-01 08:00', 'lax', { kind: 'until', text: '2026-12-01 08:00' }],
    ['Waiting for Godot for 2h', 'Waiting for Godot', { kind: 'for', text: '2h' }],
    ['lax for 1h for 2h', 'lax for 1h', { kind: 'for', text: '2h' }],
    ['"Room for 2h" for 15m', '"Room for 2h"', { kind: 'for', text: '15m' }],
    ['for 2h', '', { kind: 'for', text: '2h' }],
  ])('in %j is cut off', (typed, rest, timing) => {
    expect(splitTiming(typed)).toEqual({ rest, timing });
  });

  it.each([
    'Waiting for Godot',
    'open until late',
    'lax for',
    'lax until 25:00',
    'lax until 2h',
    'lax for 08:00',
    '"Room for 2h"',
    'platform 2h',
    '',
  ])('is not seen in %j', (typed) => {
    expect(splitTiming(typed)).toEqual({ rest: typed });
  });
});

describe('a span (A3)', () => {
  const at = (rest: string, from: string, to: string) => ({ rest, from, to });

  it.each([
    ['all from now to 18:00', at('all', 'now', '18:00')],
    ['lax-12 from sat 20:00 to sun 06:00', at('lax-12', 'sat 20:00', 'sun 06:00')],
    ['all FROM 22:00 UNTIL 23:30', at('all', '22:00', '23:30')],
    ['Road to Rome from 22:00 to 23:00', at('Road to Rome', '22:00', '23:00')],
    ['from here from 22:00 to 23:00', at('from here', '22:00', '23:00')],
    ['from 1:00 to 2:00 from 22:00 to 23:00', at('from 1:00 to 2:00', '22:00', '23:00')],
    ['"from 1:00 to 2:00" from 22:00 to 23:00', at('"from 1:00 to 2:00"', '22:00', '23:00')],
    [
      'a from 2026-12-01 08:00 to 2026-12-02T08:00',
      at('a', '2026-12-01 08:00', '2026-12-02T08:00'),
    ],
    ['from now to 18:00', at('', 'now', '18:00')],
    [
      `all ${'from to '.repeat(110)}from now to 18:00`,
      at(`all ${'from to '.repeat(110)}`.trim(), 'now', '18:00'),
    ],
  ])('in %j is cut off', (typed, expected) => {
    expect(splitSpan(typed)).toEqual(expected);
  });

  it.each([
    '',
    'all',
    'all from 22:00',
    'all to 22:00',
    'all to 22:00 from 21:00',
    'all from 22:00 to',
    'all from 22:00 to late',
    'all from 22:00 to 23:00 please',
    'all from 22:00 to 23:00 from',
    'all from early to 23:00',
    'all from now to now',
    'all "from 22:00 to 23:00"',
    `all ${'from to '.repeat(110)}`,
  ])('is not seen in %j', (typed) => {
    expect(splitSpan(typed)).toBeUndefined();
  });
});

describe('the length of a command (A3)', () => {
  it('may be 1,000 characters and no more', () => {
    expect(() => requireCommandLength('x'.repeat(1000))).not.toThrow();
    expect(() => requireCommandLength('x'.repeat(1001))).toThrow();
  });
});

describe('many at once', () => {
  it.each([
    ['where is:poor', true],
    [' WHERE is:poor', true],
    ['where', true],
    ['warehouse', false],
    ['whereabouts', false],
    ['"where it is"', false],
    ['lax where is:poor', false],
  ])('%j: %j', (rest, bulk) => {
    expect(isBulk(rest)).toBe(bulk);
  });
});
