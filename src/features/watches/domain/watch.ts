import { z } from 'zod';
import { orList, sentenceCase } from '../../../shared/text.ts';
import { formatDuration } from '../../../shared/time.ts';
import { leastDrop } from '../../history/domain/usual-score.ts';
import { QuietHours } from '../../silence/domain/silence.ts';
import type { StoredWatch, WatchDraft } from '../store.ts';
import { Limits, limitWords } from './limits.ts';

/** When a reading is bad: by its score, by PingPlotter's word ('fair' = Fair or worse), or by what is usual at the hour. */
export const QualityBound = z.union([
  z.object({ below: z.number().min(0).max(100) }).readonly(),
  z.object({ word: z.enum(['poor', 'fair']) }).readonly(),
  z.object({ worseThan: z.literal('usual') }).readonly(),
]);
export type QualityBound = z.infer<typeof QualityBound>;

/** Bad whenever a reading alone says so, whatever is usual. */
export type PlainBound = Exclude<QualityBound, { readonly worseThan: 'usual' }>;
export const isPlainBound = (quality: WatchRule['quality']): quality is PlainBound =>
  quality !== 'none' && !('worseThan' in quality);

/** Whom an escalation mentions: a person, or who is named by a custom field of the agent. */
export const EscalateTo = z.union([
  z
    .object({
      person: z
        .object({ id: z.string(), name: z.string(), teamsId: z.string().exactOptional() })
        .readonly(),
    })
    .readonly(),
  z.object({ field: z.string() }).readonly(),
]);
export type EscalateTo = z.infer<typeof EscalateTo>;

/** The threshold of a watch. */
export const WatchRule = z
  .object({
    /** As typed. Empty = every agent. */
    filter: z.string(),
    /** It follows which agents there are and what they are called, not how they do: `quality` is 'none'. */
    about: z.literal('changes').exactOptional(),
    quality: z.union([z.literal('none'), QualityBound]),
    offline: z.boolean(),
    /** Any of them that is exceeded is bad, whatever the score is. */
    limits: Limits.exactOptional(),
    /** Every absence counts, whatever the usual hours of the agent are. */
    always: z.literal(true).exactOptional(),
    /** How long it must be bad before an alert, in ms. */
    afterMs: z.number().int().positive().exactOptional(),
    /** How long nobody acknowledges an alert before each reminder, in ms. */
    remindMs: z.number().int().positive().exactOptional(),
    escalate: z
      .object({ to: EscalateTo, afterMs: z.number().int().positive() })
      .readonly()
      .exactOptional(),
    quiet: QuietHours.exactOptional(),
  })
  .readonly();
export type WatchRule = z.infer<typeof WatchRule>;

/** A stored watch whose rule was parsed. */
export interface Watch
  extends Pick<StoredWatch, 'id' | 'number' | 'madeBy' | 'account' | 'conversationKey'> {
  readonly rule: WatchRule;
}

/** Undefined for a rule that cannot be read: one bad row must not hide the other watches. */
export const readWatch = ({
  id,
  number,
  madeBy,
  account,
  conversationKey,
  rule,
}: StoredWatch): Watch | undefined => {
  const { data } = WatchRule.safeParse(rule);
  return data && { id, number, madeBy, account, conversationKey, rule: data };
};

export const termsOf = (rule: WatchRule): Pick<WatchDraft, 'filter' | 'rule'> => ({
  filter: rule.filter,
  rule,
});

/** A watch as cards show it. */
export interface NamedWatch {
  readonly id: string;
  readonly number: number;
  readonly rule: WatchRule;
  /** The name of the person who made it. */
  readonly madeBy: string;
}

export const nameWatch = ({ id, number, rule, madeBy }: Watch): NamedWatch => ({
  id,
  number,
  rule,
  madeBy: madeBy.name,
});

/** Like `Poor or offline, Site Boise, after 10m`. It contains text from outside: escape it. */
export const describeWatch = (rule: WatchRule): string => {
  const { filter, about, quality, limits, offline, always, afterMs, remindMs, escalate, quiet } =
    rule;
  const bad = [
    ...(about === undefined ? [] : [about]),
    ...(quality === 'none' ? [] : boundWords(quality)),
    ...(limits === undefined ? [] : limitWords(limits)),
    ...(offline ? ['offline'] : []),
  ];
  const subject = filter.replace(fieldTerm, '$1$2 ');
  return [
    sentenceCase(orList(bad)),
    subject,
    always === true ? 'every absence' : '',
    afterMs === undefined ? '' : `after ${formatDuration(afterMs)}`,
    remindMs === undefined ? '' : `remind every ${formatDuration(remindMs)}`,
    escalate === undefined
      ? ''
      : `escalate to ${describeEscalateTo(escalate.to)} after ${formatDuration(escalate.afterMs)}`,
    quiet === undefined ? '' : `quiet ${quiet.from}–${quiet.to}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};

/** The person's name, or the field as it is typed. It contains text from outside: escape it. */
export const describeEscalateTo = (to: EscalateTo): string =>
  'person' in to ? to.person.name : `field.${/\s/u.test(to.field) ? `"${to.field}"` : to.field}`;

/** `field.Site:Boise` reads better as `Site Boise`. */
const fieldTerm = /(^|\s)field\.([^\s:"]+):(?=\S)/giu;

const boundWords = (bound: QualityBound): readonly string[] => {
  if ('below' in bound) return [`score below ${bound.below}`];
  if ('worseThan' in bound) return [`worse than usual (by ${leastDrop} points or more)`];
  return bound.word === 'fair' ? ['fair', 'poor'] : ['poor'];
};
