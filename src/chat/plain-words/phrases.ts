import { readsAsTime } from '../../shared/moment.ts';
import { formatDuration, parseDuration } from '../../shared/time.ts';

const spelled: ReadonlyMap<string, string> = new Map([
  ['an hour', '1h'],
  ['one hour', '1h'],
  ['half an hour', '30m'],
  ['a day', '1d'],
  ['a minute', '1m'],
  ['two hours', '2h'],
  ['a week', '7d'],
]);

/** A span of time as a command takes it: `1h` for "an hour". */
export const spanIn = (text: string): string | undefined => {
  const typed = spelled.get(text.trim()) ?? text;
  const ms = parseDuration(typed);
  return ms === undefined ? undefined : formatDuration(ms);
};

export interface TimedPhrase {
  readonly text: string;
  /** As a command takes it, `for 2h` or `until 08:00`; empty without one. */
  readonly timing: string;
}

/** For patterns: how people begin the name of a weekday; "day" or "days" may follow. */
export const weekdayPart = 'mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun';
/** For patterns: a time of day as it is typed in a sentence. */
export const clockPart = '(\\d{1,2}(?:[:.]\\d{2})?(?: ?[ap]m)?)';

const dayAlone = new RegExp(
  `^(?:the )?(?:next )?(tomorrow|${weekdayPart})(?:day)?(?: morning)?$`,
  'u',
);

/** A time as a command takes it. A day alone means its morning, as on the button of an agent's card. */
const timeIn = (text: string): string | undefined => {
  if (readsAsTime(text)) return text;
  const day = dayAlone.exec(text)?.[1];
  return day && `${day === 'tomorrow' ? day : day.slice(0, 3)} 08:00`;
};

/** Takes the time off the end of a phrase; a `for` that no time follows stays. */
export const splitPhrase = (phrase: string): TimedPhrase => {
  const begin = phrase.search(/(?:^| )(?:for|until|till) (?!.*(?:^| )(?:for|until|till) )/u);
  if (begin < 0) return { text: phrase, timing: '' };
  const [word = '', ...rest] = phrase.slice(begin).trim().split(' ');
  const tail = rest.join(' ');
  const text = phrase.slice(0, begin).trim();
  if (word === 'for') {
    const span = spanIn(tail.replace(/^(?:the next|about|at least) /u, ''));
    return span === undefined ? { text: phrase, timing: '' } : { text, timing: `for ${span}` };
  }
  const time = timeIn(tail);
  return time === undefined ? { text: phrase, timing: '' } : { text, timing: `until ${time}` };
};
