import { z } from 'zod';
import { formatDuration } from '../../../shared/time.ts';
import { QuietHours } from '../../silence/domain/silence.ts';
import type { StoredWatch, WatchDraft } from '../store.ts';

/** A watch with its rule read. */
export interface Watch
  extends Pick<StoredWatch, 'id' | 'number' | 'madeBy' | 'account' | 'conversationKey'> {
  readonly rule: WatchRule;
}

/** Nothing for a rule that cannot be read: it must not hide the others. */
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

/** What is stored of a rule. */
export const termsOf = (rule: WatchRule): Pick<WatchDraft, 'filter' | 'rule'> => ({
  filter: rule.filter,
  rule,
});

/** As cards name it. */
export const nameWatch = ({ id, number, rule, madeBy }: Watch): NamedWatch => ({
  id,
  number,
  rule,
  madeBy: madeBy.name,
});

/** A watch as cards name it. */
export interface NamedWatch {
  readonly id: string;
  readonly number: number;
  readonly rule: WatchRule;
  /** The name of who made it. */
  readonly madeBy: string;
}

/** Bad means a score below a number, or PingPlotter's word: 'fair' = fair or worse. */
export const QualityBound = z.union([
  z.object({ below: z.number().min(0).max(100) }).readonly(),
  z.object({ word: z.enum(['poor', 'fair']) }).readonly(),
]);
export type QualityBound = z.infer<typeof QualityBound>;

/** What a watch notifies of. */
export const WatchRule = z
  .object({
    /** As it was typed; empty = every agent. */
    filter: z.string(),
    quality: z.union([z.literal('none'), QualityBound]),
    offline: z.boolean(),
    /** How long it must have been bad. */
    afterMs: z.number().int().positive().exactOptional(),
    quiet: QuietHours.exactOptional(),
  })
  .readonly();
export type WatchRule = z.infer<typeof WatchRule>;

/** Like `Poor or offline, Site Boise, after 10m`: plain text, with outside text in it. */
export const describeWatch = ({ filter, quality, offline, afterMs, quiet }: WatchRule): string => {
  const bad = [...(quality === 'none' ? [] : boundWords(quality)), ...(offline ? ['offline'] : [])];
  const subject = filter.replace(fieldTerm, '$1$2 ');
  return [
    sentenceCase(either(bad)),
    subject,
    afterMs === undefined ? '' : `after ${formatDuration(afterMs)}`,
    quiet === undefined ? '' : `quiet ${quiet.from}–${quiet.to}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};

/** `field.Site:Boise` reads better as `Site Boise`. */
const fieldTerm = /(^|\s)field\.([^\s:"]+):(?=\S)/giu;

const boundWords = (bound: QualityBound): readonly string[] => {
  if ('below' in bound) return [`score below ${bound.below}`];
  return bound.word === 'fair' ? ['fair', 'poor'] : ['poor'];
};

const either = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
