import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/cli/playground.ts';
import type { Gauge } from './gauge.ts';

/** A program under measurement, in a process of its own. */
export interface Peer {
  readonly url: string;
  /** With `after collection` once all that can be freed is. */
  gauge(when?: 'now' | 'after collection'): Promise<Gauge>;
  end(): Promise<void>;
}

const builtFile = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The programs, as `npm run build` and `bench:build` leave them in `dist`. */
export const programs = {
  bot: builtFile('../main.js'),
  echo: builtFile('peers/echo.js'),
  floor: builtFile('peers/floor.js'),
} as const;

const connectEveryMs = 2;
const connectWithinMs = 30_000;

/** True as soon as something listens there: asked on one connection, without waiting for an answer. */
const connects = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = request(`${url}/healthz`, (response) => {
      response.resume();
      resolve(true);
    });
    probe.on('error', () => resolve(false)).end();
  });

/** Starts it and resolves when it listens. Its log goes nowhere, as a pipe that is read at once. */
export const startPeer = async (
  script: string,
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Peer> => {
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const gaugeFile = builtFile('gauge.js');
  const child = spawn(process.execPath, [...flags, '--expose-gc', '--import', gaugeFile, script], {
    env: { PATH: process.env['PATH'] ?? '', PORT: `${port}`, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const deadline = performance.now() + connectWithinMs;
  while (!(await connects(url))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`${script} does not listen`);
    await sleep(connectEveryMs);
  }
  return {
    url,
    gauge: async (when = 'now') => {
      child.send(when);
      const [gauge] = await once(child, 'message');
      return gauge;
    },
    end: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
};
