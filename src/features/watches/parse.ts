import { requireFilterAlone } from '../../chat/command-line.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { parseDuration } from '../../shared/time.ts';
import { tokenize } from '../../shared/tokens.ts';
import { requireCareSpan } from './domain/care-span.ts';
import type { QualityBound, WatchRule } from './domain/watch.ts';
import { limitsOf, readLimit, type TypedLimit } from './parse-limit.ts';

/** Samples are stored for a week, so a backtest could not cover a longer wait. */
const longestAfterMs = 7 * 24 * 60 * 60_000;

/** The rule of `watch` without clauses. */
const byDefault = { quality: { word: 'poor' }, offline: true } as const;

/** An escalation as it was typed: whom it means is looked up in the conversation. */
export interface TypedEscalation {
  readonly to: string;
  readonly afterMs: number;
}

export type TypedWatch = WatchRule & { readonly escalation?: TypedEscalation };

/**
 * Reads `[filter] [below <score> | poor | fair | worse than usual [for <duration>]] [latency>150] [loss>2] [jitter>30] [offline] [always] [after <duration>]
 * [remind <duration>] [escalate to <person or field> after <duration>]`. Words that belong to no clause form the filter,
 * and so does all quoted text. Throws 'bad-input'.
 */
export const parseWatch = (rest: string): TypedWatch => {
  // There it is no time that somebody wants to be told for.
  requireFilterAlone(rest.replace(lastingUsual, '$1after'));
  const [first, ...others] = tokenize(rest).map(({ raw }) => raw);
  if (first?.toLowerCase() === 'changes') return changesRule(others);
  const clauses = readClauses(tokenize(rest).map(({ raw }) => raw));
  const bound = only(clauses, 'bound', 'watch.one-bound')?.bound;
  const after = only(clauses, 'after', 'watch.one-after');
  const remind = only(clauses, 'remind', 'watch.one-remind');
  const escalate = only(clauses, 'escalate', 'watch.one-escalation');
  const offline = clauses.some(({ kind }) => kind === 'offline');
  const limits = limitsOf(clauses.filter((clause) => clause.kind === 'limit'));
  const watched =
    bound !== undefined || limits !== undefined || offline
      ? { quality: bound ?? ('none' as const), offline }
      : byDefault;
  const always = clauses.some(({ kind }) => kind === 'always');
  return {
    filter: clauses.flatMap((clause) => (clause.kind === 'filter' ? clause.word : [])).join(' '),
    ...watched,
    ...optional('limits', limits),
    ...(always ? { offline: true, always: true as const } : {}),
    ...optional('afterMs', after?.ms),
    ...optional('remindMs', remind?.ms),
    ...optional('escalation', escalate && { to: escalate.to, afterMs: escalate.ms }),
  };
};

const lastingUsual = /(worse\s+than\s+usual\s+)for(?=\s)/giu;

/** What a watch of changes takes besides `changes`: a filter alone. */
const changesRule = (words: readonly string[]): WatchRule => {
  const clause = words.find(
    (word, at) =>
      clauseWords.includes(word.toLowerCase()) ||
      readLimit(words.slice(at, at + longestClause)) !== undefined ||
      readWorse(words.slice(at, at + longestClause)) !== undefined,
  );
  if (clause !== undefined) throw refusal('bad-input', 'watch.changes-alone', { typed: clause });
  return { filter: words.join(' '), about: 'changes', quality: 'none', offline: false };
};

/** In a watch of changes they are refused: as words of a filter they would match nobody. */
const clauseWords = ['poor', 'fair', 'below', 'offline', 'after', 'always', 'remind', 'escalate'];

/** The rule of `watch <name>` for an agent whose name the clauses would take apart. */
export const watchNamed = (name: string): WatchRule => ({ filter: name.trim(), ...byDefault });

type Clause =
  | { readonly kind: 'filter'; readonly word: string }
  | { readonly kind: 'bound'; readonly bound: QualityBound }
  | { readonly kind: 'offline' }
  | { readonly kind: 'always' }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'remind'; readonly ms: number }
  | { readonly kind: 'escalate'; readonly to: string; readonly ms: number }
  | TypedLimit;

interface ReadClause {
  readonly clause: Clause;
  /** In words. */
  readonly length: number;
}

/** In words: `escalate to`, a name of up to eight words, and `after` with a duration of up to four. */
const longestClause = 15;

