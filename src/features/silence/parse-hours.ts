import { requireFilterAlone } from '../../chat/command-line.ts';
import { refusal } from '../../platform/errors.ts';
import { isWord, type Token, tokenize } from '../../shared/tokens.ts';
import { dayOf, plainDashes, readDays } from '../../shared/weekdays.ts';
import type { SetHours } from './domain/hours.ts';

/** What is to become of the hours; without it they are shown. */
export type HoursAct = 'learn' | SetHours;

export interface TypedHours {
  /** The agent, or the filter behind `where`, as typed. */
  readonly subject: string;
  /** As typed, like `mon-fri 08:00-18:00`. */
  readonly typed?: string;
  readonly act?: HoursAct;
}

type Range = Extract<SetHours, { kind: 'ranges' }>['ranges'][number];

/** More of them are no week that anybody keeps. */
const mostRanges = 14;

/**
 * Reads `<agent | filter> [mon-fri 08:00-18:00 … | always | learn]`. The hours stand at the end; what looks like
 * hours and cannot be read is refused. Throws 'bad-input'.
 */
export const parseHours = (rest: string, timeZone: string): TypedHours => {
  const tokens = tokenize(rest);
  const last = tokens.at(-1);
  if (tokens.length > 1 && isWord(last, 'always', 'learn')) {
    const act = isWord(last, 'learn') ? ('learn' as const) : ({ kind: 'always' } as const);
    return withAct(rest, tokens, tokens.length - 1, act);
  }
  const ranges: Range[] = [];
  let begin = tokens.length;
  while (begin >= 2 && ranges.length < mostRanges) {
    const range = readRange(tokens[begin - 2], tokens[begin - 1]);
    if (range === undefined) break;
    ranges.unshift(range);
    begin -= 2;
  }
  if (ranges.length > 0)
    return withAct(rest, tokens, begin, { kind: 'ranges', ranges, timeZone: timeZone || 'UTC' });
  requireNoHours(rest, tokens.at(-1));
  return { subject: rest.trim() };
};

/** The hours of a button, as they were typed. Throws 'bad-input'. */
export const parseHoursAlone = (typed: string, timeZone: string): HoursAct => {
  const { subject, act } = parseHours(`x ${typed}`, timeZone);
  if (subject !== 'x' || act === undefined) throw refusal('bad-input', 'hours.unclear', { typed });
  return act;
};

const withAct = (
  rest: string,
  tokens: readonly Token[],
  begin: number,
  act: HoursAct,
): TypedHours => {
  const from = tokens[begin]?.begin ?? rest.length;
  const subject = rest.slice(0, from).trim();
  if (subject === '') throw refusal('bad-input', 'hours.unclear', { typed: rest });
  requireNoHours(rest, tokens[begin - 1]);
  requireFilterAlone(subject);
  return { subject, typed: rest.slice(from).trim(), act };
};

/** A slip would be taken for a part of the name, or of the filter. */
const requireNoHours = (rest: string, token: Token | undefined): void => {
  if (token === undefined || token.quoted) return;
  const text = plainDashes(token.bare.toLowerCase());
  const looksSo =
    readDays(text) !== undefined ||
    isWord(token, 'always', 'learn') ||
    /^\d{1,2}(?:[:.]\d{2})?(?:[ap]m)?-\d{1,2}/u.test(text) ||
    (/^[a-z]{3,9}-[a-z]{3,9}$/u.test(text) &&
      text.split('-').some((day) => dayOf(day) !== undefined));
  if (looksSo && tokenize(rest).length > 1)
    throw refusal('bad-input', 'hours.unclear', { typed: rest });
};

const readRange = (days: Token | undefined, times: Token | undefined): Range | undefined => {
  if (days === undefined || times === undefined || days.quoted || times.quoted) return undefined;
  const read = readDays(plainDashes(days.raw.toLowerCase()));
  const [from, to, ...more] = plainDashes(times.raw.toLowerCase()).replace(/,$/u, '').split('-');
  const [begin, end] = [timeOf(from, false), timeOf(to, true)];
  if (read === undefined || begin === undefined || end === undefined || more.length > 0)
    return undefined;
  // Nothing, or a whole day: nobody can tell which is meant. A whole day is 00:00-24:00.
  if (begin === end) return undefined;
  return { days: read, from: begin, to: end === '24:00' ? '00:00' : end };
};

const timeOf = (text: string | undefined, isEnd: boolean): string | undefined => {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/u.exec(text ?? '') ?? [];
  if (hour === '') return undefined;
  if (isEnd && Number(hour) === 24 && Number(minute) === 0) return '24:00';
  return Number(hour) > 23 || Number(minute) > 59
    ? undefined
    : `${hour.padStart(2, '0')}:${minute}`;
};
