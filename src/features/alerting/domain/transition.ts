import { optional } from '../../../shared/optional.ts';
import type { AlertState, Held, Shown } from './alert-state.ts';
import type { Occurrence } from './evaluate.ts';

/**
 * What people are owed when a silence ends: what began in it and still lasts, or ended in it; what
 * came and went is not told. `told` = the state when they were told last.
 */
export const owed = (
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
export interface Account {
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
export interface Act {
  readonly kind: 'raise' | 'repost' | 'update' | 'end' | 'close' | 'late-end' | 'gone' | 'return';
  readonly account: Account;
}

export interface Decision {
  readonly act?: Act;
  /** Kept while a silence holds; absent = nothing is held back any more. */
  readonly held?: Held;
}

/** The alert that is open about it, if any. */
export interface OpenAlert {
  readonly id: string;
  readonly shown: Shown | undefined;
}

/**
 * Silence holds back messages, not knowledge: cards that are there already are kept up to date, which
 * makes no toast. When it is over, `owed` says what is still worth telling.
 */
export const decide = (
  occurrence: Occurrence,
  alert: OpenAlert | undefined,
  silent: boolean,
): Decision => {
  const { before, after } = occurrence;
  if (after === undefined) return optional('act', onGone(occurrence, alert));
  if (silent) return inSilence(occurrence, alert);
  const held = before?.held;
  return optional(
    'act',
    held === undefined ? onEvent(occurrence, alert) : onSilenceOver(held, occurrence, after, alert),
  );
};

const onGone = ({ event }: Occurrence, alert: OpenAlert | undefined): Act | undefined =>
  event && alert && { kind: 'gone', account: event };

const onEvent = (occurrence: Occurrence, alert: OpenAlert | undefined): Act | undefined => {
  const { event } = occurrence;
  if (event === undefined) return onChange(occurrence, alert);
  if (!event.open) return { kind: alert === undefined ? 'return' : 'end', account: event };
  if (alert === undefined) return { kind: 'raise', account: event };
  return { kind: event.kind === 'worse' ? 'repost' : 'update', account: event };
};

const inSilence = (occurrence: Occurrence, alert: OpenAlert | undefined): Decision => {
  const { before, event } = occurrence;
  const begun = event && { ...optional('told', before?.state), ...optional('alertId', alert?.id) };
  const held = optional('held', before?.held ?? begun);
  if (event === undefined) return { ...held, ...optional('act', onChange(occurrence, alert)) };
  if (alert === undefined) return held;
  return { ...held, act: { kind: event.open ? 'update' : 'close', account: event } };
};

const onSilenceOver = (
  { told, alertId }: Held,
  occurrence: Occurrence,
  after: AlertState,
  alert: OpenAlert | undefined,
): Act | undefined => {
  const debt = owed(told, after);
  if (debt === undefined) return onChange(occurrence, alert);
  const shown = shownIn(occurrence) ?? after.problem?.told ?? after.lastGood;
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

const onChange = (occurrence: Occurrence, alert: OpenAlert | undefined): Act | undefined => {
  const { after } = occurrence;
  const shown = shownIn(occurrence);
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

const shownIn = ({ reading }: Occurrence): Shown | undefined =>
  reading && { word: reading.word, ...optional('score', reading.score) };
