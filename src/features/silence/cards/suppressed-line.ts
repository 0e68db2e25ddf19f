import type { Reader } from '../../../platform/messenger.ts';
import { dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import {
  SuppressedBy,
  type SuppressedCounts,
  suppressedDayMs,
  suppressedWeekMs,
  totalOf,
} from '../domain/suppressed.ts';

/** What was held back in a conversation, as of the reader's now. */
export interface SuppressedLately {
  readonly day: SuppressedCounts;
  readonly week: SuppressedCounts;
  /** Since when anybody counts, in ms since 1970. */
  readonly since: number;
}

export const ruleWords: Readonly<Record<SuppressedBy, string>> = {
  mute: 'mute',
  maintenance: 'maintenance',
  quiet: 'quiet hours',
  hours: 'usual hours',
  flapping: 'flapping',
};

/** `3 by mute, 12 by usual hours`. */
export const countsText = (counts: SuppressedCounts): string =>
  SuppressedBy.options
    .flatMap((why) => {
      const count = counts[why] ?? 0;
      return count === 0 ? [] : [`${count} by ${ruleWords[why]}`];
    })
    .join(', ');

/** `3 by mute (last 24 h) · 40 in 7 days`; empty where nothing was. */
export const latelyText = ({ day, week, since }: SuppressedLately, reader: Reader): string => {
  if (totalOf(week) === 0) return '';
  const ageMs = reader.now - since;
  const counted = (whole: number, words: string): string =>
    ageMs < whole ? `since ${clock(since, reader)}` : words;
  const today = counted(suppressedDayMs, 'last 24 h');
  if (ageMs < suppressedDayMs) return `${countsText(week)} (${today})`;
  return dots([
    `${totalOf(day) === 0 ? 'none' : countsText(day)} (${today})`,
    `${totalOf(week)} ${counted(suppressedWeekMs, 'in 7 days')}`,
  ]);
};
