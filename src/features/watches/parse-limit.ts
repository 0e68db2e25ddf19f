import { refusal } from '../../platform/errors.ts';
import { type LimitKind, type Limits, limitKinds } from './domain/limits.ts';

export interface TypedLimit {
  readonly kind: 'limit';
  readonly what: LimitKind;
  /** ms, or % of the packets. */
  readonly above: number;
}

/** In ms; no packet is waited for longer. */
const longestMs = 60_000;

const begun = /^(latency|loss|jitter)([<>=≤≥].*)?$/iu;
const whole = /^>(\d{1,6}(?:\.\d{1,3})?)(ms|%)?$/iu;
/** A unit that is a word of its own, as in `loss > 2 percent`. */
const apart = new Map([
  ['ms', 'ms'],
  ['milliseconds', 'ms'],
  ['%', '%'],
  ['percent', '%'],
]);

/** `latency>150`, also with spaces around the sign. Undefined for words that begin no limit. Throws 'bad-input'. */
export const readLimit = (
  words: readonly string[],
): { readonly clause: TypedLimit; readonly length: number } | undefined => {
  const [first = '', second = '', third = ''] = words;
  const [, word = '', tail] = begun.exec(first) ?? [];
  const what = limitKinds.find((kind) => kind === word.toLowerCase());
  if (what === undefined || (tail === undefined && !/^[<>=≤≥]/u.test(second))) return undefined;
  const parts = tail === undefined ? [second, third] : [tail, second];
  const isSpaced = /^[<>=≤≥]+$/u.test(parts[0] ?? '');
  const upToNumber = (tail === undefined ? 2 : 1) + (isSpaced && parts[1] !== '' ? 1 : 0);
  const unitApart = apart.get(words[upToNumber]?.toLowerCase() ?? '');
  const length = upToNumber + (unitApart === undefined ? 0 : 1);
  const typed = words.slice(0, length).join(' ');
  const limit = (isSpaced ? parts.join('') : (parts[0] ?? '')) + (unitApart ?? '');
  const [, digits = '', unit] = whole.exec(limit) ?? [];
  const above = Number.parseFloat(digits);
  const isItsUnit = unit === undefined || (unit === '%') === (what === 'loss');
  // All packets lost is 100 %: nothing is above that.
  const fits = what === 'loss' ? above < 100 : above <= longestMs;
  if (!isItsUnit || !(above > 0) || !fits)
    throw refusal('bad-input', 'watch.limit-unclear', { typed, what });
  return { clause: { kind: 'limit', what, above }, length };
};

/** Undefined without any. Throws where two differ. */
export const limitsOf = (typed: readonly TypedLimit[]): Limits | undefined => {
  const found = new Map<LimitKind, number>();
  for (const { what, above } of typed) {
    if ((found.get(what) ?? above) !== above)
      throw refusal('bad-input', 'watch.one-limit', { what });
    found.set(what, above);
  }
  if (found.size === 0) return undefined;
  const inOrder = limitKinds.flatMap((kind): [LimitKind, number][] => {
    const above = found.get(kind);
    return above === undefined ? [] : [[kind, above]];
  });
  return Object.fromEntries(inOrder);
};
