import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** Teams' activities have some kilobytes; a card action with a whole form in it stays far below this. */
export const bodyLimitBytes = 256 * 1024;
/** Up to here an oversized body is read to its end, so that the sender is still there for the answer. */
const discardLimitBytes = 16 * bodyLimitBytes;
const bodyTimeoutMs = 10_000;

/** Cards and activities stay far below this. What walks through deeper ones step by step runs out of stack. */
const deepestNesting = 100;

/** The status says why there is no value. */
export type JsonBody =
  | { readonly value: unknown }
  | { readonly status: 400 | 408 | 413 | 415 | 503 };
type Raw = { readonly bytes: Buffer } | { readonly status: 400 | 408 | 413 | 503 };

/** Counts the bytes of bodies over all requests, since many that are small enough are too much together. */
export interface BodyRoom {
  /** False, and nothing is taken, where there is no room for so many more. */
  take(bytes: number): boolean;
  /** Gives back all that was taken. */
  leave(): void;
}

/** Makes one BodyRoom for each request; together they hold `most` bytes. */
export const createBodyRooms = (most: number): (() => BodyRoom) => {
  let free = most;
  return () => {
    let taken = 0;
    return {
      take: (bytes) => {
        if (bytes > free) return false;
        free -= bytes;
        taken += bytes;
        return true;
      },
      leave: () => {
        free += taken;
        taken = 0;
      },
    };
  };
};

/** Whether the request may still be sending when it is answered, and what it sends may have no end. */
export const isEndless = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined ||
  Number(headers['content-length'] ?? 0) > discardLimitBytes;

const jsonType = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const packings = new Map<string, Decompress>([
  ['gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)],
  ['br', promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress)],
]);

const readBytes = (request: IncomingMessage, room: BodyRoom, timeoutMs: number): Promise<Raw> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let ended = false;
    const end = (raw: Raw) => {
      ended = true;
      clearTimeout(late);
      resolve(raw);
    };
    const drop = () => {
      chunks.length = 0;
      room.leave();
    };
    const late = setTimeout(() => end({ status: 408 }), timeoutMs);
    request.on('data', (chunk: Buffer) => {
      if (ended) return;
      size += chunk.length;
      if (size > bodyLimitBytes) drop();
      else if (room.take(chunk.length)) chunks.push(chunk);
      else {
        drop();
        end({ status: 503 });
      }
      if (size > discardLimitBytes) end({ status: 413 });
    });
    request.once('end', () =>
      end(size > bodyLimitBytes ? { status: 413 } : { bytes: Buffer.concat(chunks) }),
    );
    request.once('error', () => end({ status: 400 }));
    request.once('close', () => end({ status: 400 }));
  });

const expand = async (bytes: Buffer, encoding: string): Promise<Raw> => {
  const expander = packings.get(encoding);
  if (expander === undefined) return { bytes };
  try {
    return { bytes: await expander(bytes, { maxOutputLength: bodyLimitBytes }) };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return { status: tooLarge ? 413 : 400 };
  }
};

const braceOpen = 0x7b;
const braceShut = 0x7d;
const bracketOpen = 0x5b;
const bracketShut = 0x5d;
const quote = 0x22;
const backslash = 0x5c;

/** Looks at each byte once; what stands in strings does not count. */
const isTooDeep = (json: Buffer): boolean => {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === braceOpen || byte === bracketOpen) depth += 1;
    else if (byte === braceShut || byte === bracketShut) depth -= 1;
    if (depth > deepestNesting) return true;
  }
  return false;
};

/** Reads a bounded JSON body, unpacked too. restify's own parser bounds only what arrives packed. */
export const readJsonBody = async (
  request: IncomingMessage,
  room: BodyRoom,
  timeoutMs = bodyTimeoutMs,
): Promise<JsonBody> => {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  const known = encoding === 'identity' || packings.has(encoding);
  if (!known || !jsonType.test(request.headers['content-type'] ?? '')) {
    request.resume();
    return { status: 415 };
  }
  if (Number(request.headers['content-length'] ?? 0) > discardLimitBytes) return { status: 413 };
  const packed = await readBytes(request, room, timeoutMs);
  if ('status' in packed) return packed;
  const raw = await expand(packed.bytes, encoding);
  if ('status' in raw) return raw;
  const more = raw.bytes.length - packed.bytes.length;
  if (more > 0 && !room.take(more)) return { status: 503 };
  if (isTooDeep(raw.bytes)) return { status: 400 };
  try {
    return { value: JSON.parse(raw.bytes.toString('utf8')) };
  } catch {
    return { status: 400 };
  }
};
