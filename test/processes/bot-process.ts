import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { freePort } from '../../src/cli/free-port.ts';
import { type Service, startService } from '../../src/cli/service.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { aFolder } from '../store/a-folder.ts';

export const pollSeconds = 5;

/** The bot as a process of its own; killed with the test. */
export interface BotProcess {
  /** The same after a new start. */
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface BotProcessOptions {
  readonly simulator: Simulator;
  readonly databaseUrl: string;
}

export interface BuiltBot {
  /** One instance, not started yet. */
  instance(options: BotProcessOptions): Promise<BotProcess>;
  remove(): void;
}

/** Builds the bot once, for all its processes. */
export const buildBot = async (): Promise<BuiltBot> => {
  // Beside the packages, so that it finds them.
  const built = mkdtempSync(resolve('node_modules', '.bot-process-'));
  const script = join(built, 'main.js');
  await build({
    entryPoints: [resolve(import.meta.dirname, '../../src/main.ts')],
    outfile: script,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return {
    instance: async ({ simulator, databaseUrl }) => {
      const folder = aFolder();
      const port = await freePort(0);
      const url = `http://127.0.0.1:${port}`;
      let service: Service | undefined;
      const kill = async (): Promise<void> => service?.kill();
      onTestFinished(kill);
      return {
        url,
        start: async () => {
          service = await startService({
            name: 'The bot',
            args: [script],
            environment: {
              PORT: `${port}`,
              HOST: '127.0.0.1',
              BOT_AUTH: 'disabled',
              BOT_ADMINS: 'alex-object-id',
              PINGPLOTTER_BASE_URL: simulator.url,
              PINGPLOTTER_API_KEY: simulator.key,
              DATABASE_URL: databaseUrl,
              POLL_SECONDS: `${pollSeconds}`,
            },
            folder,
            logFile: join(folder, 'bot.log'),
            readyUrl: `${url}/healthz`,
          });
        },
        kill,
      };
    },
    remove: () => rmSync(built, { recursive: true, force: true }),
  };
};
