import { isNow, type Span, type Timing } from './command-line.ts';
import { AppError } from './errors.ts';
import { formatDuration, parseDuration, parseTime } from './when.ts';

/** When somebody types a time, and where their clock stands. */
export interface TypedAt {
  readonly now: number;
  readonly timeZone: string;
}

/** Longer than that is a slip of the finger. */
const longestMs = 366 * 24 * 60 * 60_000;

/** A span of time that something is held for, in ms. Throws 'bad-input'. */
export const durationMeant = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined)
    throw unclear(`“${text}” is no duration. Type one like 15m, 2h, 1d or 1h30m.`);
  if (ms > longestMs) throw unclear('At most a year is possible: everything ends by itself.');
  return ms;
};

/** The moment that `for 2h` or `until mon 08:00` means, in ms since 1970. Throws 'bad-input'. */
export const endMeant = ({ kind, text }: Timing, at: TypedAt): number =>
  kind === 'for' ? at.now + durationMeant(text) : timeMeant(text, at);

/** Both ends of `from 22:00 to 06:00`: the end is the first such time after the beginning. Throws 'bad-input'. */
export const spanMeant = (
  { from, to }: Pick<Span, 'from' | 'to'>,
  at: TypedAt,
): { readonly from: number; readonly until: number } => {
  const begin = isNow(from) ? at.now : timeMeant(from, at);
  const until = parseTime(to, { now: begin, timeZone: at.timeZone });
  if (until === undefined) throw unclear(`“${to}” is not after “${from}”.`);
  if (until - begin > longestMs)
    throw unclear(`At most ${formatDuration(longestMs)} at once are possible.`);
  return { from: begin, until };
};

const timeMeant = (text: string, at: TypedAt): number => {
  const moment = parseTime(text, at);
  if (moment === undefined) throw unclear(`“${text}” is past.`);
  if (moment - at.now > longestMs) throw unclear(`“${text}” is more than a year away.`);
  return moment;
};

const unclear = (explanation: string): AppError =>
  new AppError('bad-input', 'a time that cannot be meant', { explanation });
