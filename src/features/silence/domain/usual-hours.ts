import { IANAZone } from 'luxon';
import { type QuarterBits, quarterMs, quartersPerDay } from '../../history/domain/quarters.ts';
import type { PresenceRead } from '../../history/store.ts';
import { type HourWeek, hoursPerWeek } from './hours.ts';

/** Contract, Usual hours: learned from seven days on, looking back up to 28. */
export const daysToLearn = 7;
export const daysBack = 28;

/** What the presence of an agent says about when it is expected. */
export type Learned =
  /** Known for so many days only. */
  | { readonly kind: 'not-yet'; readonly days: number }
  /** It is hardly ever away: every absence counts. */
  | { readonly kind: 'never-pauses' }
  /** No hour may be usual, where somebody comes and goes as they like. */
  | { readonly kind: 'hours'; readonly week: HourWeek; readonly days: number };

/** Of the days of one weekday that an hour needs to be usual. */
const usualShare = 0.75;
/** So many days of one weekday speak for themselves; fewer need most days of their kind as well. */
const enoughDays = 3;
const usualShareAlike = 0.6;
/**
 * Of the days of its kind on which the agent came at all: an hour in which its person often has lunch, or goes home,
 * must not make a message each time.
 */
const usualShareOfCome = 0.85;
/** Of all known quarters. Restarts and updates are no pause. */
const neverPausesShare = 0.9;

/** One hour of one day as clocks show it, with the quarters of it in which there was a poll. */
interface Cell {
  /** Since 1970, as clocks show it. */
  readonly day: number;
  /** Of the week. */
  readonly hour: number;
  readonly quarters: readonly number[];
}

/** The hours of a period in one time zone, for all agents. */
export type Cells = readonly Cell[];

export const cellsOf = (
  { from, until, polled }: Pick<PresenceRead, 'from' | 'until' | 'polled'>,
  timeZone: string,
): Cells => {
  const zone = IANAZone.create(timeZone);
  const cells = new Map<number, { day: number; hour: number; quarters: number[] }>();
  for (let quarter = from; quarter < until; quarter += 1) {
    if (!polled.has(quarter)) continue;
    const at = quarter * quarterMs;
    const local = quarter + Math.round((zone.offset(at) * 60_000) / quarterMs);
    const hourSince1970 = Math.floor(local / 4);
    const cell = cells.get(hourSince1970);
    if (cell !== undefined) cell.quarters.push(quarter);
    else {
      const day = Math.floor(local / quartersPerDay);
      // 1970 began on a Thursday.
      const weekday = (day + 3) % 7;
      const hour = weekday * 24 + (hourSince1970 % 24);
      cells.set(hourSince1970, { day, hour, quarters: [quarter] });
    }
  }
  return [...cells.values()];
};

/** How often an agent was online in each hour of the week, in days. */
interface Counts {
  /** From its first quarter on: arriving a quarter late is still coming. */
  readonly online: Uint8Array;
  /** It came in the first half of that hour at the latest, and was there when it ended. */
  readonly arrived: Uint8Array;
  /** All that have that hour. */
  readonly known: Uint8Array;
  /** Those on which the agent came at all. */
  readonly came: Uint8Array;
}

/** What is known of an agent begins when it was first seen online; `bits` is undefined if it never was. */
export const learnHours = (cells: Cells, bits: QuarterBits | undefined): Learned => {
  const isOnline = (quarter: number): boolean => bits?.has(quarter) === true;
  const first = cells.findIndex(({ quarters }) => quarters.some(isOnline));
  // Its counts would be the most of what a fleet that is new to the bot costs.
  if (first === -1) return { kind: 'not-yet', days: 0 };
  const seen = cells.slice(first);
  const daysCame = new Set(
    seen.filter(({ quarters }) => quarters.some(isOnline)).map(({ day }) => day),
  );
  const [online, arrived, known, came] = [hourCounts(), hourCounts(), hourCounts(), hourCounts()];
  let [total, present] = [0, 0];
  for (const { day, hour, quarters } of seen) {
    const here = quarters.filter(isOnline);
    total += quarters.length;
    present += here.length;
    increase(known, hour);
    if (daysCame.has(day)) increase(came, hour);
    if (here.length === 0 || here.at(-1) !== quarters.at(-1)) continue;
    if (here.length * 2 >= quarters.length) increase(arrived, hour);
    if (here.length >= quarters.length - (here[0] === quarters[0] ? 0 : 1)) increase(online, hour);
  }
  // By time, not by dates: else who was first seen at three in the afternoon would be known a day later than others.
  const days = Math.round(total / quartersPerDay);
  if (days < daysToLearn) return { kind: 'not-yet', days };
  if (present >= total * neverPausesShare) return { kind: 'never-pauses' };
  return { kind: 'hours', week: usualWeek({ online, arrived, known, came }), days };
};

const hourCounts = (): Uint8Array => new Uint8Array(hoursPerWeek);

const increase = (counts: Uint8Array, place: number): void => {
  counts[place] = (counts[place] ?? 0) + 1;
};

const usualWeek = (counts: Counts): HourWeek => {
  const week = new Uint8Array(hoursPerWeek);
  for (let hour = 0; hour < hoursPerWeek; hour += 1)
    if (isUsual(counts.online, counts, hour)) week[hour] = 1;
  for (let hour = 0; hour < hoursPerWeek; hour += 1) {
    const isBefore = week[hour] === 0 && week[(hour + 1) % hoursPerWeek] === 1;
    if (isBefore && isUsual(counts.arrived, counts, hour)) week[hour] = 2;
  }
  return week;
};

/** On most days of its weekday, and on nearly all days of its kind on which the agent came. */
const isUsual = (online: Uint8Array, { known, came }: Counts, hour: number): boolean => {
  const here = online[hour] ?? 0;
  const of = known[hour] ?? 0;
  if (of === 0 || here < of * usualShare) return false;
  const hereAlike = onSuchDays(online, hour);
  if (of < enoughDays && hereAlike < onSuchDays(known, hour) * usualShareAlike) return false;
  return hereAlike >= onSuchDays(came, hour) * usualShareOfCome;
};

/** In this hour of all days of its kind: workdays speak for workdays, and Saturdays for Sundays. */
const onSuchDays = (days: Uint8Array, hour: number): number => {
  const [first, last] = hour < 5 * 24 ? [0, 4] : [5, 6];
  let all = 0;
  for (let day = first; day <= last; day += 1) all += days[day * 24 + (hour % 24)] ?? 0;
  return all;
};
