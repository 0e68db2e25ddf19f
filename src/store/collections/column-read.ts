import {
  type SampleBuffer,
  type SessionOf,
  type StretchSource,
  sampleWords,
} from '../../features/history/domain/sample-buffer.ts';
import type { SampledSession, VisitSample } from '../../features/history/store.ts';
import {
  anyScore,
  columnFormat,
  firstScore,
  isWhole,
  noScore,
  scoreUnits,
  timeUnits,
} from './column-page.ts';
import { PageReader } from './page-bytes.ts';
import type { StoredPage } from './sample-page.ts';
import type { Wanted } from './sample-scan.ts';

/** For the pages of one shard: most list the same sessions in the same order. */
export interface ColumnReader {
  /**
   * Adds the stretches of a page, and gives the time of its last sample. Of those that lie only in part in the
   * period it adds the samples. Throws for what is no such page: then nothing is added.
   */
  read(stored: StoredPage, wanted: Wanted, found: SampleBuffer, spoilt: () => void): number;
}

export const createColumnReader = (sessionOf: SessionOf): ColumnReader => {
  let known: { readonly bytes: Buffer; readonly sessions: readonly SampledSession[] } | undefined;

  const sessionsIn = (bytes: Buffer): readonly SampledSession[] => {
    if (known?.bytes.equals(bytes)) return known.sessions;
    const sessions = readIds(bytes, sessionOf);
    known = { bytes, sessions };
    return sessions;
  };

  return {
    read: ({ at, page }, wanted, found, spoilt) => {
      const { length } = found;
      try {
        const bytes = Buffer.from(page, 'base64');
        const reader = new PageReader(bytes);
        if (reader.number() !== columnFormat) throw new RangeError('another format of pages');
        const last = at + reader.number();
        const ids = reader.number();
        const begin = reader.skip(ids);
        const source = sourceOf(bytes, spoilt);
        const reading = { at, last, wanted, found, source };
        for (const session of sessionsIn(bytes.subarray(begin, begin + ids)))
          readSession(reader, session, reading);
        if (reader.at !== bytes.length) throw new RangeError('a page goes on after its end');
        return last;
      } catch (error) {
        found.length = length;
        throw error;
      }
    },
  };
};

const readIds = (bytes: Buffer, sessionOf: SessionOf): readonly SampledSession[] => {
  const reader = new PageReader(bytes);
  const sessions: SampledSession[] = [];
  let agentId: string | undefined;
  while (reader.at < reader.end) {
    agentId = readId(reader, bytes) ?? agentId;
    const sessionId = readId(reader, bytes);
    if (agentId === undefined || sessionId === undefined)
      throw new RangeError('a page names no session');
    sessions.push(sessionOf(agentId, sessionId));
  }
  return sessions;
};

const readId = (reader: PageReader, bytes: Buffer): string | undefined => {
  const head = reader.number();
  if (head === 0) return undefined;
  const begin = reader.skip(Math.floor((head - 1) / 2));
  const text = bytes.toString('utf8', begin, reader.at);
  if (head % 2 === 1) return text;
  const id: unknown = JSON.parse(text);
  if (typeof id !== 'string') throw new RangeError('a page names no session');
  return id;
};

interface Reading {
  readonly at: number;
  readonly last: number;
  readonly wanted: Wanted;
  readonly found: SampleBuffer;
  readonly source: StretchSource;
}

const readSession = (
  reader: PageReader,
  session: SampledSession,
  { at, last, wanted: { agents, from, until }, found, source }: Reading,
): void => {
  const length = reader.number();
  const place = reader.skip(length);
  if (agents !== undefined && !agents.has(session.agentId)) return;
  const end = place + length;
  reader.at = place;
  const grid = gridOf(reader.number());
  let before = at;
  while (reader.at < end) {
    const stretch = reader.at;
    const head = reader.number();
    const word = head % sampleWords.length;
    const begin = before + reader.number() * grid.timeUnit;
    const lowest = readScore(reader, grid.scoreUnit, 0);
    let ended = begin;
    if (head >= sampleWords.length) {
      ended = begin + reader.number() * grid.timeUnit;
      reader.skip(reader.number());
    }
    if (ended > last) throw new RangeError('a page has a sample after its last');
    before = ended;
    if (ended < from || begin >= until) continue;
    if (head < sampleWords.length) found.push(session, begin, word, lowest);
    else if (from <= begin && ended < until)
      found.pushStretch(session, { begin, end: ended, word, lowest }, source, {
        session: place,
        stretch,
      });
    else
      source.visit({ session: place, stretch }, begin, (time, score) => {
        if (from <= time && time < until) found.push(session, time, word, score);
      });
  }
  if (reader.at !== end) throw new RangeError('a session goes on after its end');
};

interface Grid {
  readonly timeUnit: number;
  readonly scoreUnit: number;
}

const grids: readonly Grid[] = scoreUnits.flatMap((scoreUnit) =>
  timeUnits.map((timeUnit) => ({ timeUnit, scoreUnit })),
);

const gridOf = (stored: number): Grid => {
  const grid = grids[stored];
  if (grid === undefined) throw new RangeError('a page counts in units that are unknown');
  return grid;
};

/** A stretch whose samples cannot be read gives those before the fault. */
const sourceOf = (bytes: Uint8Array, spoilt: () => void): StretchSource => ({
  visit: ({ session, stretch }, begin, visit) => {
    try {
      const reader = new PageReader(bytes, session);
      const grid = gridOf(reader.number());
      reader.at = stretch;
      visitSamples(reader, { ...grid, begin }, visit);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      spoilt();
    }
  },
});

const visitSamples = (
  reader: PageReader,
  { timeUnit, scoreUnit, begin }: Grid & { readonly begin: number },
  visit: VisitSample,
): void => {
  const count = Math.floor(reader.number() / sampleWords.length) + 1;
  reader.number();
  const lowest = readScore(reader, scoreUnit, 0);
  const above = isWhole(lowest, scoreUnit) ? Math.round(lowest * scoreUnit) : 0;
  const end = begin + reader.number() * timeUnit;
  const length = reader.number();
  reader.at = reader.skip(length);
  reader.end = reader.at + length;
  let [at, between] = [begin, 0];
  visit(at, readScore(reader, scoreUnit, above));
  for (let index = 1; index < count; index += 1) {
    between += reader.signed() * timeUnit;
    at += between;
    if (between < 0 || at > end) throw new RangeError('samples out of their order');
    visit(at, readScore(reader, scoreUnit, above));
  }
};

const readScore = (reader: PageReader, unit: number, above: number): number => {
  const score = reader.number();
  if (score === noScore) return Number.NaN;
  return score === anyScore ? reader.float() : (score - firstScore + above) / unit;
};
