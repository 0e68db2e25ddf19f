import { slashSplits, splitTarget, usageError } from '../../chat/command-line.ts';
import type { AgentFinder } from '../../chat/resolve-agent.ts';
import { chooseSlashReading } from '../../chat/resolve-target.ts';
import { optional } from '../../shared/optional.ts';
import { parseDuration } from '../../shared/time.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { type HistorySpan, historySpans } from './domain/period.ts';

/** One way to read what stands after `history` or `evidence`. */
export interface TypedHistory {
  /** As it was typed, with its quotes. */
  readonly agent: string;
  /** Empty = begun but not named. */
  readonly target?: string;
  readonly span: HistorySpan;
  /** What follows `case`. */
  readonly case?: string;
}

/** `1d` is a day, too. */
export const spanCalled = (text: string): HistorySpan | undefined =>
  historySpans.find((span) => parseDuration(text) === parseDuration(span));

/** A name may hold a slash or end like a span: the whole name of an agent wins over the grammar. */
export const chooseTyped = async (
  { finder }: { readonly finder: AgentFinder },
  account: string,
  typed: string,
  { usage, usualSpan }: { readonly usage: string; readonly usualSpan: HistorySpan },
): Promise<TypedHistory> => {
  if (typed.trim() === '') throw usageError(usage);
  const readings = casesOf(typed).flatMap((one) => readingsOf(one, usualSpan));
  const whole = await finder.readingOfWholeName(account, readings);
  if (whole?.case === '') throw usageError(usage);
  if (whole !== undefined) return whole;
  const [called = { text: typed }] = casesOf(typed);
  if (called.case === '') throw usageError(usage);
  const { rest, span, unread } = splitSpan(called.text, usualSpan);
  if (unread !== undefined) throw usageError(usage, unread);
  const asked = { span, ...optional('case', called.case) };
  const grammar = { ...splitTarget(rest), ...asked };
  if (grammar.target !== undefined) return grammar;
  const slashed = slashSplits(rest).map((split) => ({ ...split, ...asked }));
  return chooseSlashReading<TypedHistory>(finder, account, grammar, slashed);
};

/** What stands before `case`, and what behind it. */
interface SplitCase {
  readonly text: string;
  readonly case?: string;
}

/** Nobody means a later one. */
const mostCases = 3;

/** As each `case` separates it, and then all of it: names may hold the word, too. */
const casesOf = (typed: string): readonly SplitCase[] => [
  ...tokenize(typed)
    .filter((token, place) => place > 0 && isWord(token, 'case'))
    .slice(0, mostCases)
    .map(({ begin, end }) => ({
      text: typed.slice(0, begin).trim(),
      case: typed.slice(end).trim(),
    }))
    // A target may begin with the word.
    .filter(({ text }) => !text.endsWith('/')),
  { text: typed },
];

const readingsOf = (
  { text: typed, case: called }: SplitCase,
  usualSpan: HistorySpan,
): readonly TypedHistory[] => {
  const { rest, span } = splitSpan(typed, usualSpan);
  const named = (text: string, of: HistorySpan): readonly TypedHistory[] =>
    [{ agent: text }, ...slashSplits(text)].map((reading) => ({
      ...reading,
      span: of,
      ...optional('case', called),
    }));
  return rest === typed ? named(typed, span) : [...named(rest, span), ...named(typed, usualSpan)];
};

interface SplitSpan {
  readonly rest: string;
  readonly span: HistorySpan;
  /** A time at the end that is none of the three. */
  readonly unread?: string;
}

/** Takes the time off the end. */
const splitSpan = (typed: string, usualSpan: HistorySpan): SplitSpan => {
  const tokens = tokenize(typed);
  const last = tokens.at(-1);
  if (last === undefined || last.quoted || tokens.length < 2)
    return { rest: typed, span: usualSpan };
  const span = spanCalled(last.value);
  if (span !== undefined) return { rest: typed.slice(0, last.begin).trim(), span };
  return /^\d+[a-z]{1,4}$/iu.test(last.value)
    ? { rest: typed, span: usualSpan, unread: last.value }
    : { rest: typed, span: usualSpan };
};
