import { numbersIn, usageError, withoutEndSigns } from '../../chat/command-line.ts';
import { parseTime } from '../../shared/moment.ts';
import { optional } from '../../shared/optional.ts';
import { unquoted } from '../../shared/text.ts';
import { parseDuration } from '../../shared/time.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { requireCareSpan } from '../watches/domain/care-span.ts';

export const ackUsage = 'ack <number…> [for 4h] [: note]';
export const noteUsage = 'note <number> <text>';
export const assignUsage = 'assign <number…> to @person';
export const alertsUsage =
  'alerts [filter] [open | unacked | mine] [since <duration or time>] [csv]';

/** Of a note, in UTF-16 units. */
export const longestNote = 500;

export interface TypedAck {
  /** Empty: the one open alert here. */
  readonly numbers: readonly number[];
  /** After so long it ends by itself. */
  readonly forMs?: number;
  readonly note?: string;
}

/** Throws 'bad-input'. */
export const parseAck = (rest: string): TypedAck => {
  const colon = rest.indexOf(':');
  const head = withoutEndSigns((colon < 0 ? rest : rest.slice(0, colon)).trim());
  const note = colon < 0 ? '' : requireNote(rest.slice(colon + 1));
  const span = tokenize(head).find((token) => isWord(token, 'for'));
  const numbers = head.slice(0, span?.begin).trim();
  return {
    numbers: numbers === '' ? [] : numbersIn(numbers, ackUsage),
    ...optional('forMs', span && requireFor(head.slice(span.begin), head.slice(span.end))),
    ...(note === '' ? {} : { note }),
  };
};

/** `typed` = the span with its `for`, as it was typed. */
const requireFor = (typed: string, span: string): number => {
  const ms = parseDuration(span);
  if (ms === undefined) throw usageError(ackUsage, typed);
  return requireCareSpan(ms, typed);
};

/** Throws 'bad-input'. */
export const parseNote = (rest: string): { readonly number: number; readonly text: string } => {
  const [first = '', ...others] = rest.trim().split(/\s+/u);
  const [number] = numbersIn(first.replace(/:$/u, ''), noteUsage);
  const text = requireNote(others.join(' '));
  if (text === '') throw usageError(noteUsage, rest);
  return { number, text };
};

/** The text of a note without quotes and line breaks; empty if there is none. Throws 'bad-input'. */
export const requireNote = (text: string): string => {
  const note = unquoted(text).replace(/\s+/gu, ' ').trim();
  if (note.length > longestNote) throw usageError(`a note of at most ${longestNote} characters`);
  return note;
};

/** The numbers before `to`. Who it is stands in a mention. Throws 'bad-input'. */
export const parseAssign = (
  rest: string,
): { readonly numbers: readonly number[]; readonly who: string } => {
  const at = /(?:^|\s)to(?:\s|$)/iu.exec(rest);
  if (at === null) throw usageError(assignUsage, rest);
  return {
    numbers: numbersIn(rest.slice(0, at.index), assignUsage),
    who: rest.slice(at.index + at[0].length).trim(),
  };
};

export type AlertChoice = 'open' | 'unacked' | 'mine';

export interface TypedAlerts {
  readonly filter: string;
  readonly choice: AlertChoice;
  readonly everywhere: boolean;
  /** ms since 1970; alerts that began or ended since then. */
  readonly since?: number;
  /** As a table to copy. */
  readonly csv?: true;
}

const choices: readonly AlertChoice[] = ['open', 'unacked', 'mine'];

/** Its own words stand at the end; what is before them is a filter. Throws 'bad-input'. */
export const parseAlerts = (
  rest: string,
  at: { readonly now: number; readonly timeZone: string },
): TypedAlerts => {
  const tokens = tokenize(rest);
  const csv = isWord(tokens.at(-1), 'csv');
  const typed = csv ? tokens.slice(0, -1) : tokens;
  const sinceAt = typed.findIndex((token) => isWord(token, 'since'));
  const filter = sinceAt < 0 ? [...typed] : typed.slice(0, sinceAt);
  const raw = (some: typeof typed): string => some.map((token) => token.raw).join(' ');
  const since = sinceAt < 0 ? undefined : requireSince(raw(typed.slice(sinceAt + 1)), at);
  let choice: AlertChoice = 'open';
  let everywhere = false;
  for (let last = filter.at(-1); last !== undefined; last = filter.at(-1)) {
    const word = last;
    const chosen = choices.find((one) => isWord(word, one));
    if (chosen !== undefined) choice = chosen;
    else if (isWord(word, 'everywhere')) everywhere = true;
    else break;
    filter.pop();
  }
  return {
    filter: raw(filter),
    choice,
    everywhere,
    ...optional('since', since),
    ...(csv ? { csv: true } : {}),
  };
};

const dayMs = 24 * 60 * 60_000;

/** `2h` ago, or the last such time: a time of today that is yet to come means yesterday's. */
const requireSince = (
  text: string,
  at: { readonly now: number; readonly timeZone: string },
): number => {
  const ms = parseDuration(text);
  if (ms !== undefined) return at.now - ms;
  const next = parseTime(text, { ...at, now: at.now - dayMs }) ?? parseTime(text, at);
  if (next === undefined || next > at.now) throw usageError(alertsUsage, `since ${text}`);
  return next;
};
