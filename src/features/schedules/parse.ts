import { requireFilterAlone, usageError } from '../../chat/command-line.ts';
import { refusal } from '../../platform/errors.ts';
import { readClock } from '../../shared/moment.ts';
import { isAll, unquoted } from '../../shared/text.ts';
import { isWord, type Token, tokenize } from '../../shared/tokens.ts';
import { plainDashes, readDays } from '../../shared/weekdays.ts';
import type { ScheduleTimes } from './domain/times.ts';

export const scheduleUsage =
  'pause <agent | where filter> <daily | weekdays | sat,sun> 22:00-06:00';

export interface TypedSchedule {
  /** As it was typed: an agent, or `where` and a filter. */
  readonly subject: string;
  readonly times: Omit<ScheduleTimes, 'timeZone'>;
}

export type Subject = { readonly agent: string } | { readonly filter: string };

const clockPart = String.raw`\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?`;
const dayPart = String.raw`\p{L}{3,9}`;
const between = String.raw`(?:\s?,\s?|\s?-\s?|\s(?:and|&)\s)`;
/** At the end of what was typed, as the spaces in it are single ones. */
const endPattern = new RegExp(
  String.raw`(?:^|\s)(?:(?:every|on)\s)?(${dayPart}(?:${between}${dayPart}){0,6}),?\s(?:from\s)?(${clockPart})\s?(?:-|to|until)\s?(${clockPart})$`,
  'iu',
);

/** Reads `<agent | where filter> weekdays 22:00-06:00`; nothing where no such times stand at the end. */
export const readSchedule = (typed: string): TypedSchedule | undefined => {
  const text = singleSpaces(typed);
  const found = endPattern.exec(plainDashes(masked(text)));
  if (found === null) return undefined;
  const [, dayWords = '', first = '', last = ''] = found;
  const days = daysFrom(dayWords);
  const [from, to] = [readClock(first), readClock(last)];
  return days === undefined || from === undefined || to === undefined
    ? undefined
    : {
        // The days may begin behind words of the name, as in `Radio, Sat,Sun`.
        subject: text
          .slice(
            0,
            days.begin === 0 ? found.index : found.index + found[0].indexOf(dayWords) + days.begin,
          )
          .trim(),
        times: { days: days.days, from, to },
      };
};

/** The longest end of these words that says days. */
const daysFrom = (
  text: string,
): { readonly begin: number; readonly days: readonly number[] } | undefined => {
  const parts = [...text.matchAll(/\p{L}{3,9}/gu)];
  for (const { 0: word, index } of parts) {
    if (/^(?:and)$/iu.test(word)) continue;
    const days = readDays(
      text
        .slice(index)
        .toLowerCase()
        .replaceAll(/\s(?:and|&)\s/gu, ',')
        .replaceAll(/\s/gu, ''),
    );
    if (days !== undefined) return { begin: index, days };
  }
  return undefined;
};

const singleSpaces = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ');

/** As long as the text, with what stands in quotes made unreadable. */
const masked = (text: string): string => {
  let rest = text;
  for (const { begin, end, bare } of tokenize(text))
    rest = `${rest.slice(0, begin)}${bare}${rest.slice(end)}`;
  return rest;
};

/** Whether days stand before a time somewhere: then a schedule was meant, even if it cannot be read. */
export const looksLikeSchedule = (typed: string): boolean => {
  const tokens = tokenize(typed);
  return tokens.some(
    (token, place) =>
      saysDays(token) &&
      beginsTimes(tokens, place + 1) &&
      // A day behind it is the end of one pause.
      !isWord(tokens[place - 1], 'until'),
  );
};

const saysDays = ({ quoted, bare }: Token): boolean =>
  !quoted && readDays(plainDashes(bare.toLowerCase()).replace(/,$/u, '')) !== undefined;

const beginsTimes = (tokens: readonly Token[], place: number): boolean => {
  const next = isWord(tokens[place], 'from', 'at') ? tokens[place + 1] : tokens[place];
  return next !== undefined && !next.quoted && /^\d/u.test(next.bare);
};

/** What the schedule is for. Throws 'bad-input' for nothing, for all, and for more than a filter. */
export const subjectOf = ({ subject }: TypedSchedule): Subject => {
  const [first] = tokenize(subject);
  if (first === undefined) throw usageError(scheduleUsage);
  if (isAll(subject)) throw refusal('bad-input', 'schedule.of-all');
  if (!isWord(first, 'where')) return { agent: subject };
  const filter = subject.slice(first.end).trim();
  if (unquoted(filter) === '') throw usageError(scheduleUsage);
  requireFilterAlone(filter);
  return { filter };
};

/** Throws 'bad-input' where both are one time: nobody can tell a whole day from nothing. */
export const requireSpanOfTimes = ({ from, to }: TypedSchedule['times']): void => {
  if (from === to) throw refusal('bad-input', 'schedule.no-time', { time: from });
};
