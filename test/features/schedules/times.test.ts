import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  afterWindow,
  comingWindow,
  misplaced,
  type Schedule,
  skippableWindow,
  stepOf,
} from '../../../src/features/schedules/domain/schedule.ts';
import {
  describeTimes,
  ScheduleTimes,
  windowAt,
  windowFrom,
} from '../../../src/features/schedules/domain/times.ts';
import { looksLikeSchedule, readSchedule } from '../../../src/features/schedules/parse.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const hour = 60 * 60_000;

const times = (text: string, timeZone = 'Europe/Berlin'): ScheduleTimes => {
  const read = readSchedule(`x ${text}`);
  if (read === undefined) throw new Error(text);
  return { ...read.times, timeZone };
};
const iso = ({ from, until }: { readonly from: number; readonly until: number }) =>
  [from, until].map((at) => new Date(at).toISOString().slice(0, 16));

describe('a window', () => {
  it.each([
    [
      'daily 22:00-06:00',
      'Europe/Berlin',
      '2026-11-23T12:00Z',
      '2026-11-23T21:00',
      '2026-11-24T05:00',
    ],
    // It has begun the evening before.
    [
      'daily 22:00-06:00',
      'Europe/Berlin',
      '2026-11-24T04:59Z',
      '2026-11-23T21:00',
      '2026-11-24T05:00',
    ],
    [
      'daily 22:00-06:00',
      'Europe/Berlin',
      '2026-11-24T05:00Z',
      '2026-11-24T21:00',
      '2026-11-25T05:00',
    ],
    [
      'sat,sun 08:00-20:00',
      'America/New_York',
      '2026-11-23T12:00Z',
      '2026-11-28T13:00',
      '2026-11-29T01:00',
    ],
    [
      'sun 22:00-06:00',
      'Asia/Kolkata',
      '2026-11-30T00:00Z',
      '2026-11-29T16:30',
      '2026-11-30T00:30',
    ],
    // Spring: 02:00 to 03:00 is left out.
    [
      'daily 02:30-05:00',
      'Europe/Berlin',
      '2026-03-28T20:00Z',
      '2026-03-29T01:30',
      '2026-03-29T03:00',
    ],
    [
      'daily 02:15-02:45',
      'Europe/Berlin',
      '2026-03-28T20:00Z',
      '2026-03-29T01:15',
      '2026-03-29T01:45',
    ],
    [
      'daily 02:30-03:15',
      'Europe/Berlin',
      '2026-03-28T20:00Z',
      '2026-03-29T01:30',
      '2026-03-29T02:15',
    ],
    [
      'daily 22:00-02:30',
      'Europe/Berlin',
      '2026-03-28T20:00Z',
      '2026-03-28T21:00',
      '2026-03-29T01:30',
    ],
    [
      'daily 22:00-06:00',
      'Europe/Berlin',
      '2026-03-28T20:00Z',
      '2026-03-28T21:00',
      '2026-03-29T04:00',
    ],
    // Autumn: 02:00 to 03:00 comes twice.
    [
      'daily 22:00-02:30',
      'Europe/Berlin',
      '2026-10-24T19:00Z',
      '2026-10-24T20:00',
      '2026-10-25T00:30',
    ],
    [
      'daily 02:30-05:00',
      'Europe/Berlin',
      '2026-10-24T19:00Z',
      '2026-10-25T00:30',
      '2026-10-25T04:00',
    ],
    [
      'daily 02:30-02:45',
      'Europe/Berlin',
      '2026-10-24T19:00Z',
      '2026-10-25T00:30',
      '2026-10-25T00:45',
    ],
    // Midnight itself is left out in Beirut.
    [
      'daily 00:00-04:00',
      'Asia/Beirut',
      '2026-03-28T20:00Z',
      '2026-03-28T22:00',
      '2026-03-29T01:00',
    ],
    ['daily 00:00-23:59', 'UTC', '2026-03-28T20:00Z', '2026-03-28T00:00', '2026-03-28T23:59'],
  ])('of %s in %s, at %s, is %s to %s', (text, zone, at, from, until) => {
    expect(iso(windowAt(times(text, zone), Date.parse(at)))).toEqual([from, until]);
  });

  const anyTimes = fc
    .record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1439 }),
      minutes: fc.integer({ min: 1, max: 1439 }),
      timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
    })
    .map(({ days, from, minutes, timeZone }) => ({
      days,
      from: clockText(from),
      to: clockText((from + minutes) % 1440),
      timeZone,
    }));
  const anyMoment = fc.integer({
    min: Date.parse('2026-01-01T00:00Z'),
    max: Date.parse('2027-01-01T00:00Z'),
  });

  it('is never empty, never long past, on its days, and follows the one before', () => {
    fc.assert(
      fc.property(anyTimes, anyMoment, (any, at) => {
        const window = windowAt(any, at);
        expect(window.until).toBeGreaterThan(Math.max(at, window.from));
        expect(window.until - window.from).toBeLessThanOrEqual(25 * hour);
        const begin = DateTime.fromMillis(window.from, { zone: any.timeZone });
        expect(any.days).toContain(begin.weekday);
        const next = windowFrom(any, window.from + 1);
        expect(next.from).toBeGreaterThan(window.from);
        expect(ScheduleTimes.parse(any)).toEqual(any);
      }),
      { numRuns: 100 },
    );
  });

  it('is written so that it is read back', () => {
    fc.assert(
      fc.property(anyTimes, ({ timeZone: _, ...any }) => {
        const sorted = { ...any, days: any.days.toSorted() };
        expect(readSchedule(`lax-12 ${describeTimes(any)}`)).toEqual({
          subject: 'lax-12',
          times: sorted,
        });
      }),
      { numRuns: 100 },
    );
  });

  const clockText = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
});

