import { expect, it } from 'vitest';
import { createUpdates } from '../../../src/features/bulk/updates.ts';
import { fakeClock } from '../../fakes/clock.ts';

const job = { account: 'default', conversationKey: 'chat', id: 'job-1' };

it('updates the card of a job at most once in two seconds, and after its last step', async () => {
  const clock = fakeClock();
  const due: number[] = [];
  const enqueue = async (drafts: readonly { readonly dueAt: number }[]): Promise<void> => {
    due.push(...drafts.map(({ dueAt }) => dueAt));
  };
  const begunAt = clock.now();
  const { note } = createUpdates({ clock, store: { outbox: { enqueue } } }, job);
  for (let step = 0; step < 100; step += 1) {
    await note();
    await clock.advance(100);
  }
  await note();
  const times = [begunAt, ...due];
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(gaps.length).toBeGreaterThan(3);
  // Half a second is left for one that is sent late.
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2500);
  expect(due.at(-1)).toBeGreaterThanOrEqual(clock.now());
});

it('shows the end although the step before became one with an update that was due and not sent yet', async () => {
  const clock = fakeClock();
  const begunAt = clock.now();
  /** As the outbox has it: one waits for each card, and keeps the time at which it is due. */
  let waits: number | undefined;
  const enqueue = async ([draft]: readonly { readonly dueAt: number }[]): Promise<void> => {
    waits ??= draft?.dueAt;
  };
  const { note, last } = createUpdates({ clock, store: { outbox: { enqueue } } }, job);
  await note();
  await clock.advance(2510);
  await note();
  expect(waits).toBe(begunAt + 2500);
  waits = undefined;
  await clock.advance(1000);
  await last();
  expect(waits).toBe(begunAt + 5000);
});
