import { tmpdir } from 'node:os';
import { errnoOf } from '../platform/errors.ts';

const advices: Readonly<Record<string, () => string>> = {
  MODULE_NOT_FOUND: () =>
    'A package is missing. Run “npm ci” without --omit=dev, then “npm run demo” again.',
  ENOENT: () => noFolder(),
  EACCES: () => noFolder(),
  EPERM: () => noFolder(),
  EROFS: () => noFolder(),
  ENOSPC: () => noFolder(),
};

const noFolder = (): string =>
  `The demo cannot write to ${tmpdir()}, where it keeps its files while it runs. Make room there, or set TMPDIR to another folder.`;

/** What went wrong with the demo, and what to do about it. */
export const demoTrouble = (error: unknown): string => {
  const advice = advices[errnoOf(error) ?? '']?.();
  const message = error instanceof Error ? error.message : 'The demo could not be started.';
  return advice === undefined
    ? `${message}\n\nThe demo cannot go on. Try “npm run demo” again; if it ends like this once more, run “npm ci” first.`
    : `${advice}\n(${message})`;
};
