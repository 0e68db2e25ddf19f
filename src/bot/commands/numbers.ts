import { usageError } from '../meant-agent.ts';

/** The numbers that were typed, `12`, `#12`, or several of them. Throws 'bad-input' for anything else. */
export const numbersIn = (rest: string, usage: string): readonly [number, ...number[]] => {
  const typed = rest.split(/[\s,;]+/u).filter((word) => word !== '');
  const [first, ...others] = new Set(typed.map((word) => numberIn(word, usage)));
  if (first === undefined) throw usageError(usage);
  return [first, ...others];
};

const numberIn = (word: string, usage: string): number => {
  if (!/^#?\d{1,9}$/u.test(word)) throw usageError(usage, word);
  return Number(word.replace('#', ''));
};
