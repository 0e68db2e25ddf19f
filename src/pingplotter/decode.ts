import { type Buffer, isAscii } from 'node:buffer';

/** UTF-8 as text, without a byte order mark. Most answers are plain ASCII, which is copied as it is: a quarter of the time. */
export const decode = (bytes: Buffer): string => {
  if (isAscii(bytes)) return bytes.toString('latin1');
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
};
