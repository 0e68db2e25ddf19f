import { describe, expect, it } from 'vitest';
import { startTalk } from './talk.ts';

describe('a greeting', () => {
  it.each([
    ['', true],
    ['hi', true],
    ['Hi!', true],
    ['hello ...', true],
    ['Good morning!', true],
    ['good  morning ?!', true],
    ['hi, ', true],
    ['?!', true],
    [`hey${'!'.repeat(990)}`, true],
    [`${'!'.repeat(990)}a`, false],
    ['hi there', false],
    ['his', false],
    ['good evening', false],
  ])('is what is left without signs at the end (A3): %j', async (text, greeted) => {
    const talk = await startTalk();
    const seen = await talk.speaker().say(text);
    expect(seen?.summary.startsWith('Hello')).toBe(greeted);
  });
});
