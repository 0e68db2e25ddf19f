import {
  type SampleBuffer,
  type SessionOf,
  sampleWords,
} from '../../features/history/domain/sample-buffer.ts';
import type { SampledSession } from '../../features/history/store.ts';

/**
 * Reads the text of a page as toPages writes it, one sample at a time. JSON.parse takes three times as long: it
 * makes an array, a string and a word for each of millions of samples that are only to be added up.
 */
export interface PageScanner {
  /** Adds its samples. False where the text is written in another way: then nothing is added. */
  scan(text: string, slot: number, wanted: Wanted, found: SampleBuffer): boolean;
  readonly session: SessionOf;
}

/** A slot is a quarter of an hour; a page's samples are all of one. */
export const slotMs = 15 * 60_000;

/** Which samples count; times in ms since 1970, `until` not included. */
export interface Wanted {
  readonly agents?: ReadonlySet<string> | undefined;
  readonly from: number;
  readonly until: number;
}

const quote = 0x22;
const comma = 0x2c;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const closeBrace = 0x7d;

/** For the pages of one shard, in the order of time: most list the same agents and sessions in the same order. */
export const createPageScanner = (session: SessionOf): PageScanner => {
  const known = new Map<string, string>();
  /** Ids as the page before listed them, and the sessions of those that are a session's; guesses, no more. */
  const order: string[] = [];
  const sessions: (SampledSession | undefined)[] = [];
  let text = '';
  let at = 0;
  let place = 0;

  const skip = (sign: number): boolean => {
    if (text.charCodeAt(at) !== sign) return false;
    at += 1;
    return true;
  };

  /** An id up to its closing quote; nothing where it is written with escapes. */
  const readId = (): string | undefined => {
    const here = place;
    const guess = order[here];
    place += 1;
    if (
      guess !== undefined &&
      text.startsWith(guess, at) &&
      text.charCodeAt(at + guess.length) === quote
    ) {
      at += guess.length + 1;
      return guess;
    }
    const end = text.indexOf('"', at);
    const found = text.slice(at, end);
    if (end < 0 || found.includes('\\')) return undefined;
    at = end + 1;
    const id = known.get(found) ?? own(found);
    known.set(id, id);
    order[here] = id;
    return id;
  };

  /** -1 where there is none. */
  const readWord = (): number => {
    for (let place = 0; place < sampleWords.length; place += 1) {
      const word = sampleWords[place] ?? '';
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return place;
    }
    return -1;
  };

  /** NaN where there is none. */
  const readNumber = (): number => {
    const begin = at;
    let value = 0;
    let sign = text.charCodeAt(at);
    for (; sign >= zero && sign <= nine; sign = text.charCodeAt(at)) {
      value = value * 10 + sign - zero;
      at += 1;
    }
    if (at === begin) return Number.NaN;
    if (sign !== dot) return value;
    at += 1;
    while (text.charCodeAt(at) >= zero && text.charCodeAt(at) <= nine) at += 1;
    return Number(text.slice(begin, at));
  };

  /** The same session as at this place of the page before, mostly. */
  const sessionAt = (before: number, agentId: string, sessionId: string): SampledSession => {
    const guess = sessions[before];
    return guess !== undefined && guess.agentId === agentId && guess.sessionId === sessionId
      ? guess
      : session(agentId, sessionId);
  };

  const scanAgent = (
    slot: number,
    { agents, from, until }: Wanted,
    found: SampleBuffer,
  ): boolean => {
    const agentId = readId();
    if (agentId === undefined || !text.startsWith(':[', at)) return false;
    at += 1;
    const counts = agents === undefined || agents.has(agentId);
    do {
      at += 1;
      if (!skip(openBracket) || !skip(quote)) return false;
      const before = place;
      const sessionId = readId();
      if (sessionId === undefined || !skip(comma) || !skip(quote)) return false;
      const word = readWord();
      if (word < 0 || !skip(quote) || !skip(comma)) return false;
      const isNull = text.startsWith('null', at);
      if (isNull) at += 'null'.length;
      const score = isNull ? 0 : readNumber();
      if (Number.isNaN(score) || !skip(comma)) return false;
      const offset = readNumber();
      if (!(offset < slotMs) || !skip(closeBracket)) return false;
      const measuredAt = slot + offset;
      if (!counts || measuredAt < from || measuredAt >= until) continue;
      const whose = sessionAt(before, agentId, sessionId);
      sessions[before] = whose;
      found.push(whose, measuredAt, word, isNull ? Number.NaN : score);
    } while (text.charCodeAt(at) === comma);
    return skip(closeBracket);
  };

  return {
    session,
    scan: (page, slot, wanted, found) => {
      text = page;
      at = 0;
      place = 0;
      if (page === '{}') return true;
      const { length } = found;
      let isRead = page.startsWith('{');
      do {
        at += 1;
        isRead = isRead && skip(quote) && scanAgent(slot, wanted, found);
      } while (isRead && text.charCodeAt(at) === comma);
      isRead = isRead && text.charCodeAt(at) === closeBrace && at === page.length - 1;
      if (!isRead) found.length = length;
      text = '';
      return isRead;
    },
  };
};

/** A copy: a part of a text holds the whole of it in memory. */
const own = (part: string): string => Buffer.from(part, 'utf8').toString('utf8');
