import { refusal } from '../platform/errors.ts';
import { parseTime, readsAsTime } from '../shared/moment.ts';
import { parseSpan, type TypedSpan } from '../shared/span.ts';
import { formatDuration, parseDuration } from '../shared/time.ts';
import { isWord, tokenize } from '../shared/tokens.ts';
import type { TypedWhen } from '../shared/typed-zone.ts';

export interface Timing {
  readonly kind: 'for' | 'until';
  readonly text: string;
}

/** `… for 2h` or `… until mon 08:00`; other words after "for" and "until" belong to the name. */
export const splitTiming = (rest: string): { readonly rest: string; readonly timing?: Timing } => {
  for (const token of tokenize(rest)) {
    if (!isWord(token, 'for', 'until')) continue;
    const text = rest.slice(token.end).trim();
    const kind = isWord(token, 'for') ? 'for' : 'until';
    const reads = kind === 'for' ? parseDuration(text) !== undefined : readsAsTime(text);
    if (reads) return { rest: rest.slice(0, token.begin).trim(), timing: { kind, text } };
  }
  return { rest: rest.trim() };
};

export interface Span {
  readonly rest: string;
  /** As they were typed: times, or `now`. */
  readonly from: string;
  readonly to: string;
}

/**
 * `… from 22:00 to mon 06:00`; nothing when no times stand there. No time holds one of these words, so
 * only the last of each can count.
 */
export const splitSpan = (rest: string): Span | undefined => {
  const tokens = tokenize(rest);
  const to = tokens.findLast((token) => isWord(token, 'to', 'until'));
  const from = tokens.findLast(
    (token) => isWord(token, 'from') && token.end <= (to?.begin ?? rest.length),
  );
  if (from === undefined || to === undefined) return undefined;
  const typed = {
    from: rest.slice(from.end, to.begin).trim(),
    to: rest.slice(to.end).trim(),
  };
  return (isNow(typed.from) || readsAsTime(typed.from)) && readsAsTime(typed.to)
    ? { rest: rest.slice(0, from.begin).trim(), ...typed }
    : undefined;
};

export const isNow = (text: string): boolean => text.toLowerCase() === 'now';

export type TypedAt = TypedWhen;

/** Longer than that is a slip of the finger. */
const longestMs = 366 * 24 * 60 * 60_000;

/** A typed duration, in ms. Throws 'bad-input'. */
export const requireDuration = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined) throw refusal('bad-input', 'time.no-duration', { typed: text });
  if (ms > longestMs) throw refusal('bad-input', 'time.too-long');
  return ms;
};

/** The moment that `for 2h` or `until mon 08:00` means, in ms since 1970. Throws 'bad-input'. */
export const requireEnd = ({ kind, text }: Timing, at: TypedAt): number =>
  kind === 'for' ? at.now + requireDuration(text) : requireTime(text, at);

/** Both ends of `from 22:00 to 06:00`. Throws 'bad-input'. */
export const requireSpan = ({ from, to }: Pick<Span, 'from' | 'to'>, at: TypedAt): TypedSpan => {
  if (!isNow(from)) requireTime(from, at);
  const span = parseSpan(isNow(from) ? 'now' : from, to, at);
  if (span === 'past' || span === undefined)
    throw refusal('bad-input', 'time.not-after', { from, to });
  if (span.until - span.from > longestMs)
    throw refusal('bad-input', 'time.longer-than', { most: formatDuration(longestMs) });
  return span;
};

const requireTime = (text: string, at: TypedAt): number => {
  const moment = parseTime(text, at);
  if (moment === undefined) throw refusal('bad-input', 'time.past', { typed: text });
  if (moment - at.now > longestMs) throw refusal('bad-input', 'time.too-far', { typed: text });
  return moment;
};
