import { expect, it } from 'vitest';
import { progress } from '../../src/cli/progress.ts';

it('D: says how far long work is, and nothing of short work', () => {
  const said: string[] = [];
  let ms = 0;
  const note = progress(
    'rows',
    () => ms,
    (line) => said.push(line),
  );
  for (; ms < 5_000; ms += 500) note(500);
  expect(said).toEqual(['  2,500 rows so far …', '  4,500 rows so far …']);
  // Slow, but little.
  const noteFew = progress(
    'rows',
    () => ms,
    (line) => said.push(line),
  );
  for (; ms < 60_000; ms += 1000) noteFew(10);
  expect(said).toHaveLength(2);
});
