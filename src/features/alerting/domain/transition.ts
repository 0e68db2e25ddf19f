import { optional } from '../../../shared/optional.ts';
import type { AlertState, Shown, Suppressed } from './alert-state.ts';
import type { Evaluation } from './evaluate.ts';

/**
 * What must be notified when a silence ends: a problem that began in it and goes on, got worse, or
 * ended. A problem that began and ended in it is not notified. `reported` = the state at the last
 * notification.
 */
export const pendingAfterSilence = (
  reported: AlertState | undefined,
  now: AlertState | undefined,
): 'raised' | 'worse' | 'cleared' | undefined => {
  const [before, after] = [reported?.problem, now?.problem];
  if (after === undefined) return before === undefined ? undefined : 'cleared';
  if (after.since !== before?.since) return 'raised';
  return isSame(after.told, before.told) ? undefined : 'worse';
};

const isSame = (a: Shown, b: Shown): boolean => a.word === b.word && a.score === b.score;

/** What a notification says of a problem. Times are in ms since 1970. */
export interface AlertFacts {
  readonly since: number;
  readonly at: number;
  readonly shown: Shown;
  readonly was?: Shown;
  /** See AlertEvent. */
  readonly anotherAccount?: true;
}

/**
 * What happens to one alert:
 * - `raise`: a new alert.
 * - `repost`: its card is posted again, since it is worse.
 * - `update`: its card is updated in place.
 * - `end`: it closes, with a notification.
 * - `close`: it closes during a silence.
 * - `late-end`: the notification of that end, after the silence.
 * - `gone`: it closes without a notification: agent or target are gone, or not watched any more.
 * - `return`: the end of a problem is notified whose beginning was not.
 */
export interface Transition {
  readonly kind: 'raise' | 'repost' | 'update' | 'end' | 'close' | 'late-end' | 'gone' | 'return';
  readonly account: AlertFacts;
}

export interface TransitionDecision {
  readonly act?: Transition;
  /** Present while a silence suppresses something. */
  readonly suppressed?: Suppressed;
}

export interface OpenAlert {
  readonly id: string;
  readonly shown: Shown | undefined;
}

/**
 * A silence suppresses new messages. Cards that exist are still updated, since an update makes no
 * toast. After the silence pendingAfterSilence decides what must still be notified.
 */
export const decide = (
  evaluation: Evaluation,
  alert: OpenAlert | undefined,
  silent: boolean,
): TransitionDecision => {
  const { before, after } = evaluation;
  if (after === undefined) return optional('act', onGone(evaluation, alert));
  if (silent) return inSilence(evaluation, alert);
  const suppressed = before?.held;
  return optional(
    'act',
    suppressed === undefined
      ? onEvent(evaluation, alert)
      : onSilenceOver(suppressed, evaluation, after, alert),
  );
};

const onGone = ({ event }: Evaluation, alert: OpenAlert | undefined): Transition | undefined =>
  event && alert && { kind: 'gone', account: event };

const onEvent = (evaluation: Evaluation, alert: OpenAlert | undefined): Transition | undefined => {
  const { event } = evaluation;
  if (event === undefined) return onChange(evaluation, alert);
  if (!event.open) return { kind: alert === undefined ? 'return' : 'end', account: event };
  if (alert === undefined) return { kind: 'raise', account: event };
  return { kind: event.kind === 'worse' ? 'repost' : 'update', account: event };
};

const inSilence = (evaluation: Evaluation, alert: OpenAlert | undefined): TransitionDecision => {
  const { before, event } = evaluation;
  const begun = event && { ...optional('told', before?.state), ...optional('alertId', alert?.id) };
  const suppressed = optional('suppressed', before?.held ?? begun);
  if (event === undefined)
    return { ...suppressed, ...optional('act', onChange(evaluation, alert)) };
  if (alert === undefined) return suppressed;
  return { ...suppressed, act: { kind: event.open ? 'update' : 'close', account: event } };
};

const onSilenceOver = (
  { told: reported, alertId }: Suppressed,
  evaluation: Evaluation,
  after: AlertState,
  alert: OpenAlert | undefined,
): Transition | undefined => {
  const pending = pendingAfterSilence(reported, after);
  if (pending === undefined) return onChange(evaluation, alert);
  const shown = shownIn(evaluation) ?? after.problem?.told ?? after.lastGood;
  if (shown === undefined) return undefined;
  const problem = pending === 'cleared' ? reported?.problem : after.problem;
  const was = pending === 'cleared' ? problem?.told : after.lastGood;
  const account = {
    since: problem?.since ?? after.at,
    at: after.at,
    shown,
    ...optional('was', was),
  };
  if (pending === 'cleared')
    return { kind: alertId === undefined ? 'return' : 'late-end', account };
  return { kind: alert === undefined ? 'raise' : 'repost', account };
};

/** A card is updated only if the score moved this far, or the word changed. */
const worthShowing = 10;

const onChange = (evaluation: Evaluation, alert: OpenAlert | undefined): Transition | undefined => {
  const { after } = evaluation;
  const shown = shownIn(evaluation);
  if (alert?.shown === undefined || shown === undefined || after?.problem === undefined)
    return undefined;
  if (after.flapping || after.run.verdict !== 'bad') return undefined;
  const moved = Math.abs((shown.score ?? 0) - (alert.shown.score ?? 0)) >= worthShowing;
  if (!moved && shown.word === alert.shown.word) return undefined;
  const { since } = after.problem;
  return {
    kind: 'update',
    account: { since, at: after.at, shown, ...optional('was', after.lastGood) },
  };
};

const shownIn = ({ reading }: Evaluation): Shown | undefined =>
  reading && { word: reading.word, ...optional('score', reading.score) };
