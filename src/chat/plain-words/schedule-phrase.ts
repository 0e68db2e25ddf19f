import { readClock } from '../../shared/moment.ts';
import { describeDays, readDays } from '../../shared/weekdays.ts';
import { actIn, agentsIn, everybody } from './act-phrase.ts';
import { filterText, readFilter } from './filter-phrase.ts';
import { type Meaning, type Offer, offers, type World } from './meaning.ts';
import { clockPart, weekdayPart } from './phrases.ts';
import type { Sentence } from './sentence.ts';

const weekday = `(?:${weekdayPart})(?:days?)?`;
const recurring = new RegExp(
  `^(.+?) (?:(?:every|each) (night|day|weekday|weekend|${weekday})|(?:on |at |over )?(nightly|night|nights|daily|weekdays|weekends|${weekday}s))(?:,? (?:from |between )?${clockPart} ?(?:-|to|until|till|and) ?${clockPart})?$`,
  'u',
);

/** When people mean that says no times; a button says what is made of it. */
const night = { from: '22:00', to: '06:00' } as const;
const wholeDay = { from: '00:00', to: '23:59' } as const;

interface Times {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

const timesOf = (when: string, from: string | undefined, to: string | undefined) => {
  const isNight = /night/u.test(when);
  const word = isNight || when === 'day' ? 'daily' : when.replace(/^(weekday|weekend)$/u, '$1s');
  const days = readDays(word) ?? readDays(word.slice(0, 3));
  const typed = from === undefined || to === undefined ? undefined : clocks(from, to);
  const times = typed ?? (from !== undefined ? undefined : isNight ? night : wholeDayOf(word));
  return days === undefined || times === undefined || times.from === times.to
    ? undefined
    : { days, ...times };
};

/** All day of each day is no schedule. */
const wholeDayOf = (word: string) => (word === 'daily' ? undefined : wholeDay);

/** `22` alone is ten o'clock at night. */
const clocks = (from: string, to: string): Omit<Times, 'days'> | undefined => {
  const [first, last] = [from, to].map((typed) => readClock(typed.replace(/^\d{1,2}$/u, '$&:00')));
  return first === undefined || last === undefined ? undefined : { from: first, to: last };
};

/** "Pause lax-12 every night": a schedule, by a button that says its days and times. */
export const readRecurring = (
  sentence: Sentence,
  text: string,
  world: World,
): Meaning | undefined => {
  const found = actIn(text);
  if (found === undefined || found.act !== 'pause') return undefined;
  const [, object = '', every, on, from, to] = recurring.exec(found.object) ?? [];
  const times = object === '' ? undefined : timesOf(every ?? on ?? '', from, to);
  if (times === undefined) return undefined;
  const agents = everybody.test(object) ? undefined : agentsIn(sentence, object, world);
  if (agents !== undefined)
    return offers(
      agents.map(({ id, name, distinction }) =>
        offerOf(distinction === undefined ? name : id, name, { agent: id }, times),
      ),
    );
  const filter = readFilter(sentence, object, world.fleet);
  const where = filterText(filter);
  return filter.unknown.length > 0 || where === ''
    ? undefined
    : offers([offerOf(`where ${where}`, `where ${where}`, { filter: where }, times)]);
};

const offerOf = (
  typed: string,
  said: string,
  subject: { readonly agent: string } | { readonly filter: string },
  { days, from, to }: Times,
): Offer => {
  const when = `${describeDays(days)} ${from}-${to}`;
  return {
    command: { name: 'pause', rest: `${typed} ${when}` },
    title: `Pause ${said} ${when}`,
    press: { verb: 'schedule.create', data: { ...subject, days, from, to } },
  };
};
