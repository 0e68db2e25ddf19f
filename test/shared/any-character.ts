import fc from 'fast-check';

/** fast-check's own unit for all of Unicode first makes a table of a million characters, which takes seconds. */
const codePoint = fc
  .integer({ min: 0, max: 0x10_ffff - 0x800 })
  .map((point) => String.fromCodePoint(point < 0xd800 ? point : point + 0x800));

/** A character of those in daily use more often than one out of all of Unicode. */
export const anyCharacter = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((point) => String.fromCharCode(point)),
  },
  { weight: 3, arbitrary: codePoint },
);
