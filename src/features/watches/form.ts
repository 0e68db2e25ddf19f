import { z } from 'zod';
import { Filled, TypedFilter } from '../../chat/define-action.ts';
import { refusal } from '../../platform/errors.ts';
import { readClock } from '../../shared/moment.ts';
import { optional } from '../../shared/optional.ts';
import { parseDuration } from '../../shared/time.ts';
import type { QuietHours } from '../silence/domain/silence.ts';
import { requireCareSpan } from './domain/care-span.ts';
import type { Limits } from './domain/limits.ts';
import type { QualityBound, WatchRule } from './domain/watch.ts';
import { parseWatch, type TypedEscalation, type TypedWatch } from './parse.ts';

/** The inputs of a watch's form. The button that opens the form sends none of them. */
export const WatchForm = z.object({
  filter: TypedFilter.optional(),
  /** Absent or 'none' = only offline counts. */
  bound: z
    .enum(['poor', 'fair', 'below', 'usual', 'none', 'changes', ''])
    .transform((bound) => (bound === '' ? ('none' as const) : bound))
    .optional(),
  /** The score that goes with 'below'. */
  below: Filled,
  /** As they are typed: `latency>150 loss>2`. */
  limits: Filled,
  offline: z.enum(['true', 'false']).optional(),
  /** A duration. */
  after: Filled,
  /** Durations; whom to mention is an address, an object id, or `field.` with a name. */
  remind: Filled,
  escalateTo: Filled,
  escalateAfter: Filled,
  /** `HH:mm`. Either both or neither are set. */
  quietFrom: Filled,
  quietTo: Filled,
});
export type WatchForm = z.infer<typeof WatchForm>;

export const isFilledIn = (form: WatchForm): boolean =>
  form.filter !== undefined || form.bound !== undefined || form.offline !== undefined;

/** Throws 'bad-input' with the reason to show on the form. */
export const watchFrom = (form: WatchForm, timeZone: string): TypedWatch => {
  if (form.bound === 'changes') return changesFrom(form, timeZone);
  const offline = form.offline === 'true';
  const quality = boundFrom(form.bound, form.below);
  const limits = limitsFrom(form.limits);
  if (quality === 'none' && !offline && limits === undefined)
    throw refusal('bad-input', 'watch.about-nothing');
  return {
    filter: form.filter?.trim() ?? '',
    quality,
    offline,
    ...optional('limits', limits),
    ...optional('afterMs', afterFrom(form.after)),
    ...optional('remindMs', remindFrom(form.remind)),
    ...optional('escalation', escalationFrom(form)),
    ...optional('quiet', quietFrom(form, timeZone)),
  };
};

/** Being offline is no change of these, though the form's own value may ask for it. */
const changesFrom = (form: WatchForm, timeZone: string): WatchRule => {
  const typed = form.after ?? form.limits;
  if (typed !== undefined) throw refusal('bad-input', 'watch.changes-alone', { typed });
  return {
    filter: form.filter?.trim() ?? '',
    about: 'changes',
    quality: 'none',
    offline: false,
    ...optional('quiet', quietFrom(form, timeZone)),
  };
};

const boundFrom = (
  bound: 'poor' | 'fair' | 'below' | 'usual' | 'none' = 'none',
  below?: string,
): QualityBound | 'none' => {
  if (bound === 'none') return 'none';
  if (bound === 'usual') return { worseThan: 'usual' };
  if (bound !== 'below') return { word: bound };
  const { quality } = clause(`below ${below?.trim() ?? ''}`);
  if (quality === 'none' || !('below' in quality))
    throw refusal('bad-input', 'watch.score-missing');
  return quality;
};

/** The rest of a rule that has limits alone. */
const besidesLimits = { quality: 'none', offline: false };

const limitsFrom = (limits: string | undefined): Limits | undefined => {
  if (limits === undefined) return undefined;
  const { limits: read, filter: _, ...others } = clause(limits);
  const isAlone = JSON.stringify(others) === JSON.stringify(besidesLimits);
  if (read === undefined || !isAlone)
    throw refusal('bad-input', 'watch.out-of-place', { typed: limits.trim() });
  return read;
};

const afterFrom = (after: string | undefined): number | undefined =>
  after === undefined ? undefined : clause(`after ${after.trim()}`).afterMs;

const remindFrom = (remind: string | undefined): number | undefined =>
  remind === undefined ? undefined : clause(`remind ${remind.trim()}`).remindMs;

const escalationFrom = ({ escalateTo, escalateAfter }: WatchForm): TypedEscalation | undefined => {
  if (escalateTo === undefined && escalateAfter === undefined) return undefined;
  if (escalateTo === undefined || escalateAfter === undefined)
    throw refusal('bad-input', 'watch.escalate-halves');
  const typed = escalateAfter.trim();
  const ms = parseDuration(typed);
  if (ms === undefined) throw refusal('bad-input', 'time.no-duration', { typed });
  return { to: escalateTo.trim(), afterMs: requireCareSpan(ms, typed) };
};

/** Parses one input as a clause of the command, so that both accept the same text. */
const clause = (text: string): WatchRule => {
  const rule = parseWatch(text);
  if (rule.filter !== '') throw refusal('bad-input', 'watch.out-of-place', { typed: rule.filter });
  return rule;
};

const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;

const quietFrom = (
  { quietFrom: from, quietTo: to }: WatchForm,
  timeZone: string,
): QuietHours | undefined => {
  if (from === undefined && to === undefined) return undefined;
  const [begin, end] = [from, to].map((time) => readClock(time ?? ''));
  if (begin === undefined || end === undefined) throw refusal('bad-input', 'watch.quiet-hours');
  if (begin === end) throw refusal('bad-input', 'watch.quiet-hours-empty');
  return { from: begin, to: end, days: everyDay, timeZone };
};
