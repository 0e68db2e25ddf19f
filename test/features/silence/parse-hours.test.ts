import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHours } from '../../../src/features/silence/parse-hours.ts';
import { AppError } from '../../../src/platform/errors.ts';

const text = (typed: string): string => {
  const { subject, act } = parseHours(typed, 'Europe/Berlin');
  if (act === undefined) return `${subject}:`;
  if (act === 'learn') return `${subject}: learn`;
  if (act.kind === 'always') return `${subject}: always`;
  return `${subject}: ${act.ranges.map(({ days, from, to }) => `${days.join('')} ${from}-${to}`).join(' ')} ${act.timeZone}`;
};

describe('hours', () => {
  it.each([
    ['lax-12', 'lax-12:'],
    ['where is:wifi', 'where is:wifi:'],
    ['lax-12 always', 'lax-12: always'],
    ['lax 12 Learn', 'lax 12: learn'],
    ['"Build always"', '"Build always":'],
    ['lax-12 mon-fri 08:00-18:00', 'lax-12: 12345 08:00-18:00 Europe/Berlin'],
    ['lax-12 Mon–Fri 8:00–18:00', 'lax-12: 12345 08:00-18:00 Europe/Berlin'],
    [
      'where field.Site:Boise sat,sun 22:00-06:00',
      'where field.Site:Boise: 67 22:00-06:00 Europe/Berlin',
    ],
    ['lax-12 fri-mon 08:00-12:00', 'lax-12: 1567 08:00-12:00 Europe/Berlin'],
    ['lax-12 daily 00:00-24:00', 'lax-12: 1234567 00:00-00:00 Europe/Berlin'],
    [
      'lax-12 mon-fri 08:00-18:00 sat 09:00-12:00',
      'lax-12: 12345 08:00-18:00 6 09:00-12:00 Europe/Berlin',
    ],
  ])('reads %s', (typed, expected) => {
    expect(text(typed)).toBe(expected);
  });

  it.each([
    'lax-12 mon-fri',
    'lax-12 08:00-18:00',
    'lax-12 mon-fri 8-18',
    'lax-12 mon-fri 08:00-08:00',
    'lax-12 mon-fri 08:00-25:00',
    'lax-12 mon-foo 08:00-18:00',
    'lax-12 mon-fri 8-18 sat 10:00-12:00',
    'lax-12 always always',
    'mon-fri 08:00-18:00',
    'lax-12 please always',
  ])('refuses %s, in the words that were typed', (typed) => {
    expect(() => text(typed)).toThrow(AppError);
  });

  it('reads anything or refuses it', () => {
    const words = fc.constantFrom(
      'lax',
      'where',
      'mon-fri',
      '08:00-18:00',
      'always',
      'learn',
      '"',
      ',',
      '-',
      'sat,',
      '24:00-',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(words, fc.string({ maxLength: 12 })), { maxLength: 40 }),
        (parts) => {
          try {
            parseHours(parts.join(' '), '');
            return true;
          } catch (error) {
            return error instanceof AppError && error.code === 'bad-input';
          }
        },
      ),
    );
  });
});
