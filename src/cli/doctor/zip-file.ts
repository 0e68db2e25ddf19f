import { inflateRawSync } from 'node:zlib';

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
const endOfDirectory = 0x06054b50;
const endBytes = 22;
const entryMark = 0x02014b50;
const entryBytes = 46;
const fileBytes = 30;
const stored = 0;
const deflated = 8;
const mostBytes = 1024 * 1024;

/**
 * The text of one file in a zip archive; undefined when the archive has no such file. Throws when it is
 * no archive that can be read. The library that writes packages is not there on a production install.
 */
export const fileInZip = (archive: Buffer, name: string): string | undefined => {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== entryMark) throw new Error('the directory is broken');
    const nameEnd = at + entryBytes + archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + entryBytes, nameEnd) === name) return contentOf(archive, at);
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return undefined;
};

/** A comment may follow it. */
const endOf = (archive: Buffer): number => {
  for (let at = archive.length - endBytes; at >= 0; at -= 1)
    if (archive.readUInt32LE(at) === endOfDirectory) return at;
  throw new Error('there is no directory');
};

const contentOf = (archive: Buffer, entry: number): string => {
  const method = archive.readUInt16LE(entry + 10);
  const bytes = archive.readUInt32LE(entry + 20);
  const file = archive.readUInt32LE(entry + 42);
  const start =
    file + fileBytes + archive.readUInt16LE(file + 26) + archive.readUInt16LE(file + 28);
  const content = archive.subarray(start, start + bytes);
  if (method === stored) return content.toString('utf8');
  if (method !== deflated) throw new Error('the file is packed in an unknown way');
  return inflateRawSync(content, { maxOutputLength: mostBytes }).toString('utf8');
};
