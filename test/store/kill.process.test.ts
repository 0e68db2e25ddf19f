import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { built } from '../processes/built.ts';
import { aDatabase } from './a-database.ts';
import { bedOn } from './bed.ts';

/** Kills the writer right after it has said so many lines, and gives back the last pair it claimed. */
const killedAfter = async (writer: ChildProcess, lines: number): Promise<number> => {
  if (writer.stdout === null) throw new Error('the writer has no output');
  let last = -1;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (last >= lines) writer.kill('SIGKILL');
  }
  return last;
};

describe('a process that is killed while it writes', () => {
  it.each([0, 1, 7, 30, 61])(
    'after %i pairs has lost none and written none by half',
    async (lines) => {
      const url = await aDatabase();
      const writer = spawn(process.execPath, [built('test/endless-writer.cjs'), url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(writer, 'exit');
      const claimed = await killedAfter(writer, lines);
      expect((await exited)[1]).toBe('SIGKILL');
      const { store } = await bedOn(url);
      const isThere = async (side: string, pair: number) =>
        !(await store.seenActivities.note(side, `${pair}`, 0));
      for (let pair = 0; pair <= claimed; pair += 1) {
        expect([pair, await isThere('left', pair)]).toEqual([pair, true]);
      }
      for (let pair = 0; pair <= claimed + 2; pair += 1) {
        expect([pair, await isThere('right', pair)]).toEqual([
          pair,
          pair <= claimed || (await isThere('left', pair)),
        ]);
      }
    },
  );
});
