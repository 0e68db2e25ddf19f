import {
  hourMs,
  minutesOf,
  type RolledHour,
  type VisitHour,
} from '../../features/history/domain/rolled-hour.ts';
import type { SampledSession } from '../../features/history/store.ts';
import { PageReader, PageWriter } from './page-bytes.ts';

/**
 * The hours of the sessions of one UTC day as bytes, at most ten a session and hour:
 *
 *     page    = format, length of ids, ids, session*
 *     ids     = (agent, session)*; an agent's id is 0 where it is the one before
 *     session = length, three bytes with a bit for each hour that it has, hour*
 *     hour    = head, if there is a score: mean in half points, whole points from the mean down to the lowest;
 *               minutes of each word that the head names, but not of the first one where all of the hour is known
 *
 * Stored: another format takes another number.
 */
const rollUpFormat = 1;

const hoursPerDay = 24;
/** Bits of a head: which words have minutes, whether these are 60 together, whether there is a score. */
const full = 8;
const scored = 16;
const words = ['good', 'fair', 'poor'] as const;

/** Sessions of a day; those of one agent stand together. Hours are in the order of time. */
export type RolledDay = ReadonlyMap<string, ReadonlyMap<string, readonly Readonly<RolledHour>[]>>;

/** As a text, for both databases and a backup. Hours of other days than that of `midnight` are left out. */
export const rollUpPage = (midnight: number, day: RolledDay): string => {
  const [ids, sessions, session] = [new PageWriter(), new PageWriter(), new PageWriter()];
  for (const [agentId, ofAgent] of day) {
    let isFirst = true;
    for (const [sessionId, hours] of ofAgent) {
      if (isFirst) writeId(ids, agentId);
      else ids.number(0);
      isFirst = false;
      writeId(ids, sessionId);
      session.clear();
      writeHours(session, midnight, hours);
      sessions.number(session.length);
      sessions.put(session.written());
    }
  }
  const page = new PageWriter();
  page.number(rollUpFormat);
  page.number(ids.length);
  page.put(ids.written());
  page.put(sessions.written());
  return Buffer.from(page.written()).toString('base64');
};

/** The kinds of ids: most are UUIDs, and half a surrogate pair has no bytes of its own. */
const kinds = { plain: 0, json: 1, uuid: 2 } as const;
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u;

const writeId = (to: PageWriter, id: string): void => {
  const plain = Buffer.from(id, 'utf8');
  const isPlain = plain.toString('utf8') === id;
  const [kind, bytes] = uuid.test(id)
    ? [kinds.uuid, Buffer.from(id.replaceAll('-', ''), 'hex')]
    : isPlain
      ? [kinds.plain, plain]
      : [kinds.json, Buffer.from(JSON.stringify(id), 'utf8')];
  to.number(1 + 3 * bytes.length + kind);
  to.put(bytes);
};

const writeHours = (
  to: PageWriter,
  midnight: number,
  hours: readonly Readonly<RolledHour>[],
): void => {
  const placed = hours.flatMap((hour) => {
    const place = (hour.at - midnight) / hourMs;
    return place >= 0 && place < hoursPerDay ? [{ place, hour }] : [];
  });
  const bits = placed.reduce((sum, { place }) => sum | (1 << place), 0);
  to.put(Uint8Array.of(bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff));
  for (const { hour } of placed) writeHour(to, hour);
};

const writeHour = (to: PageWriter, hour: Readonly<RolledHour>): void => {
  const there = words.filter((word) => hour[word] > 0);
  const isFull = minutesOf(hour) === 60;
  const hasScore = !Number.isNaN(hour.mean) && !Number.isNaN(hour.lowest);
  const named = there.reduce((sum, word) => sum + (1 << words.indexOf(word)), 0);
  const head = named + (isFull ? full : 0) + (hasScore ? scored : 0);
  const bytes = [
    head,
    ...(hasScore ? [2 * hour.mean, Math.max(0, Math.round(hour.mean) - hour.lowest)] : []),
    ...(isFull ? there.slice(1) : there).map((word) => hour[word]),
  ];
  to.put(Uint8Array.from(bytes));
};

/** Throws RangeError for what is no such page; then something may have been visited. */
export const visitRollUps = (
  page: string,
  midnight: number,
  session: (agentId: string, sessionId: string) => SampledSession | undefined,
  visit: VisitHour,
): void => {
  const bytes = Buffer.from(page, 'base64');
  const reader = new PageReader(bytes);
  if (reader.number() !== rollUpFormat) throw new RangeError('another format of roll-ups');
  const length = reader.number();
  const ids = new PageReader(bytes, reader.skip(length), reader.at);
  const hour: RolledHour = { at: 0, mean: 0, lowest: 0, good: 0, fair: 0, poor: 0 };
  let agentId: string | undefined;
  while (ids.at < ids.end) {
    agentId = readId(ids) ?? agentId;
    const sessionId = readId(ids);
    if (agentId === undefined || sessionId === undefined)
      throw new RangeError('a roll-up names no session');
    const size = reader.number();
    const begin = reader.skip(size);
    const whose = session(agentId, sessionId);
    if (whose === undefined) continue;
    const hours = new PageReader(bytes, begin, begin + size);
    const bits = byteOf(hours) | (byteOf(hours) << 8) | (byteOf(hours) << 16);
    for (let place = 0; place < hoursPerDay; place += 1) {
      if ((bits & (1 << place)) === 0) continue;
      readHour(hours, hour);
      hour.at = midnight + place * hourMs;
      visit(whose, hour);
    }
    if (hours.at !== hours.end) throw new RangeError('a session goes on after its end');
  }
  if (reader.at !== bytes.length) throw new RangeError('a page goes on after its end');
};

const readId = (reader: PageReader): string | undefined => {
  const head = reader.number();
  if (head === 0) return undefined;
  const kind = (head - 1) % 3;
  const begin = reader.skip(Math.floor((head - 1) / 3));
  const bytes = Buffer.from(reader.bytes.subarray(begin, reader.at));
  if (kind === kinds.plain) return bytes.toString('utf8');
  if (kind === kinds.uuid) {
    const hex = bytes.toString('hex');
    return [0, 8, 12, 16, 20].map((from, at) => hex.slice(from, [8, 12, 16, 20][at])).join('-');
  }
  const id: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof id !== 'string') throw new RangeError('a roll-up names no session');
  return id;
};

const byteOf = (reader: PageReader): number => reader.bytes[reader.skip(1)] ?? 0;

const readHour = (reader: PageReader, hour: RolledHour): void => {
  const head = byteOf(reader);
  const hasScore = (head & scored) !== 0;
  hour.mean = hasScore ? byteOf(reader) / 2 : Number.NaN;
  hour.lowest = hasScore ? Math.round(hour.mean) - byteOf(reader) : Number.NaN;
  hour.good = hour.fair = hour.poor = 0;
  const there = words.filter((_, place) => (head & (1 << place)) !== 0);
  const isFull = (head & full) !== 0;
  for (const word of isFull ? there.slice(1) : there) hour[word] = byteOf(reader);
  const [first] = there;
  if (isFull && first !== undefined) hour[first] = 60 - minutesOf(hour);
};
