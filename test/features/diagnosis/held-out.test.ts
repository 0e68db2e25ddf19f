import { expect, it } from 'vitest';
import { answersOf, marksOf, precisionOf, recallOf } from '../../bench/diagnosis/answers.ts';
import { kinds } from '../../bench/diagnosis/incidents.ts';

/** The rules are written on the other half. `npm run bench:diagnosis` has more of both, and the figures of each kind. */
it('names the right cause of incidents that no rule was written for', () => {
  const marks = marksOf(answersOf('held out', 10 * kinds.length));
  expect(marks.incidents).toBe(120);
  expect(precisionOf(marks)).toBeGreaterThanOrEqual(0.88);
  expect(recallOf(marks)).toBeGreaterThanOrEqual(0.75);
});
