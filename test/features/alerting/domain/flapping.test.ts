import { describe, expect, it } from 'vitest';
import {
  changesIn,
  flapWindow,
  isFlapping,
  remember,
} from '../../../../src/features/alerting/domain/flapping.ts';

describe('the history', () => {
  it('keeps the last 21 samples', () => {
    const history = Array.from({ length: 30 }).reduce<string>(
      (kept, _, at) => remember(kept, at === 8 || at === 9),
      '',
    );
    expect(history).toBe(`b${'g'.repeat(20)}`);
    expect(history).toHaveLength(flapWindow);
  });

  it.each([
    ['', 0],
    ['g', 0],
    ['gggg', 0],
    ['gbbg', 2],
    ['gbgb', 3],
  ])('%j changed %i times', (history, changes) => {
    expect(changesIn(history)).toBe(changes);
  });
});

describe('flapping', () => {
  const withChanges = (changes: number): string =>
    'gb'
      .repeat(11)
      .slice(0, changes + 1)
      .padEnd(flapWindow, changes % 2 === 0 ? 'g' : 'b');

  it.each([
    [9, false, false],
    [10, false, true],
    [5, true, true],
    [4, true, false],
  ])('%i changes, flapping before %j → %j', (changes, before, flapping) => {
    expect(changesIn(withChanges(changes))).toBe(changes);
    expect(isFlapping(withChanges(changes), before)).toBe(flapping);
  });
});
