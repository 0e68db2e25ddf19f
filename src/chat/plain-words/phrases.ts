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
  return readsAsTime(tail) ? { text, timing: `until ${tail}` } : { text: phrase, timing: '' };
};
