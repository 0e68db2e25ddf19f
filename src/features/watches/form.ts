import { z } from 'zod';
import { Filled, TypedFilter } from '../../chat/define-action.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { TimeOfDay } from '../../shared/time.ts';
import type { QuietHours } from '../silence/domain/silence.ts';
import type { QualityBound, WatchRule } from './domain/watch.ts';
import { parseWatch } from './parse.ts';

/** What a watch's form sends; nothing of it = the form is asked for. */
export const WatchForm = z.object({
  filter: TypedFilter.optional(),
  /** Left out, or 'none' = offline alone. */
  bound: z
    .enum(['poor', 'fair', 'below', 'none', ''])
    .transform((bound) => (bound === '' ? ('none' as const) : bound))
    .optional(),
  /** The score that goes with 'below'. */
  below: Filled,
  offline: z.enum(['true', 'false']).optional(),
  /** A duration. */
  after: Filled,
  /** `HH:mm`, both or neither. */
  quietFrom: Filled,
  quietTo: Filled,
});
export type WatchForm = z.infer<typeof WatchForm>;

/** A form that was just asked for sends nothing. */
export const isFilledIn = (form: WatchForm): boolean =>
  form.filter !== undefined || form.bound !== undefined || form.offline !== undefined;

/** The watch that a filled-in form means. Throws 'bad-input' with the sentence to show on the form. */
export const watchFrom = (form: WatchForm, timeZone: string): WatchRule => {
  const offline = form.offline === 'true';
  const quality = boundFrom(form);
  if (quality === 'none' && !offline) throw refusal('bad-input', 'watch.about-nothing');
  return {
    filter: form.filter?.trim() ?? '',
    quality,
    offline,
    ...optional('afterMs', afterFrom(form.after)),
    ...optional('quiet', quietFrom(form, timeZone)),
  };
};

const boundFrom = ({ bound = 'none', below }: WatchForm): QualityBound | 'none' => {
  if (bound === 'none') return 'none';
  if (bound !== 'below') return { word: bound };
  const { quality } = clause(`below ${below?.trim() ?? ''}`);
  if (quality === 'none' || !('below' in quality))
    throw refusal('bad-input', 'watch.score-missing');
  return quality;
};

const afterFrom = (after: string | undefined): number | undefined =>
  after === undefined ? undefined : clause(`after ${after.trim()}`).afterMs;

/** An input holds one clause of what could be typed, and nothing else. */
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
  const [begin, end] = [from, to].map((time) => TimeOfDay.safeParse(time?.trim()).data);
  if (begin === undefined || end === undefined) throw refusal('bad-input', 'watch.quiet-hours');
  if (begin === end) throw refusal('bad-input', 'watch.quiet-hours-empty');
  return { from: begin, to: end, days: everyDay, timeZone };
};
