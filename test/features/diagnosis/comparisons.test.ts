import { expect, it } from 'vitest';
import { createComparisons } from '../../../src/features/diagnosis/comparisons.ts';
import type { FleetView } from '../../../src/features/fleet/domain/agent-view.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aView } from '../fleet/an-agent.ts';

const minute = 60_000;
const fleet = (id: string, readAt: number): FleetView => ({
  agents: [aView({ agent: { id } })],
  takenAt: 0,
  readAt,
  skipped: 0,
});

const compared = (
  ageMs: number | undefined,
  read: () => Promise<FleetView>,
  answers: () => Promise<
    readonly { rule: string; right: number; answers: number }[]
  > = async () => [],
) => {
  const clock = fakeClock();
  const last = ageMs === undefined ? undefined : fleet('last', clock.monotonic() - ageMs);
  return createComparisons({
    clock,
    log: silentLog,
    fleets: { last: () => last, read },
    store: { verdicts: { answers } },
  });
};

const down = () => Promise.reject(new AppError('unavailable', 'down'));
const fresh = async () => fleet('fresh', 0);

it.each<[string, number | undefined, () => Promise<FleetView>, string | undefined]>([
  ['the last reading while it is recent', 4 * minute, fresh, 'last'],
  ['a new one when the last is old', 6 * minute, fresh, 'fresh'],
  ['a new one where there is none', undefined, fresh, 'fresh'],
  ['an old one while PingPlotter is down', 6 * minute, down, 'last'],
  ['nothing where nobody has ever read it', undefined, down, undefined],
])('compares with %s', async (_, ageMs, read, id) => {
  const comparison = await compared(ageMs, read).of('default');
  expect(comparison === undefined).toBe(id === undefined);
  if (id !== undefined) expect(comparison?.index.agent(id)).toBeDefined();
});

it('counts one reading once, and asks each time which rules are silent', async () => {
  let right = 20;
  const comparisons = compared(0, down, async () => [{ rule: 'wifi', right, answers: 20 }]);
  const before = await comparisons.of('default');
  right = 3;
  const after = await comparisons.of('default');
  expect(after?.index).toBe(before?.index);
  expect([before?.silent.size, after?.silent.size]).toEqual([0, 1]);
});

it('lets all rules speak while the store is down', async () => {
  expect((await compared(0, down, down).of('default'))?.silent).toEqual(new Set());
});
