import { expect, it } from 'vitest';
import { inBatches } from '../../src/pingplotter/in-batches.ts';

it('works on every item once, so many at a time', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 23 }, (_, index) => index);
  const done = await inBatches(items, { size: 3, width: 4 }, async (batch) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return batch;
  });
  expect(done.flat().sort((a, b) => a - b)).toEqual(items);
  expect(done).toHaveLength(8);
  expect(most).toBe(4);
});

it('starts nothing more after a failure', async () => {
  const started: number[] = [];
  const work = inBatches([1, 2, 3, 4, 5], { size: 1, width: 2 }, async ([item = 0]) => {
    started.push(item);
    await Promise.resolve();
    throw new Error(`item ${item}`);
  });
  await expect(work).rejects.toThrow('item 1');
  expect(started).toEqual([1, 2]);
});
