import type { Delivery } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';

export type Sending = 'post' | 'update';

type Failure = Extract<Delivery, { ok: false }>;

export interface RetryRule {
  /** Tries in all, the first one included. */
  readonly tries: number;
  /** Since the first try; a wait that would end later is not begun. */
  readonly withinMs: number;
}

/** For answers: a person waits for them. */
export const answerRule: RetryRule = { tries: 3, withinMs: 10_000 };

type Wait = (attempt: number, random: () => number) => number;

/** Half to the whole of a doubling span, so that many who failed together do not come back together. */
const backOff =
  (firstMs: number, longestMs: number): Wait =>
  (attempt, random) =>
    Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);

const backOffMs = backOff(500, 30_000);

/** An outage of the service or of the bot's credentials lasts longer. */
export const outageWaitMs = backOff(1000, 60_000);

/**
 * Whether the same message may be sent again. Microsoft names 412, 429, 502, 503 and 504, which
 * arrive here as 'throttled' and 'transient'. What may have arrived is not posted again from here, for
 * the connector has done that once where a connection was cut off; an update of the same message can
 * be repeated without harm.
 */
export const mayRepeat = (delivery: Delivery, sending: Sending): boolean =>
  !delivery.ok &&
  (delivery.reason === 'throttled' ||
    delivery.reason === 'transient' ||
    // Nothing was sent, and the next try asks for a new token.
    delivery.reason === 'unauthorized' ||
    (delivery.reason === 'ambiguous' && sending === 'update'));

/** ms to wait before the next try, or nothing if this was the last. `attempt` counts from 1. */
export const retryDelay = (
  delivery: Delivery,
  sending: Sending,
  attempt: number,
  random: () => number,
): number | undefined => {
  if (delivery.ok || !mayRepeat(delivery, sending)) return undefined;
  return delivery.retryAfterMs ?? backOffMs(attempt, random);
};

/** Since the first failure. The project's bound for a notification that Teams does not take, unless what it is about lasts. */
export const giveUpAfterMs = 60 * 60_000;

/**
 * What goes on while Teams is busy or away for longer is not given up: it is tried at this pace until it arrives or is
 * over, and what comes after it may pass.
 */
export const lastingWaitMs = 5 * 60_000;

/** While the service or the credentials are at fault, the bot tries for some days, a minute apart at most. */
export const outageTries = 10_000;
/** A message that Teams has answered with 500 this often may be at fault itself: those behind it may pass. */
const holdsOthersUpFor = 15;
/** Longer waits that Teams asks for are cut: the outage may be over before. */
const longestRetryAfterMs = 10 * 60_000;

export const governmentHost = 'https://smba.infra.gcc.teams.microsoft.com/teams';

/** A send to Teams, and what went before it. */
export interface Attempt {
  readonly sending: Sending;
  /** Counts from 1. */
  readonly attempt: number;
  /** 0 if this is the first one to fail. */
  readonly failingForMs: number;
  /** It went into the thread of an earlier message. */
  readonly inThread: boolean;
  readonly serviceUrl: string;
  /** It is about what goes on, and worth saying as long as that does. */
  readonly lasts?: boolean;
}

/** What becomes of the message, its conversation and the message id; `error` is Teams' code where there is one. */
export type Outcome =
  | { readonly kind: 'arrived'; readonly messageId: string }
  /** It may have arrived: it is not sent again, and its id stays unknown. */
  | { readonly kind: 'unsure'; readonly error: string }
  | {
      readonly kind: 'later';
      readonly waitMs: number;
      /** Not the message's or the conversation's fault: such time does not count towards giving up. */
      readonly outage?: 'unauthorized' | 'broken';
      /** The bot got no token at all. */
      readonly everywhere?: true;
      /** What waits behind it need not wait for it. */
      readonly othersMayPass?: true;
    }
  /** At once, after a correction. */
  | { readonly kind: 'as-new-message' | 'outside-the-thread' | 'over-the-government-host' }
  | { readonly kind: 'given-up'; readonly error: string }
  /** Nothing can be sent to this conversation until somebody there speaks to the bot again. */
  | { readonly kind: 'conversation-dead'; readonly error: string };

/** By Microsoft's "Status codes from bots": 412, 429, 502, 503 and 504 are tried again; 401 and 500 say nothing of the conversation. */
export const outcomeOf = (delivery: Delivery, attempt: Attempt, random: () => number): Outcome => {
  if (delivery.ok) return { kind: 'arrived', messageId: delivery.activityId };
  const error = delivery.code ?? delivery.reason;
  switch (delivery.reason) {
    case 'throttled':
    case 'transient':
    case 'ambiguous':
      return repeated(delivery, attempt, random);
    case 'unauthorized':
    case 'broken':
      return outage(delivery, delivery.reason, attempt, random);
    case 'message-gone':
      if (attempt.sending === 'update') return { kind: 'as-new-message' };
      return attempt.inThread ? { kind: 'outside-the-thread' } : { kind: 'given-up', error };
    case 'gone':
      return attempt.inThread && missing.has(error)
        ? { kind: 'outside-the-thread' }
        : { kind: 'conversation-dead', error };
    case 'wrong-host':
      return attempt.serviceUrl === governmentHost
        ? { kind: 'given-up', error }
        : { kind: 'over-the-government-host' };
    case 'denied':
    case 'too-large':
      return { kind: 'given-up', error };
    default:
      return delivery.reason satisfies never;
  }
};

/** A thread whose first message was deleted is no conversation; the channel around it may live. */
const missing = new Set(['ConversationNotFound', '404']);

const outage = (
  failure: Failure,
  why: 'unauthorized' | 'broken',
  { attempt }: Attempt,
  random: () => number,
): Outcome => {
  if (attempt >= outageTries) return { kind: 'given-up', error: failure.code ?? failure.reason };
  const wanted = failure.retryAfterMs ?? outageWaitMs(attempt, random);
  const later = {
    kind: 'later',
    waitMs: Math.ceil(Math.min(wanted, longestRetryAfterMs)),
    outage: why,
    ...optional('everywhere', failure.everywhere),
  } as const;
  return why === 'broken' && attempt >= holdsOthersUpFor
    ? { ...later, othersMayPass: true }
    : later;
};

const repeated = (failure: Failure, attempt: Attempt, random: () => number): Outcome => {
  const error = failure.code ?? failure.reason;
  if (!mayRepeat(failure, attempt.sending)) return { kind: 'unsure', error };
  // Whole milliseconds: PostgreSQL stores no others.
  const waitMs = Math.ceil(retryDelay(failure, attempt.sending, attempt.attempt, random) ?? 0);
  if (attempt.failingForMs + waitMs <= giveUpAfterMs) return { kind: 'later', waitMs };
  return attempt.lasts === true && attempt.attempt < outageTries
    ? { kind: 'later', waitMs: Math.max(waitMs, lastingWaitMs), othersMayPass: true }
    : { kind: 'given-up', error };
};
