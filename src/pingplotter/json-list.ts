import { Buffer, isAscii } from 'node:buffer';
import { createListScanner, type ListScanner } from './list-scanner.ts';

/** Reads a JSON list while it arrives. Throws a SyntaxError when the text is no JSON list. */
export interface ListParser {
  /** Hands on the elements that are whole by now. */
  push(chunk: Buffer): void;
  /** Hands on the others. */
  end(): void;
}

/**
 * Takes some elements, which are a JSON list by themselves: false, and nothing is taken, when they are none. `border` is
 * what stands between two of them, as far as that is known.
 */
export type TakePiece = (piece: Buffer, border: Buffer) => boolean;

/** A list that offers no place to cut it for so long is read byte by byte from then on. */
const mostUncutBytes = 1024 * 1024;
/** An agent has some kilobytes. A larger element is counted as one that cannot be read, and takes no room. */
const mostElementBytes = 1024 * 1024;
/** In one chunk: the search must stay short. */
const mostPlaces = 64;

const nothing = Buffer.alloc(0);
const openingBracket = Buffer.from('[');
const closingBracket = Buffer.from(']');

/**
 * Cuts a list of objects between two that begin alike, wherever a chunk offers such a place. So the answer
 * is never in memory as a whole, neither as text nor parsed, and the event loop is free in between: parsing
 * the list of 50,000 agents at once blocks it for a quarter of a second. JSON.parse decides whether a cut is
 * right: JSON is read from left to right, so a text up to a comma that becomes a whole list with a bracket in
 * the comma's place is the beginning of the list. A list that cannot be cut is read
 * element by element, so that no single one fills the memory.
 */
export const createListParser = (
  take: (element: unknown) => void,
  limits = { mostUncutBytes, mostElementBytes },
  takePiece = takeEach(take),
): ListParser => {
  let scanner: ListScanner | undefined;
  let uncut: Buffer[] = [];
  let bytes = 0;
  let border: Buffer | undefined;
  /** The list's own bracket, where it was cut off. */
  let opening = nothing;

  const takeUpTo = (last: Buffer, closing: Buffer): boolean =>
    takePiece(Buffer.concat([opening, ...uncut, last, closing]), border ?? nothing);

  return {
    push(chunk) {
      if (scanner !== undefined) return scanner.push(chunk);
      border ??= borderOf(chunk);
      for (const place of placesToCut(chunk, border)) {
        if (!takeUpTo(chunk.subarray(0, place), closingBracket)) continue;
        opening = openingBracket;
        uncut = [chunk.subarray(place + 1)];
        bytes = chunk.length - place - 1;
        return;
      }
      uncut.push(chunk);
      bytes += chunk.length;
      if (bytes <= limits.mostUncutBytes) return;
      scanner = createListScanner(take, limits.mostElementBytes, opening.length > 0);
      for (const piece of uncut) scanner.push(piece);
      uncut = [];
    },
    end() {
      if (scanner !== undefined) return scanner.end();
      if (!takeUpTo(nothing, nothing)) throw new SyntaxError('no list');
    },
  };
};

/** Takes the elements of a piece one by one. */
export const takeEach =
  (take: (element: unknown) => void): TakePiece =>
  (piece) => {
    const elements = parseList(piece);
    for (const element of elements ?? []) take(element);
    return elements !== undefined;
  };

const parseList = (text: Buffer): readonly unknown[] | undefined => {
  try {
    const list: unknown = JSON.parse(decode(text));
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
};

/** The text between two objects of this list: `},{` and the first key of its first object. */
const borderOf = (beginning: Buffer): Buffer => {
  const first = /^\s*\[\s*(\{"[^"\\]{0,100}")/.exec(beginning.toString('latin1', 0, 200))?.[1];
  return first === undefined ? nothing : Buffer.from(`},${first}`, 'latin1');
};

/** Commas between two objects that may be elements of the list itself, the last first. */
function* placesToCut(chunk: Buffer, border: Buffer): Generator<number> {
  if (border.length === 0) return;
  // Most likely the end of the list, which is read at once anyway.
  if (chunk.at(-1) === listEnd) return;
  let at = chunk.length;
  for (let tried = 0; tried < mostPlaces && at > 0; tried += 1) {
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

/** Whether the list around the object at `from` ends within this chunk: then it is an inner list, or the last piece. */
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

/** UTF-8 as text, without a byte order mark. Most answers are plain ASCII: copying it takes a quarter of the time. */
export const decode = (bytes: Buffer): string => {
  if (isAscii(bytes)) return bytes.toString('latin1');
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
};
