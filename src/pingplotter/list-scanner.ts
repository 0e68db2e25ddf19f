import { Buffer } from 'node:buffer';

/** Finds the elements of a JSON list byte by byte, and holds one of them at a time. */
export interface ListScanner {
  push(chunk: Buffer): void;
  /** Throws a SyntaxError when the list has not ended. */
  end(): void;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const listBegin = 0x5b;
const listEnd = 0x5d;
const objectBegin = 0x7b;
const objectEnd = 0x7d;
/** White space, and the bytes of a byte order mark. */
const besidesTheList: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * For lists that offer no place to cut them: slower, and no element can take more room than `mostElementBytes`. A
 * larger one is handed on as undefined, which is no JSON. `begun` = the list's own bracket was read before.
 */
export const createListScanner = (
  take: (element: unknown) => void,
  mostElementBytes: number,
  begun: boolean,
): ListScanner => {
  let depth = begun ? 1 : 0;
  let ended = false;
  let inString = false;
  let escaped = false;
  let parts: Buffer[] = [];
  let bytes = 0;
  let elements = 0;

  const add = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > mostElementBytes) parts = [];
    else parts.push(part);
  };

  const finish = (isLast: boolean): void => {
    const isTooLarge = bytes > mostElementBytes;
    const text = Buffer.concat(parts).toString('utf8');
    parts = [];
    bytes = 0;
    if (isLast && elements === 0 && !begun && !isTooLarge && text.trim() === '') return;
    elements += 1;
    take(isTooLarge ? undefined : JSON.parse(text));
  };

  const outside = (byte: number): void => {
    if (!ended && byte === listBegin) depth = 1;
    else if (!besidesTheList.has(byte)) throw new SyntaxError('no list');
  };

  const close = (byte: number): boolean => {
    depth -= 1;
    if (depth > 0) return false;
    if (byte !== listEnd) throw new SyntaxError('no list');
    ended = true;
    return true;
  };

  return {
    push(chunk) {
      let from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at] ?? 0;
        if (depth === 0) {
          outside(byte);
          from = at + 1;
        } else if (inString) {
          if (escaped) escaped = false;
          else if (byte === backslash) escaped = true;
          else if (byte === quote) inString = false;
        } else if (byte === quote) inString = true;
        else if (byte === listBegin || byte === objectBegin) depth += 1;
        else if ((byte === comma && depth === 1) || byte === listEnd || byte === objectEnd) {
          const isLast = byte !== comma && close(byte);
          if (byte !== comma && !isLast) continue;
          add(chunk.subarray(from, at));
          finish(isLast);
          from = at + 1;
        }
      }
      if (depth > 0) add(chunk.subarray(from));
    },
    end() {
      if (!ended) throw new SyntaxError('no list');
    },
  };
};
