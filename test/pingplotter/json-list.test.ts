import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createListParser } from '../../src/pingplotter/json-list.ts';

/** The elements, or nothing where it is no list. */
const read = (
  bytes: Buffer,
  cuts: readonly number[],
  limits?: Parameters<typeof createListParser>[1],
): readonly unknown[] | undefined => {
  const elements: unknown[] = [];
  const parser = createListParser((element) => elements.push(element), limits);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  try {
    for (const [index, place] of places.entries())
      parser.push(bytes.subarray(place, places[index + 1] ?? bytes.length));
    parser.end();
    return elements;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const parsed = (text: string): readonly unknown[] | undefined => {
  try {
    const body: unknown = JSON.parse(text);
    return Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
};

const cuts = fc.array(fc.nat(), { maxLength: 20 });
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  // Like agents: objects with lists of objects in them, and what looks like a border in their text.
  fc.record({
    id: fc.string(),
    notes: fc.constantFrom('},{', '"},{"', '\\', ''),
    fields: fc.array(fc.record({ name: fc.string() })),
  }),
);

/** Places of a text, how many signs of it go there, and what comes in their stead. */
type Breakage = readonly (readonly [where: number, gone: number, instead: string])[];

const stead = [...'[]{},:"\\ 1x', ''];
const breakages: fc.Arbitrary<Breakage> = fc.array(
  fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...stead)),
);

const broken = (list: unknown, breakage: Breakage): string => {
  let text = JSON.stringify(list);
  for (const [where, gone, instead] of breakage) {
    const place = where % (text.length + 1);
    text = text.slice(0, place) + instead + text.slice(place + gone);
  }
  return text;
};

const short = [1, [2], { a: 3 }];

/** Everything that one sign can do to a short list. */
const bySign = [...Array(JSON.stringify(short).length).keys()].flatMap((where) =>
  [0, 1].flatMap((gone) =>
    stead.map((instead): [typeof short, Breakage, number[]] => [
      short,
      [[where, gone, instead]],
      [where],
    ]),
  ),
);

describe('a list that is read while it arrives', () => {
  it('hands on what is whole before the rest has come', () => {
    const taken: unknown[] = [];
    const parser = createListParser((element) => taken.push(element));
    parser.push(
      Buffer.from('[{"id":1},{"id":2,"fields":[{"a":1},{"a":2}]},{"id":3,"fields":[{"a":1},{'),
    );
    expect(taken).toEqual([{ id: 1 }, { id: 2, fields: [{ a: 1 }, { a: 2 }] }]);
    parser.push(Buffer.from('"a":2}]}]'));
    parser.end();
    expect(taken.slice(2)).toEqual([{ id: 3, fields: [{ a: 1 }, { a: 2 }] }]);
  });

  it('holds what JSON.parse finds, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(json), fc.constantFrom(undefined, 1), cuts, (list, space, at) => {
        const text = JSON.stringify(list, undefined, space);
        expect(read(Buffer.from(text), at)).toEqual(parsed(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when JSON.parse refuses it, whatever was done to its text', () => {
    fc.assert(
      fc.property(fc.array(json), breakages, cuts, (list, breakage, at) => {
        const text = broken(list, breakage);
        expect(read(Buffer.from(text), at)).toEqual(parsed(text));
      }),
      { examples: bySign, numRuns: bySign.length + 600 },
    );
  });

  it.each([
    ['', undefined],
    [' ', undefined],
    ['null', undefined],
    ['{"a":[]}', undefined],
    ['[', undefined],
    ['[]', []],
    [' [ ] \n', []],
    ['\ufeff[1]', [1]],
    ['[1,]', undefined],
    ['[,1]', undefined],
    ['[1,,2]', undefined],
    ['[1}', undefined],
    ['[{]}]', undefined],
    ['[1]2', undefined],
    ['[1],[2]', undefined],
    ['["],[","\\"]","ü€😀"]', ['],[', '"]', 'ü€😀']],
  ])('reads %j the same byte by byte', (text, expected) => {
    const bytes = Buffer.from(text);
    expect(read(bytes, [])).toEqual(expected);
    expect(read(bytes, [...bytes.keys()])).toEqual(expected);
  });
});

describe('F: a list that offers no place to cut it', () => {
  const byteByByte = { mostUncutBytes: 0, mostElementBytes: 1_000_000 };

  it('holds what JSON.parse finds, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(json), fc.constantFrom(undefined, 1), cuts, (list, space, at) => {
        const text = JSON.stringify(list, undefined, space);
        expect(read(Buffer.from(text), at, byteByByte)).toEqual(parsed(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when JSON.parse refuses it, whatever was done to its text', () => {
    fc.assert(
      fc.property(fc.array(json), breakages, cuts, (list, breakage, at) => {
        const text = broken(list, breakage);
        expect(read(Buffer.from(text), at, byteByByte)).toEqual(parsed(text));
      }),
      { examples: bySign, numRuns: bySign.length + 600 },
    );
  });

  it('leaves out an element that is too large, and reads the others', () => {
    const taken: unknown[] = [];
    const parser = createListParser((element) => taken.push(element));
    parser.push(Buffer.from('[{"id":1},{"id":2,"notes":"'));
    const part = Buffer.alloc(64 * 1024, 'x');
    // Ten times what an element may take; none of it may be held.
    for (let sent = 0; sent < 160; sent += 1) parser.push(Buffer.from(part));
    parser.push(Buffer.from('"},{"id":3}]'));
    parser.end();
    expect(taken).toEqual([{ id: 1 }, undefined, { id: 3 }]);
  });

  it('collects no byte of an element that is too large', () => {
    const limits = { mostUncutBytes: 0, mostElementBytes: 5000 };
    const collected: number[] = [];
    const concat = Buffer.concat;
    const spy = vi.spyOn(Buffer, 'concat').mockImplementation((parts, length) => {
      collected.push(parts.reduce((sum, part) => sum + part.length, 0));
      return concat(parts, length);
    });
    onTestFinished(() => spy.mockRestore());
    const text = Buffer.from(`[1,"${'x'.repeat(100_000)}",2]`);
    const cuts = Array.from({ length: 100 }, (_, index) => 1000 * index);
    expect(read(text, cuts, limits)).toEqual([1, undefined, 2]);
    expect(Math.max(...collected)).toBeLessThanOrEqual(5000);
  });
});
