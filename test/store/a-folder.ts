import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryRoot } from './memory-folder.ts';

/** Has something done at the end: of the test, unless told otherwise. */
export type WhenDone = (clean: () => void | Promise<void>) => void;

/** A folder of its own for one test. */
export const aFolder = (whenDone: WhenDone = onTestFinished): string => {
  const folder = mkdtempSync(join(temporaryRoot, 'bot-store-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Ends things in the opposite order in which they began, for a suite that shares a bot. */
export const forSuite = () => {
  const cleanups: Parameters<WhenDone>[0][] = [];
  return {
    whenDone: (clean: Parameters<WhenDone>[0]): void => void cleanups.unshift(clean),
    finish: async (): Promise<void> => {
      for (const clean of cleanups) await clean();
    },
  };
};
