import { describe, expect, it } from 'vitest';
import { findAbsences, withoutUsual } from '../../../../src/features/alerting/domain/absences.ts';
import { QuarterBits, quarterMs } from '../../../../src/features/history/domain/quarters.ts';
import { absenceOf } from '../../../../src/features/silence/domain/absence.ts';

const day = 20_000;
const first = day * 96;

/** `o` online, `.` not online, ` ` not polled: a quarter of an hour each. */
const read = (stories: Readonly<Record<string, string>>) => {
  const polled = new QuarterBits(day, day);
  const agents = new Map(
    Object.entries(stories).map(([agent, story]) => {
      const bits = new QuarterBits(day, day);
      for (const [place, sign] of [...story].entries()) {
        if (sign !== ' ') polled.set(first + place);
        if (sign === 'o') bits.set(first + place);
      }
      return [agent, bits] as const;
    }),
  );
  return { from: first, until: first + 96, polled, agents };
};

const found = async (story: string, afterQuarters = 0) =>
  (await findAbsences(read({ a: story }), new Set(['a']), afterQuarters * quarterMs)).found.map(
    ({ beganAt, raisedAt, open }) =>
      `${beganAt / quarterMs - first}/${raisedAt / quarterMs - first}${open ? ' open' : ''}`,
  );

describe('the absences of an agent', () => {
  it.each<[string, string, readonly string[]]>([
    ['are none while it is online', 'ooooo', []],
    ['begin with the first quarter without it', 'oo..oo', ['2/2']],
    ['may still go on', 'oo...', ['2/2 open']],
    ['are several', 'o.o..o', ['1/1', '3/3']],
    ['do not begin before it was first seen', '...oo', []],
    ['are none where the bot did not look', 'oo   oo', []],
    ['go on over a time in which it did not look', 'o.  .o', ['1/1']],
    ['are none of an agent that never came', '......', []],
  ])('%s', async (_what, story, expected) => {
    expect(await found(story)).toEqual(expected);
  });

  it('are notified only once they have lasted', async () => {
    expect(await found('o.o....o', 3)).toEqual(['3/6']);
  });

  it('are those of the agents that were asked for', async () => {
    const { found: all, since } = await findAbsences(
      read({ a: ' o.o', b: ' o.o' }),
      new Set(['b']),
    );
    expect(all.map(({ agent }) => agent)).toEqual(['b']);
    expect(since).toBe((first + 1) * quarterMs);
  });

  it('are unknown where nothing was ever seen', async () => {
    expect(await findAbsences(read({ a: '    ' }), new Set(['a']))).toEqual({ found: [] });
  });

  it.each<[string, string, readonly string[]]>([
    ['outside its hours are none', 'oo..oooooooo', []],
    ['in its hours count', 'ooooooo..ooo', ['7/7']],
    ['over the beginning of its hours count once it has not come', 'oo.......ooo', ['2/7']],
    ['that end before that is clear are none', 'oo....oooooo', []],
  ])('%s', async (_what, story, expected) => {
    // Its hours begin with the fifth quarter.
    const times = [{ from: (first + 4) * quarterMs, until: (first + 96) * quarterMs }];
    const absence = (_agent: string, since: number, now: number) => absenceOf(times, since, now);
    const { found: all } = await findAbsences(read({ a: story }), new Set(['a']));
    const told = await withoutUsual(all, { absence });
    expect(
      told.map(
        ({ beganAt, raisedAt }) => `${beganAt / quarterMs - first}/${raisedAt / quarterMs - first}`,
      ),
    ).toEqual(expected);
  });
});
