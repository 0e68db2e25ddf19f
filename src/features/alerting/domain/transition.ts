import { optional } from '../../../shared/optional.ts';
import type { AlertState, Held, Shown } from './alert-state.ts';
import type { Evaluation } from './evaluate.ts';

/**
 * What people are owed when a silence ends: what began in it and still lasts, or ended in it; what
 * came and went is not told. `told` = the state when they were told last.
 */
export const pendingAfterSilence = (
  told: AlertState | undefined,
  now: AlertState | undefined,
): 'raised' | 'worse' | 'cleared' | undefined => {
  const [before, after] = [told?.problem, now?.problem];
  if (after === undefined) return before === undefined ? undefined : 'cleared';
  if (after.since !== before?.since) return 'raised';
  return isSame(after.told, before.told) ? undefined : 'worse';
};

const isSame = (a: Shown, b: Shown): boolean => a.word === b.word && a.score === b.score;

/** What there is to say of a problem: since when, and how it is and was. */
export interface AlertFacts {
  readonly since: number;
  readonly at: number;
  readonly shown: Shown;
  readonly was?: Shown;
}

/**
 * What has to be done about one problem of one watch:
 * `raise` a new alert · `repost` it, for it is worse · `update` its card in place · `end` it and say so ·
 * `close` it in silence, and `late-end`: say so when that is over · `gone`: close it and say nothing,
 * for the thing is not there or not watched any more · `return`: say the end of what was never told,
 * for it was learned silently.
 */
export interface Transition {
  readonly kind: 'raise' | 'repost' | 'update' | 'end' | 'close' | 'late-end' | 'gone' | 'return';
  readonly account: AlertFacts;
}

export interface TransitionDecision {
  readonly act?: Transition;
  /** Kept while a silence holds; absent = nothing is held back any more. */
  readonly held?: Held;
}

/** The alert that is open about it, if any. */
export interface OpenAlert {
  readonly id: string;
  readonly shown: Shown | undefined;
}

/**
 * Silence suppresses messages, not knowledge: cards that are there already are kept up to date, which
 * makes no toast. When it is over, `owed` says what is still worth telling.
 */
export const decide = (
  evaluation: Evaluation,
  alert: OpenAlert | undefined,
  silent: boolean,
): TransitionDecision => {
  const { before, after } = evaluation;
  if (after === undefined) return optional('act', onGone(evaluation, alert));
  if (silent) return inSilence(evaluation, alert);
  const held = before?.held;
  return optional(
    'act',
    held === undefined ? onEvent(evaluation, alert) : onSilenceOver(held, evaluation, after, alert),
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
  const held = optional('held', before?.held ?? begun);
  if (event === undefined) return { ...held, ...optional('act', onChange(evaluation, alert)) };
  if (alert === undefined) return held;
  return { ...held, act: { kind: event.open ? 'update' : 'close', account: event } };
};

const onSilenceOver = (
  { told, alertId }: Held,
  evaluation: Evaluation,
  after: AlertState,
  alert: OpenAlert | undefined,
): Transition | undefined => {
  const debt = pendingAfterSilence(told, after);
  if (debt === undefined) return onChange(evaluation, alert);
  const shown = shownIn(evaluation) ?? after.problem?.told ?? after.lastGood;
  if (shown === undefined) return undefined;
  const problem = debt === 'cleared' ? told?.problem : after.problem;
  const was = debt === 'cleared' ? problem?.told : after.lastGood;
  const account = {
    since: problem?.since ?? after.at,
    at: after.at,
    shown,
    ...optional('was', was),
  };
  if (debt === 'cleared') return { kind: alertId === undefined ? 'return' : 'late-end', account };
  return { kind: alert === undefined ? 'raise' : 'repost', account };
};

/** A card follows its problem, but not every breath of it: so many points, or another word. */
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
