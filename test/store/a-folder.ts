import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test. */
export const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