describe('what is typed', () => {
  it.each([
    ['lax-12 daily 22:00-06:00', 'lax-12', everyDay, '22:00', '06:00'],
    [
      'LAX Reception every weekdays 10pm to 6am',
      'LAX Reception',
      [1, 2, 3, 4, 5],
      '22:00',
      '06:00',
    ],
    [
      'where field.Site:"New York" sat, sun 22:00 – 06:00',
      'where field.Site:"New York"',
      [6, 7],
      '22:00',
      '06:00',
    ],
    ['Sat, Sun Radio sat 8:00 AM - 9.30', 'Sat, Sun Radio', [6], '08:00', '09:30'],
    ['x mon and wed from 08:00 until 09:00', 'x', [1, 3], '08:00', '09:00'],
    ['x fri-mon 08:00-09:00', 'x', [1, 5, 6, 7], '08:00', '09:00'],
    ['"daily 1" daily 08:00-09:00', '"daily 1"', everyDay, '08:00', '09:00'],
  ])('“%s” is read', (typed, subject, days, from, to) => {
    expect(readSchedule(typed)).toEqual({ subject, times: { days, from, to } });
  });

  it.each([
    'lax-12',
    'lax-12 daily',
    'lax-12 22:00-06:00',
    'lax-12 daily 22:00',
    'lax-12 daily 22:00-06:00 please',
    'lax-12 someday 22:00-06:00',
    'lax-12 daily 24:00-06:00',
    'lax-12 "daily 22:00-06:00"',
    'CAM 10-12',
  ])('“%s” is no schedule', (typed) => {
    expect(readSchedule(typed)).toBeUndefined();
  });

  it.each([
    ['lax-12 daily 22:00', true],
    ['where site sat,sun from 9 please', true],
    ['lax-12 until mon 08:00', false],
    ['lax-12 "mon" 08:00', false],
    ['lax-12 daily', false],
  ])('“%s” may mean one: %s', (typed, may) => {
    expect(looksLikeSchedule(typed)).toBe(may);
  });

  it('is read quickly, whatever it is', () => {
    for (const part of ['mon,', 'mon-', ' daily', ' 22:00-', '"mon ', 'mon and '])
      expect(readSchedule(part.repeat(200).slice(0, 1000))).toBeUndefined();
  });
});

