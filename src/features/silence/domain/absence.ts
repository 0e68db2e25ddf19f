import type { ExpectedTime } from './hours.ts';

/** An agent that is missing is told so long after its hours began (contract, Usual hours). */
export const missingAfterMs = 45 * 60_000;

/** Whoever leaves so long before the end of their hours leaves at their end; less where the hours are few. */
const mostEndMs = 60 * 60_000;
const endShare = 1 / 3;
/** Hours that are no further apart are one day's: a lunch, or an hour of which an outage once took the agent. */
const pauseMs = 2 * 60 * 60_000;

/** What being offline means to somebody who knows the hours of the agent. */
export type Absence =
  /** It is not expected now. Looked at again at `until`, in ms since 1970. */
  | { readonly kind: 'usual'; readonly until: number }
  /** It went offline in its hours, or did not come: then they began at `from`, in ms since 1970. */
  | { readonly kind: 'unusual'; readonly from?: number };

/** Of an agent that is expected at no time that is known: another day may know more. */
const lookAgainMs = 24 * 60 * 60_000;

/**
 * An agent that is offline since then. It depends on when it went, not on when somebody looks: what began in its
 * hours stays worth a word when they are over. Expected times come one after the other.
 */
export const absenceOf = (times: Iterable<ExpectedTime>, since: number, now: number): Absence => {
  let day = { from: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY };
  for (const { from, arrivesBy = from, until } of times) {
    day = { from: from - day.until <= pauseMs ? day.from : from, until };
    if (arrivesBy <= since && since < until && !isAtEnd(day, since)) return { kind: 'unusual' };
    if (arrivesBy <= since) continue;
    // Who went again in the hour in which they come has until its end for coming back.
    const begin = from <= since ? arrivesBy : from;
    const missing = begin + missingAfterMs;
    return now < missing ? { kind: 'usual', until: missing } : { kind: 'unusual', from: begin };
  }
  return { kind: 'usual', until: now + lookAgainMs };
};

const isAtEnd = ({ from, until }: Pick<ExpectedTime, 'from' | 'until'>, at: number): boolean =>
  until - at <= Math.min(mostEndMs, (until - from) * endShare);
