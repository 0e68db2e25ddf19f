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
  | { readonly kind: 'hours'; readonly week: HourWeek };

/** In an hour that counts as online: arriving a quarter late is still coming. */
const onlineShare = 0.75;
/** Of the days of one weekday that an hour needs to be usual. */
const usualShare = 0.75;
/** So many days of one weekday speak for themselves; fewer need the other days of their kind as well. */
const enoughDays = 3;
const usualSharePooled = 0.6;
/** Of all known quarters. Restarts and updates are no pause. */
const neverPausesShare = 0.9;

/** One hour of one day as clocks show it, with the quarters of it in which there was a poll. */
interface Cell {
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
  const cells = new Map<number, { hour: number; quarters: number[] }>();
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
      cells.set(hourSince1970, { hour, quarters: [quarter] });
    }
  }
  return [...cells.values()];
};

/** What is known of an agent begins when it was first seen online; `bits` is undefined if it never was. */
export const learnHours = (cells: Cells, bits: QuarterBits | undefined): Learned => {
  const online = new Uint8Array(hoursPerWeek);
  const known = new Uint8Array(hoursPerWeek);
  let [total, present] = [0, 0];
  for (const { hour, quarters } of cells) {
    let here = 0;
    for (const quarter of quarters) if (bits?.has(quarter) === true) here += 1;
    if (present === 0 && here === 0) continue;
    total += quarters.length;
    present += here;
    known[hour] = (known[hour] ?? 0) + 1;
    if (here >= quarters.length * onlineShare) online[hour] = (online[hour] ?? 0) + 1;
  }
  // By time, not by dates: else who was first seen at three in the afternoon would be known a day later than others.
  const days = Math.round(total / quartersPerDay);
  if (days < daysToLearn) return { kind: 'not-yet', days };
  if (present >= total * neverPausesShare) return { kind: 'never-pauses' };
  return { kind: 'hours', week: usualWeek(online, known) };
};

const usualWeek = (online: Uint8Array, known: Uint8Array): HourWeek => {
  const week = new Uint8Array(hoursPerWeek);
  for (let hour = 0; hour < hoursPerWeek; hour += 1) {
    const [came, of] = [online[hour] ?? 0, known[hour] ?? 0];
    if (of === 0 || came < of * usualShare) continue;
    if (of >= enoughDays || isUsualOnSuchDays(online, known, hour)) week[hour] = 1;
  }
  return week;
};

/** Workdays speak for workdays, and Saturdays for Sundays. */
const isUsualOnSuchDays = (online: Uint8Array, known: Uint8Array, hour: number): boolean => {
  const [first, last] = hour < 5 * 24 ? [0, 4] : [5, 6];
  let [came, of] = [0, 0];
  for (let day = first; day <= last; day += 1) {
    came += online[day * 24 + (hour % 24)] ?? 0;
    of += known[day * 24 + (hour % 24)] ?? 0;
  }
  return came >= of * usualSharePooled;
};
