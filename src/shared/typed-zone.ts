import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';

/** When somebody types a time, and where their clock stands; an empty zone was never notified and counts as UTC. */
export interface TypedWhen {
  /** ms since 1970 */
  readonly now: number;
  readonly timeZone: string;
}

const namedOffset = /^(?:UTC|GMT)(?:([-+−])(\d{1,2})(?::(\d{2}))?)?$/u;

/** The zone of that name. */
export const zoneCalled = (name: string): Zone | undefined =>
  IANAZone.isValidZone(name) ? IANAZone.create(name) : undefined;

/** The zone that a moment is typed in: the asker's, unless its end names another one in upper case. */
export const typedZone = ({ now, timeZone }: TypedWhen, zone?: string): Zone | undefined => {
  const own = zoneCalled(timeZone === '' ? 'UTC' : timeZone);
  if (own === undefined) return undefined;
  if (zone === undefined) return own;
  const offset = namedOffset.exec(zone);
  if (offset === null) return namesOf(own, now).includes(zone) ? own : undefined;
  const [, sign = '+', hours = '0', minutes = '0'] = offset;
  const distance = Number(hours) * 60 + Number(minutes);
  return FixedOffsetZone.instance(sign === '+' ? distance : -distance);
};

/** What the bot calls a zone in all seasons: `CET` and `CEST`; each English has its own, as `IST` in India. */
const namesOf = (zone: Zone, now: number): readonly string[] =>
  [0, 1, 2, 3].flatMap((quarter) =>
    ['en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IE', 'en-IN', 'en-NZ'].map(
      (locale) =>
        zone.offsetName(now + quarter * 91 * 86_400_000, { format: 'short', locale }) ?? '',
    ),
  );
