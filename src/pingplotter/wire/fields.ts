import type { ExpectedQuality, LastSeen } from '../../platform/agent.ts';
import type { ListReader } from '../caller.ts';

/*
 * Fields of PingPlotter's answers. A field of a wrong type counts as missing, and so does null. Objects are
 * read field by field into one literal: a zod schema would first copy each object, and the copies of a poll's
 * answers cost as much again as parsing them (1.8 x against 1.2 x fetch + JSON.parse).
 */

/** Undefined when it is no object. */
export const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isRecord(value) ? value : undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Text that is not empty. */
export const filled = (value: unknown): string | undefined => text(value) || undefined;

export const flag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** Finite: JSON can write numbers that are too large. */
export const number = (value: unknown): number | undefined =>
  Number.isFinite(value) && typeof value === 'number' ? value : undefined;

export const percent = (value: unknown): number | undefined => {
  const found = number(value);
  return found === undefined ? undefined : Math.min(100, Math.max(0, found));
};

/** Undefined when it is no list: callers differ in what a missing list means. */
export const list = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

const iso = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/i;
/** The largest time value of a Date. */
const latest = 8.64e15;

/** The number where there is one, else the text. PingPlotter writes 0001-01-01 for 'never'. */
export const lastSeenOf = (date: unknown, timestampInMs?: unknown): LastSeen => {
  if (typeof timestampInMs === 'number' && timestampInMs > 0 && timestampInMs <= latest)
    return timestampInMs;
  if (typeof date !== 'string') return undefined;
  // Most dates of most agents: found without parsing them.
  if (date.startsWith('0001-01-01T00:00:00')) return 'never';
  const found = iso.exec(date);
  if (found === null) return undefined;
  const [whole, zone] = found;
  // Without a zone this API means UTC; Date.parse would take this machine's zone.
  const at = Date.parse(zone === undefined && whole.length > 10 ? `${whole}Z` : whole);
  if (Number.isNaN(at)) return undefined;
  return at > 0 ? at : 'never';
};

/** ms since 1970; undefined when the date was never set. */
export const dateOf = (date: unknown, timestampInMs?: unknown): number | undefined => {
  const at = lastSeenOf(date, timestampInMs);
  return at === 'never' ? undefined : at;
};

/** Undefined without an id: the name alone selects nothing. */
export const readExpected = (value: unknown): ExpectedQuality | undefined => {
  const wire = record(value);
  const id = filled(wire?.['Id']);
  return id === undefined ? undefined : { id, name: filled(wire?.['Name']) ?? id };
};

export interface TargetWords {
  readonly name: string;
  readonly address: string | undefined;
}

/** As in `192.168.0.1`, `fe80::1`, `host:443` and `https://…`, but not in `St.` or `Room:`. */
const dotOrColonInside = /[.:]./;

/** A target's description may be its address and an alias after a space: `192.168.0.1 Router`. */
export const targetWords = (description: unknown, ipAddress: unknown): TargetWords => {
  const words = text(description).trim();
  const address = text(ipAddress).trim();
  const space = words.indexOf(' ');
  const first = words.slice(0, Math.max(0, space));
  const split = first !== '' && (first === address || dotOrColonInside.test(first));
  return {
    name: split ? words.slice(space).trim() : words || address,
    address: address || (split ? first : undefined),
  };
};

/** Reads a list entry by entry. An entry that cannot be read is counted and never hides the rest. */
export const entriesReader = <E, T>(
  readEntry: (entry: unknown) => E | undefined,
  build: (entries: readonly E[], skipped: number) => T,
): ListReader<T> => ({
  begin: () => {
    const entries: E[] = [];
    let skipped = 0;
    return {
      take: (entry) => {
        const read = readEntry(entry);
        if (read === undefined) skipped += 1;
        else entries.push(read);
      },
      end: () => build(entries, skipped),
    };
  },
});