describe('a schedule from step to step', () => {
  const at = (text: string): number => Date.parse(text);
  const schedule = (changes: Partial<Schedule> = {}): Schedule => ({
    account: 'default',
    conversationKey: 'c',
    id: 'x',
    number: 1,
    subject: { filter: '' },
    times: times('daily 22:00-06:00', 'UTC'),
    by: { id: 'ada', name: 'Ada' },
    createdAt: at('2026-11-20T12:00Z'),
    phase: 'waiting',
    dueAt: at('2026-11-23T22:00Z'),
    ...changes,
  });
  const window = { from: at('2026-11-23T22:00Z'), until: at('2026-11-24T06:00Z') };

  it.each([
    ['waits', {}, '2026-11-23T21:59Z', { what: 'wait' }],
    ['begins', {}, '2026-11-23T22:00Z', { what: 'pause', window, late: false }],
    ['begins late', {}, '2026-11-24T01:00Z', { what: 'pause', window, late: true }],
    ['leaves what passed', {}, '2026-11-24T12:00Z', { what: 'wait' }],
    ['skips', { skip: window.from }, '2026-11-23T22:00Z', { what: 'wait' }],
    ['does not skip what is past', { skip: 5 }, '2026-11-23T22:00Z', { what: 'pause' }],
    [
      'made inside is not late',
      { createdAt: at('2026-11-24T01:00Z') },
      '2026-11-24T01:00Z',
      { what: 'pause', window, late: false },
    ],
    ['goes on', { phase: 'pausing', window }, '2026-11-24T01:00Z', { what: 'pause', late: true }],
    ['ends', { phase: 'paused', window }, '2026-11-24T06:00Z', { what: 'resume', lastTry: false }],
    ['ends unfinished', { phase: 'pausing', window }, '2026-11-24T07:00Z', { what: 'resume' }],
    [
      'gives up when the next begins',
      { phase: 'resuming', window },
      '2026-11-24T22:00Z',
      { what: 'resume', lastTry: true },
    ],
    [
      'ends what a wrong clock began',
      { phase: 'pausing', window },
      '2026-11-20T22:00Z',
      { what: 'resume' },
    ],
  ] as const)('%s', (_, changes, now, step) => {
    expect(stepOf(schedule(changes), at(now))).toMatchObject(step);
  });

  it.each([
    [{}, '2026-11-23T12:00Z', undefined],
    [{ dueAt: at('2027-11-23T22:00Z') }, '2026-11-23T12:00Z', '2026-11-23T22:00Z'],
    // The window is done; the clock was set back into it.
    [{ dueAt: at('2026-11-24T22:00Z') }, '2026-11-24T03:00Z', undefined],
    [{ phase: 'paused', window, dueAt: window.until }, '2026-11-24T03:00Z', undefined],
    [{ phase: 'paused', window, dueAt: window.until }, '2026-01-01T03:00Z', '2026-01-01T03:00Z'],
  ] as const)('%o at %s is rescheduled to %s', (changes, now, due) => {
    expect(misplaced(schedule(changes), at(now))).toBe(due === undefined ? undefined : at(due));
  });

  it('pauses at most once in a window, and resumes once after it, whenever it is asked', () => {
    const minute = 60_000;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        (gaps, skipping) => {
          let one = schedule(skipping ? { skip: window.from } : {});
          let now = at('2026-11-23T12:00Z');
          const begun: number[] = [];
          for (const gap of gaps) {
            now += gap * minute;
            if (now < one.dueAt) continue;
            const step = stepOf(one, now);
            if (step.what === 'wait') one = { ...one, ...step.state };
            else if (step.what === 'pause') {
              expect(step.window.from <= now && now < step.window.until).toBe(true);
              expect(step.window.from).not.toBe(one.skip);
              begun.push(step.window.from);
              const { window: next } = step;
              one = { ...one, phase: 'paused', window: next, dueAt: next.until };
            } else {
              expect(now).toBeGreaterThanOrEqual(step.window.until);
              const { window: _, ...rest } = one;
              one = { ...rest, ...afterWindow(one, step.window, now) };
            }
            expect(comingWindow(one, now).until).toBeGreaterThan(now);
            expect(skippableWindow(one, now).from).toBeGreaterThan(now);
          }
          expect(new Set(begun).size).toBe(begun.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});