const readClauses = (words: readonly string[]): readonly Clause[] => {
  const clauses: Clause[] = [];
  for (let at = 0; at < words.length; ) {
    const { clause, length } = readClause(words.slice(at, at + longestClause));
    clauses.push(clause);
    at += length;
    if (clause.kind !== 'bound' || !('worseThan' in clause.bound)) continue;
    const lasting = readFor(words.slice(at, at + longestClause));
    if (lasting === undefined) continue;
    clauses.push(lasting.clause);
    at += lasting.length;
  }
  return clauses;
};

const readClause = (words: readonly string[]): ReadClause => {
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
    case 'remind':
      return readRemind(words);
    case 'escalate':
      return readEscalate(words);
    default:
      return (
        readWorse(words) ??
        readLimit(words) ?? { clause: { kind: 'filter', word: first }, length: 1 }
      );
  }
};

const readBound = (text: string): QualityBound => {
  const typed = text.toLowerCase();
  if (typed === 'poor' || typed === 'fair') return { word: typed };
  const below = /^\d{1,3}(?:\.\d+)?%?$/u.test(typed) ? Number.parseFloat(typed) : Number.NaN;
  if (below > 0 && below <= 100) return { below };
  throw refusal('bad-input', 'watch.bound-unclear');
};

/** `worse than usual`. Undefined for words that begin no such clause. Throws 'bad-input'. */
const readWorse = (words: readonly string[]): ReadClause | undefined => {
  const [first, second, third] = words.slice(0, 3).map((word) => word.toLowerCase());
  if (first !== 'worse' || second !== 'than') return undefined;
  if (third !== 'usual')
    throw refusal('bad-input', 'watch.usual-unclear', { typed: words.slice(0, 3).join(' ') });
  return { clause: { kind: 'bound', bound: { worseThan: 'usual' } }, length: 3 };
};

/** Behind `worse than usual` it is the same as `after`. */
const readFor = (words: readonly string[]): ReadClause | undefined => {
  if (words[0]?.toLowerCase() !== 'for') return undefined;
  const span = readSpan(words.slice(1));
  if (span === undefined || span.ms > longestAfterMs)
    throw refusal('bad-input', 'watch.usual-unclear', { typed: words.slice(0, 2).join(' ') });
  return { clause: { kind: 'after', ms: span.ms }, length: 1 + span.length };
};

/** A duration has up to four words, like `1 hour 30 minutes`. The longest match wins. */
const readSpan = (
  words: readonly string[],
): { readonly ms: number; readonly length: number } | undefined => {
  for (const length of [4, 3, 2, 1]) {
    const ms = length > words.length ? undefined : parseDuration(words.slice(0, length).join(' '));
    if (ms !== undefined) return { ms, length };
  }
  return undefined;
};

const readAfter = (words: readonly string[]): ReadClause => {
  const span = readSpan(words);
  if (span === undefined || span.ms > longestAfterMs)
    throw refusal('bad-input', 'watch.after-unclear');
  return { clause: { kind: 'after', ms: span.ms }, length: 1 + span.length };
};

const readRemind = (words: readonly string[]): ReadClause => {
  const span = readSpan(words.slice(1));
  const typed = words.slice(0, 1 + (span?.length ?? 1)).join(' ');
  if (span === undefined) throw refusal('bad-input', 'watch.remind-unclear', { typed });
  const ms = requireCareSpan(span.ms, typed);
  return { clause: { kind: 'remind', ms }, length: 1 + span.length };
};

const readEscalate = (words: readonly string[]): ReadClause => {
  const lower = words.map((word) => word.toLowerCase());
  const after = lower.indexOf('after', 2);
  const span = after < 0 ? undefined : readSpan(words.slice(after + 1));
  const to = words.slice(2, Math.max(2, after)).join(' ');
  const length = after + 1 + (span?.length ?? 0);
  if (lower[1] !== 'to' || span === undefined || to === '') {
    const typed = words.slice(0, after < 0 ? 4 : length).join(' ');
    throw refusal('bad-input', 'watch.escalate-unclear', { typed });
  }
  const ms = requireCareSpan(span.ms, words.slice(0, length).join(' '));
  return { clause: { kind: 'escalate', to, ms }, length };
};

/** The clause of this kind, if any. Throws if there are several that differ. */
const only = <K extends Clause['kind']>(
  clauses: readonly Clause[],
  kind: K,
  reason: 'watch.one-bound' | 'watch.one-after' | 'watch.one-remind' | 'watch.one-escalation',
): Extract<Clause, { kind: K }> | undefined => {
  const isOfKind = (clause: Clause): clause is Extract<Clause, { kind: K }> => clause.kind === kind;
  const [first, ...others] = clauses.filter(isOfKind);
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw refusal('bad-input', reason);
  return first;
};
