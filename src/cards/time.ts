import type { Reader } from '../core/turn.ts';

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

type Place = Pick<Reader, 'locale' | 'timeZone' | 'now'>;

/** `11:20` today, `22 Nov, 11:20` on another day of this year, else with the year. */
export const clock = (at: number, reader: Place): string => {
  const { locale, zone } = settle(reader);
  const show = (ms: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(ms);
  // Newer releases of Node put a narrow no-break space before AM and PM.
  const time = show(at, { timeStyle: 'short' }).replaceAll('\u202F', ' ');
  const said = zone === reader.timeZone ? time : `${time} UTC`;
  const whole = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  if (show(at, whole) === show(reader.now, whole)) return said;
  const year = { year: 'numeric' } as const;
  const sameYear = show(at, year) === show(reader.now, year);
  return `${show(at, sameYear ? { day: 'numeric', month: 'short' } : whole)}, ${said}`;
};

/** Locale and time zone come from the client: what is unknown becomes English and UTC. */
const settle = ({ locale, timeZone }: Place): { locale: string; zone: string } => ({
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
