import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { aFolder } from '../store/a-folder.ts';
import { builtFolder } from './built.ts';
import { folderBesidePackages } from './shipped-build.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  /** Of the program alone, not of what it started. */
  signal(name: NodeJS.Signals): void;
}

/** The built project in a folder of its own, removed with the test. */
export interface Project {
  write(path: string, content: string | Uint8Array): void;
  /** Nothing of this process's environment reaches it, but for the path to programs. */
  run(
    script: string,
    environment: Readonly<Record<string, string>>,
    ...words: readonly string[]
  ): Promise<Ended>;
  /** Killed with the test. */
  start(
    command: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
  ): Running;
  path(path: string): string;
}

const start = (
  program: string,
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Running => {
  const child = spawn(program, words, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = async (): Promise<Ended> => {
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { code, stdout, stderr };
  };
  return { ended: ended(), signal: (name) => child.kill(name) };
};

/** Names the same files once more, which takes no time. */
const linkAll = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkAll(source, target);
    else linkSync(source, target);
  }
};

export const aProject = (): Project => {
  const folder = folderBesidePackages();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  linkAll(builtFolder, join(folder, 'dist'));
  return {
    write: (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    path: (path) => join(folder, path),
    start: ([program, ...words], environment) => {
      const running = start(program, words, folder, environment);
      onTestFinished(() => running.signal('SIGKILL'));
      return running;
    },
    run: (script, environment, ...words) =>
      start(process.execPath, [join(folder, 'dist', script), ...words], aFolder(), environment)
        .ended,
  };
};
