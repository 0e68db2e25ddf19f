import { expect, it } from 'vitest';
import type { AppError } from '../../src/platform/errors.ts';
import { storeError } from '../../src/store/sql/errors.ts';
import { withPatience } from '../../src/store/sql/with-patience.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';

const failure = (code: string): AppError =>
  storeError(Object.assign(new Error('canceling statement due to statement timeout'), { code }));

/** Fails so many times, and then works. */
const startOf = async (error: Error, failures: number) => {
  const clock = fakeClock(0);
  const waits: unknown[] = [];
  const log = { ...silentLog, warn: (event: string) => void waits.push(event) };
  let tries = 0;
  const work = async (): Promise<string> => {
    tries += 1;
    if (tries <= failures) throw error;
    return 'opened';
  };
  const started = withPatience(work, { clock, log }).catch((thrown: unknown) => thrown);
  await clock.advance(200_000);
  return { outcome: await started, waits: waits.length, tries };
};

it.each([
  ['a statement that waited for too long', '57014', 3, 'opened'],
  ['a lock that it did not get', '55P03', 3, 'opened'],
  ['a file that another one locks', 'SQLITE_BUSY', 3, 'opened'],
  ['a lock for more than ten minutes', '57014', 50, 'locked (57014)'],
  ['another failure', '28P01', 1, 'refuses the user'],
] as const)('G16: waits at its start for %s', async (_, code, failures, expected) => {
  const { outcome, waits, tries } = await startOf(failure(code), failures);
  expect(outcome instanceof Error ? outcome.message : outcome).toContain(expected);
  expect(tries).toBe(expected === 'opened' ? failures + 1 : failures);
  expect(waits).toBe(tries - 1);
});
