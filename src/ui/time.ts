import { LRUCache } from 'lru-cache';
import type { Reader } from '../platform/messenger.ts';

/** A span of time in its largest unit, rounded down: `25 s`, `4 min`, `3 h`, `2 d`. */
export const age = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
};

export const ago = (at: number, { now }: Pick<Reader, 'now'>): string =>
  now - at < 5000 ? 'just now' : `${age(now - at)} ago`;

type Place = Pick<Reader, 'locale' | 'timeZone' | 'now'> & Partial<Pick<Reader, 'kind' | 'forOne'>>;

/**
 * `11:20` today, `22 Nov, 11:20` on another day of this year, else with the year. With its zone, `11:20 CET`, where
 * readers may be in different ones, or where nobody told theirs.
 */
export const clock = (at: number, place: Place): string => {
  const name = zoneName(at, place);
  const said = clockOfCard(at, place);
  return name === '' ? said : `${said} ${name}`;
};

/** The same beside another time of the card that names the zone. */
export const clockOfCard = (at: number, { locale, timeZone, now }: Place): string => {
  const { time, day, date, year } = formatsOf({ locale, timeZone });
  // Newer releases of Node put a narrow no-break space before AM and PM.
  const said = time.format(at).replaceAll('\u202F', ' ');
  if (date.format(at) === date.format(now)) return said;
  const sameYear = year.format(at) === year.format(now);
  return `${(sameYear ? day : date).format(at)}, ${said}`;
};

const zoneName = (at: number, place: Place): string => {
  const { zone, zoned } = formatsOf(place);
  if (zone !== place.timeZone) return 'UTC';
  return isShared(place) ? nameOfZone(zoned, at) : '';
};

const formatsOf = ({ locale, timeZone }: Pick<Place, 'locale' | 'timeZone'>): Formats =>
  formats.memo(JSON.stringify([locale, timeZone]));

const isShared = ({ kind = 'personal', forOne }: Place): boolean =>
  kind !== 'personal' && forOne !== true;

const nameOfZone = (zoned: Intl.DateTimeFormat, at: number): string =>
  zoned.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';

interface Formats {
  readonly zone: string;
  readonly time: Intl.DateTimeFormat;
  readonly zoned: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly year: Intl.DateTimeFormat;
}

const makeFormats = (place: string): Formats => {
  const [locale, timeZone]: readonly string[] = JSON.parse(place);
  const known = knownPlace(`${locale}`, `${timeZone}`);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(known.locale, { ...options, timeZone: known.zone });
  return {
    zone: known.zone,
    time: format({ timeStyle: 'short' }),
    zoned: format({ hour: 'numeric', timeZoneName: 'short' }),
    day: format({ day: 'numeric', month: 'short' }),
    date: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    year: format({ year: 'numeric' }),
  };
};

/** Making one takes Intl as long as filling a card takes. Clients choose the keys, so only so many are stored. */
const formats = new LRUCache<string, Formats>({ max: 500, memoMethod: makeFormats });

/** Locale and time zone come from the client: what is unknown becomes English and UTC. */
const knownPlace = (locale: string, timeZone: string): { locale: string; zone: string } => ({
  locale: works(() => new Intl.DateTimeFormat(locale)) ? locale : 'en-GB',
  zone: works(() => new Intl.DateTimeFormat('en-GB', { timeZone })) ? timeZone : 'UTC',
});

const works = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};

/** `11:20 – 11:45`, `22 Nov, 11:20 – 11:45`, `22 Nov, 23:50 – today, 00:10`: the day of the end where it is another one. */
export const timeRange = (from: number, until: number, place: Place): string => {
  // Where the clocks were changed in between, both zones are named.
  const isOneZone = zoneName(from, place) === zoneName(until, place);
  const begin = isOneZone ? clockOfCard(from, place) : clock(from, place);
  const end = clock(until, place);
  if (!begin.includes(', ')) return `${begin} – ${end}`;
  const day = begin.slice(0, begin.lastIndexOf(', ') + 2);
  if (end.startsWith(day)) return `${begin} – ${end.slice(day.length)}`;
  return `${begin} – ${end.includes(', ') ? end : `today, ${end}`}`;
};

/** A span in its two largest units: `25 min`, `1 h 5 min`, `2 d 3 h`. */
export const spanText = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return age(ms);
  const [large, small, per] = minutes < 1440 ? ['h', 'min', 60] : ['d', 'h', 1440];
  const rest = Math.floor((minutes % per) / (per === 60 ? 1 : 60));
  return `${Math.floor(minutes / per)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
};
