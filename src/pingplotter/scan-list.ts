/** How far into a JSON list the bytes so far have come. */
export interface ListPlace {
  readonly at: 'before' | 'inside' | 'after' | 'wrong';
  /** Brackets that are open, the list's own among them. */
  readonly depth: number;
  readonly inString: boolean;
  /** The next byte of the string stands for itself. */
  readonly escaped: boolean;
}

export const beforeList: ListPlace = { at: 'before', depth: 0, inString: false, escaped: false };

/** Where a chunk's elements lie; without an element `to` is not above `from`. */
export interface ListSpan {
  readonly from: number;
  /** The last comma of the list itself, -1 without one. */
  readonly comma: number;
  /** The list's own bracket is not among its elements. */
  readonly to: number;
  readonly after: ListPlace;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const listBegin = 0x5b;
const listEnd = 0x5d;
const objectBegin = 0x7b;
const objectEnd = 0x7d;

/** Only finds the commas between elements: whether the JSON in between is right is for its parser to say. */
export const scanList = (chunk: Uint8Array, before: ListPlace): ListSpan => {
  const begin = before.at === 'before' ? beginning(chunk) : 0;
  if (begin < 0 || before.at === 'after' || before.at === 'wrong')
    return { from: 0, comma: -1, to: 0, after: outside(chunk, before, begin) };
  let depth = Math.max(1, before.depth);
  let { inString, escaped } = before;
  let lastComma = -1;
  for (let at = begin; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0;
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === quote) inString = false;
      else if (byte === backslash) escaped = true;
    } else if (byte === quote) inString = true;
    else if (byte === comma) lastComma = depth === 1 ? at : lastComma;
    else if (byte === listBegin || byte === objectBegin) depth += 1;
    else if (byte === listEnd || byte === objectEnd) {
      depth -= 1;
      if (depth > 0) continue;
      const right = byte === listEnd && isBlank(chunk.subarray(at + 1));
      const after: ListPlace = { ...beforeList, at: right ? 'after' : 'wrong' };
      return { from: begin, comma: lastComma, to: at, after };
    }
  }
  const after: ListPlace = { at: 'inside', depth, inString, escaped };
  return { from: begin, comma: lastComma, to: chunk.length, after };
};

const outside = (chunk: Uint8Array, before: ListPlace, begin: number): ListPlace => {
  if (before.at === 'before') return begin === notYet ? before : { ...before, at: 'wrong' };
  return isBlank(chunk) ? before : { ...before, at: 'wrong' };
};

const notYet = -1;
const noList = -2;
/** The place after the list's own bracket. */
const beginning = (chunk: Uint8Array): number => {
  const at = chunk.findIndex((byte) => !isSpace(byte) && !byteOrderMark.includes(byte));
  if (at < 0) return notYet;
  return chunk[at] === listBegin ? at + 1 : noList;
};

/** Some servers begin a text with one; a chunk may end inside it. */
const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

const isBlank = (bytes: Uint8Array): boolean => bytes.every(isSpace);

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
