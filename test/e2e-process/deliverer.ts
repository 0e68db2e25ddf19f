import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

export interface DelivererOptions {
  readonly url: string;
  readonly instance: string;
  readonly lanesAtOnce: number;
  readonly leaseMs: number;
}

/** A process of its own that delivers. */
export interface Deliverer {
  /** Resolves once it delivers as soon as it is told to go. */
  ready(): Promise<void>;
  go(): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Lets it finish what is in flight; resolves with its exit code. */
  stop(): Promise<number | null>;
}

export interface Program {
  run(options: DelivererOptions): Deliverer;
  remove(): void;
}

/** Builds the program once, for all its processes. */
export const buildProgram = async (): Promise<Program> => {
  // Beside the packages, so that it finds the one that is not in it.
  const folder = mkdtempSync(resolve('node_modules', '.bot-delivery-'));
  const program = join(folder, 'delivering-process.cjs');
  await build({
    entryPoints: [resolve(import.meta.dirname, 'delivering-process.ts')],
    outfile: program,
    bundle: true,
    external: ['libsql', 'pg-native'],
    platform: 'node',
    format: 'cjs',
    minify: true,
    logLevel: 'error',
  });
  return {
    run: (options) => {
      const child = spawn(process.execPath, [program, JSON.stringify(options)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      // A line for a process that has just been killed.
      child.stdin.on('error', () => undefined);
      const ready = once(createInterface({ input: child.stdout }), 'line');
      return {
        ready: async () => {
          await Promise.race([ready, exited.then(() => Promise.reject(new Error('ended early')))]);
        },
        go: () => void child.stdin.write('go\n'),
        kill: async () => {
          child.kill('SIGKILL');
          await exited;
        },
        stop: async () => {
          child.stdin.end('stop\n');
          await exited;
          return child.exitCode;
        },
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
