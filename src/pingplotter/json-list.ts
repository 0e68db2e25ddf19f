import { Buffer } from 'node:buffer';
import { decode } from './decode.ts';
import { beforeList, type ListPlace, scanList } from './scan-list.ts';

/** Reads a JSON list while it arrives. Throws what JSON.parse throws. */
export interface ListParser {
  /** Hands on the elements that are whole by now. */
  push(chunk: Buffer): void;
  /** Hands on the last ones; throws when what came was not one whole list. */
  end(): void;
}

/**
 * Elements are handed on some at a time, so the answer never lies in memory as a whole, neither as
 * text nor parsed, and the event loop is free between two chunks: parsing the list of 50,000 agents at
 * once keeps it for a quarter of a second.
 */
export const createListParser = (take: (element: unknown) => void): ListParser => {
  let place: ListPlace = beforeList;
  let held: Buffer[] = [];
  let taken = 0;

  /** How many elements lie between two commas, or brackets, of the list itself. */
  const parse = (piece: Buffer): number => {
    const elements: unknown = JSON.parse(`[${decode(piece)}]`);
    if (!Array.isArray(elements)) return 0;
    for (const element of elements) take(element);
    taken += elements.length;
    return elements.length;
  };

  return {
    push(chunk) {
      const { from, comma, to, after } = scanList(chunk, place);
      place = after;
      if (after.at === 'wrong') throw new SyntaxError('no list');
      if (comma < 0) {
        if (to > from) held.push(chunk.subarray(from, to));
        return;
      }
      // On both sides of a comma stands an element: JSON.parse sees to all but the last one's side.
      if (parse(Buffer.concat([...held, chunk.subarray(from, comma)])) === 0) throw missing();
      held = [chunk.subarray(comma + 1, to)];
    },
    end() {
      if (place.at !== 'after') throw new SyntaxError('the list does not end');
      if (parse(Buffer.concat(held)) === 0 && taken > 0) throw missing();
    },
  };
};

const missing = (): SyntaxError => new SyntaxError('an element is missing');
