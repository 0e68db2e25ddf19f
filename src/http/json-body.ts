import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** Teams' activities have some kilobytes; a card action with a whole form in it stays far below this. */
export const bodyLimitBytes = 256 * 1024;
/** Up to here an oversized body is read to its end, so that the sender is still there for the answer. */
const discardLimitBytes = 16 * bodyLimitBytes;
const bodyTimeoutMs = 10_000;

/** The status says why there is no value. */
export type JsonBody = { readonly value: unknown } | { readonly status: 400 | 408 | 413 | 415 };
type Raw = { readonly bytes: Buffer } | { readonly status: 400 | 408 | 413 };

const jsonType = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const decompress: Readonly<Record<string, Decompress>> = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
};

const readBytes = (request: IncomingMessage, timeoutMs: number): Promise<Raw> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (raw: Raw) => {
      clearTimeout(late);
      resolve(raw);
    };
    const late = setTimeout(() => end({ status: 408 }), timeoutMs);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimitBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size > discardLimitBytes) end({ status: 413 });
    });
    request.once('end', () =>
      end(size > bodyLimitBytes ? { status: 413 } : { bytes: Buffer.concat(chunks) }),
    );
    request.once('error', () => end({ status: 400 }));
    request.once('close', () => end({ status: 400 }));
  });

const expand = async (bytes: Buffer, encoding: string): Promise<Raw> => {
  const expander = decompress[encoding];
  if (expander === undefined) return { bytes };
  try {
    return { bytes: await expander(bytes, { maxOutputLength: bodyLimitBytes }) };
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return { status: tooLarge ? 413 : 400 };
  }
};

/** Reads a bounded JSON body, unpacked too. restify's own parser bounds only what arrives packed. */
export const readJsonBody = async (
  request: IncomingMessage,
  timeoutMs = bodyTimeoutMs,
): Promise<JsonBody> => {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  const known = encoding === 'identity' || encoding in decompress;
  if (!known || !jsonType.test(request.headers['content-type'] ?? '')) {
    request.resume();
    return { status: 415 };
  }
  if (Number(request.headers['content-length'] ?? 0) > discardLimitBytes) return { status: 413 };
  const packed = await readBytes(request, timeoutMs);
  if ('status' in packed) return packed;
  const raw = await expand(packed.bytes, encoding);
  if ('status' in raw) return raw;
  try {
    return { value: JSON.parse(raw.bytes.toString('utf8')) };
  } catch {
    return { status: 400 };
  }
};
