import { distance } from 'fastest-levenshtein';

/** Longer texts are compared by their beginning: what is typed has no limit, the time to compare it does. */
const comparedLength = 80;

/** The items that a mistyped text most plausibly means, best first; all texts in lower case. */
export const nearest = <T>(
  wanted: string,
  items: readonly T[],
  namesOf: (item: T) => readonly string[],
  most: number,
): readonly T[] => {
  const query = textOf(wanted);
  return items
    .map((item) => ({
      item,
      difference: Math.min(...namesOf(item).map((name) => difference(query, textOf(name)))),
    }))
    .filter(({ difference }) => difference < implausible)
    .sort((a, b) => a.difference - b.difference)
    .slice(0, most)
    .map(({ item }) => item);
};

interface Text {
  readonly whole: string;
  readonly words: readonly string[];
}

const textOf = (text: string): Text => {
  const whole = text.slice(0, comparedLength);
  return { whole, words: whole.match(/[\p{L}\p{N}]+/gu) ?? [] };
};

const implausible = 1;

/** 0 = the same; below `implausible` when at least one of the typed words is nearly one of the name's. */
const difference = (typed: Text, name: Text): number => {
  const inWords = typed.words.map((word) =>
    Math.min(implausible, ...name.words.map((other) => slips(word, other))),
  );
  const onAverage = inWords.reduce((sum, one) => sum + one, 0) / inWords.length;
  return Math.min(slips(typed.whole, name.whole), inWords.length > 0 ? onAverage : implausible);
};

/** Typing errors as a share of the length; two swapped letters count as two. */
const slips = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  const tolerated = shorter < 3 ? 0 : shorter === 3 ? 1 : Math.max(2, Math.floor(shorter * 0.4));
  // No need to compare what differs more by length alone.
  if (Math.abs(a.length - b.length) > tolerated) return implausible;
  const edits = distance(a, b);
  return edits <= tolerated ? edits / Math.max(1, shorter) : implausible;
};
