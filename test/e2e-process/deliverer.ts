import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { built } from '../processes/built.ts';

export interface DelivererOptions {
  readonly url: string;
  readonly instance: string;
  readonly queuesAtOnce: number;
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

export const startDeliverer = (options: DelivererOptions): Deliverer => {
  const child = spawn(
    process.execPath,
    [built('test/delivering-process.cjs'), JSON.stringify(options)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
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
};
