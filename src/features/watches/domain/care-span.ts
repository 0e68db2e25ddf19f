import { refusal } from '../../../platform/errors.ts';

/** In ms: a person needs that long to read what came (contract, Reminders). */
const shortestMs = 10_000;
/** Nobody is sure to be there after so long. */
const longestMs = 7 * 24 * 60 * 60_000;

/** The span of a reminder, an escalation or an acknowledgement. Throws 'bad-input' in the words that were typed. */
export const requireCareSpan = (ms: number, typed: string): number => {
  if (ms < shortestMs || ms > longestMs) throw refusal('bad-input', 'watch.care-span', { typed });
  return ms;
};
