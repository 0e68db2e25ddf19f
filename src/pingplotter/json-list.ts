import { Buffer, isAscii } from 'node:buffer';

/** UTF-8 as text, without a byte order mark. Most answers are plain ASCII, which is copied as it is: a quarter of the time. */
export const decode = (bytes: Buffer): string => {
  if (isAscii(bytes)) return bytes.toString('latin1');
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
};

/** Reads a JSON list while it arrives. Throws a SyntaxError when it is none. */
export interface ListParser {
  /** Hands on elements that are whole by now, if there are any. */
  push(chunk: Buffer): void;
  /** Hands on the others. */
  end(): void;
}

/** So much of a list without a place to cut it is parsed as a whole when it has ended. */
const mostHeldBytes = 1024 * 1024;
/** So many places are looked at in one chunk. */
const mostPlaces = 64;

/**
 * A list of objects is cut between two that begin alike, wherever a chunk offers such a place, so the answer
 * never lies in memory as a whole, neither as text nor parsed, and the event loop is free in between:
 * parsing the list of 50,000 agents at once keeps it for a quarter of a second. That a cut is right is
 * for JSON.parse to say: JSON is read from left to right, so what is a whole list up to a comma, once
 * a bracket is put in the comma's place, is the beginning of the list. Without a cut nothing is lost
 * but the time.
 */
export const createListParser = (take: (element: unknown) => void): ListParser => {
  let held: Buffer[] = [];
  let bytes = 0;
  let border: Buffer | undefined;
  /** The list's own bracket, where it was cut off. */
  let opening = nothing;

  const listUpTo = (last: Buffer, closing: Buffer): readonly unknown[] | undefined =>
    parseList(Buffer.concat([opening, ...held, last, closing]));

  return {
    push(chunk) {
      border ??= borderOf(chunk);
      for (const place of bytes > mostHeldBytes ? [] : placesToCut(chunk, border)) {
        const elements = listUpTo(chunk.subarray(0, place), closingBracket);
        if (elements === undefined) continue;
        for (const element of elements) take(element);
        opening = openingBracket;
        held = [chunk.subarray(place + 1)];
        bytes = chunk.length - place - 1;
        return;
      }
      held.push(chunk);
      bytes += chunk.length;
    },
    end() {
      const elements = listUpTo(nothing, nothing);
      if (elements === undefined) throw new SyntaxError('no list');
      for (const element of elements) take(element);
    },
  };
};

const parseList = (text: Buffer): readonly unknown[] | undefined => {
  try {
    const list: unknown = JSON.parse(decode(text));
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
};

const nothing = Buffer.alloc(0);
const openingBracket = Buffer.from('[');
const closingBracket = Buffer.from(']');

/** What stands between two objects of this list: `},{` and the first key of its first object. */
const borderOf = (beginning: Buffer): Buffer => {
  const first = /^\s*\[\s*(\{"[^"\\]{0,100}")/.exec(beginning.toString('latin1', 0, 200))?.[1];
  return first === undefined ? nothing : Buffer.from(`},${first}`, 'latin1');
};

/** Commas between two objects that may be elements of the list itself, the last first. */
function* placesToCut(chunk: Buffer, border: Buffer): Generator<number> {
  if (border.length === 0) return;
  // Most likely the end of the list: all places lie in it, and it is read at once anyway.
  if (chunk.at(-1) === listEnd) return;
  let at = chunk.length;
  for (let looked = 0; looked < mostPlaces && at > 0; looked += 1) {
    at = chunk.lastIndexOf(border, at - 1);
    if (at < 0) return;
    if (!leavesList(chunk, at + 2)) yield at + 1;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const listBegin = 0x5b;
const listEnd = 0x5d;
const objectBegin = 0x7b;
const objectEnd = 0x7d;

/** Whether the list that the object at `from` lies in ends within this chunk: then it is an inner one, or the last piece. */
const leavesList = (chunk: Buffer, from: number): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = from; at < chunk.length; at += 1) {
    const byte = chunk[at];
    if (byte === backslash) at += 1;
    else if (byte === quote) inString = !inString;
    else if (inString) continue;
    else if (byte === objectBegin || byte === listBegin) depth += 1;
    else if (byte === objectEnd || byte === listEnd) depth -= 1;
    if (depth < 0) return true;
  }
  return false;
};
