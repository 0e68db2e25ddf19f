import { expect, it } from 'vitest';
import { onePass } from '../../src/shared/one-pass.ts';

it('serves everybody who asks for the same by one pass, and keeps none that failed', async () => {
  const passes = new Map<string, Promise<number>>();
  let made = 0;
  const pass = (fails = false) =>
    onePass(passes, ['ops', 7], async () => {
      made += 1;
      if (fails) throw new Error('down');
      return made;
    });
  const failed = [pass(true), pass(true)];
  for (const one of failed) await expect(one).rejects.toThrow('down');
  expect(made).toBe(1);
  expect(await Promise.all([pass(), pass()])).toEqual([2, 2]);
  expect(await onePass(passes, ['ops', 8], async () => 9)).toBe(9);
});
