import { requireFilterAlone } from '../../chat/command-line.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { parseDuration } from '../../shared/time.ts';
import { tokenize } from '../../shared/tokens.ts';
import type { QualityBound, WatchRule } from './domain/watch.ts';

/** Samples are stored for a week, so a backtest could not cover a longer wait. */
const longestAfterMs = 7 * 24 * 60 * 60_000;

/** The rule of `watch` without clauses. */
const byDefault = { quality: { word: 'poor' }, offline: true } as const;

/**
 * Reads `[filter] [below <score> | poor | fair] [offline] [always] [after <duration>]`. Words that belong to
 * no clause form the filter, and so does all quoted text. Throws 'bad-input'.
 */
export const parseWatch = (rest: string): WatchRule => {
  requireFilterAlone(rest);
  const clauses = readClauses(tokenize(rest).map(({ raw }) => raw));
  const bound = only(clauses, 'bound', 'watch.one-bound')?.bound;
  const after = only(clauses, 'after', 'watch.one-after');
  const offline = clauses.some(({ kind }) => kind === 'offline');
  const watched =
    bound !== undefined || offline ? { quality: bound ?? ('none' as const), offline } : byDefault;
  const always = clauses.some(({ kind }) => kind === 'always');
  return {
    filter: clauses.flatMap((clause) => (clause.kind === 'filter' ? clause.word : [])).join(' '),
    ...watched,
    ...(always ? { offline: true, always: true as const } : {}),
    ...optional('afterMs', after?.ms),
  };
};

/** The rule of `watch <name>` for an agent whose name the clauses would take apart. */
export const watchNamed = (name: string): WatchRule => ({ filter: name.trim(), ...byDefault });

type Clause =
  | { readonly kind: 'filter'; readonly word: string }
  | { readonly kind: 'bound'; readonly bound: QualityBound }
  | { readonly kind: 'offline' }
  | { readonly kind: 'always' }
  | { readonly kind: 'after'; readonly ms: number };

/** In words: `after` and a duration of up to four words. */
const longestClause = 5;

const readClauses = (words: readonly string[]): readonly Clause[] => {
  const clauses: Clause[] = [];
  for (let at = 0; at < words.length; ) {
    const { clause, length } = readClause(words.slice(at, at + longestClause));
    clauses.push(clause);
    at += length;
  }
  return clauses;
};

const readClause = (
  words: readonly string[],
): { readonly clause: Clause; readonly length: number } => {
  const [first = '', second = ''] = words;
  switch (first.toLowerCase()) {
    case 'poor':
    case 'fair':
      return { clause: { kind: 'bound', bound: readBound(first) }, length: 1 };
    case 'below':
      return { clause: { kind: 'bound', bound: readBound(second) }, length: 2 };
    case 'offline':
      return { clause: { kind: 'offline' }, length: 1 };
    case 'always':
      return { clause: { kind: 'always' }, length: 1 };
    case 'after':
      return readAfter(words.slice(1));
    default:
      return { clause: { kind: 'filter', word: first }, length: 1 };
  }
};

const readBound = (text: string): QualityBound => {
  const typed = text.toLowerCase();
  if (typed === 'poor' || typed === 'fair') return { word: typed };
  const below = /^\d{1,3}(?:\.\d+)?%?$/u.test(typed) ? Number.parseFloat(typed) : Number.NaN;
  if (below > 0 && below <= 100) return { below };
  throw refusal('bad-input', 'watch.bound-unclear');
};

/** A duration has up to four words, like `1 hour 30 minutes`. The longest match wins. */
const readAfter = (words: readonly string[]): ReturnType<typeof readClause> => {
  for (const length of [4, 3, 2, 1]) {
    const ms = length > words.length ? undefined : parseDuration(words.slice(0, length).join(' '));
    if (ms !== undefined && ms <= longestAfterMs)
      return { clause: { kind: 'after', ms }, length: 1 + length };
  }
  throw refusal('bad-input', 'watch.after-unclear');
};

/** The clause of this kind, if any. Throws if there are several that differ. */
const only = <K extends Clause['kind']>(
  clauses: readonly Clause[],
  kind: K,
  reason: 'watch.one-bound' | 'watch.one-after',
): Extract<Clause, { kind: K }> | undefined => {
  const isOfKind = (clause: Clause): clause is Extract<Clause, { kind: K }> => clause.kind === kind;
  const [first, ...others] = clauses.filter(isOfKind);
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw refusal('bad-input', reason);
  return first;
};
