import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Service, startService } from '../../src/cli/child-process.ts';
import { freePort } from '../../src/cli/playground.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { aFolder, type WhenDone } from '../store/a-folder.ts';
import { built } from './built.ts';

/** The bot as a process of its own; killed with the test. */
export interface BotProcess {
  /** The same after a new start. */
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** All that it has printed, since its first start. */
  printed(): string;
}

export interface BotProcessOptions {
  readonly simulator: Simulator;
  readonly databaseUrl: string;
  /** Variables besides, or instead of, those that every bot here has; an empty one counts as not set. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Told what ends it; the test's end if left out. */
  readonly whenDone?: WhenDone;
}

/** How a bot ended that did not start. */
export interface FailedStart {
  readonly exitCode: number | null;
  readonly printed: string;
}

export interface BuiltBot {
  /** One instance, not started yet. */
  instance(options: BotProcessOptions): Promise<BotProcess>;
  /** Runs it with exactly this environment, with which it cannot start. */
  failedStart(environment: Readonly<Record<string, string>>): Promise<FailedStart>;
}

/** Everything that a bot here is notified. */
export const environmentOf = ({
  simulator,
  databaseUrl,
  environment = {},
  port,
}: BotProcessOptions & { readonly port: number }): Readonly<Record<string, string>> => ({
  PORT: `${port}`,
  HOST: '127.0.0.1',
  BOT_AUTH: 'disabled',
  BOT_ADMINS: 'alex-object-id',
  PINGPLOTTER_BASE_URL: simulator.url,
  PINGPLOTTER_API_KEY: simulator.key,
  DATABASE_URL: databaseUrl,
  POLL_SECONDS: '5',
  ...environment,
});

const botOf = (program: string, more: Readonly<Record<string, string>> = {}): BuiltBot => ({
  instance: async ({ simulator, databaseUrl, environment = {}, whenDone = onTestFinished }) => {
    const folder = aFolder(whenDone);
    const logFile = join(folder, 'bot.log');
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    let service: Service | undefined;
    const kill = async (): Promise<void> => service?.kill();
    whenDone(kill);
    return {
      url,
      start: async () => {
        service = await startService({
          name: 'The bot',
          args: [built(program)],
          environment: { ...environmentOf({ simulator, databaseUrl, environment, port }), ...more },
          folder,
          logFile,
          readyUrl: `${url}/healthz`,
        });
      },
      kill,
      printed: () => readFileSync(logFile, 'utf8'),
    };
  },
  failedStart: async (environment) => {
    const child = spawn(process.execPath, [built(program)], { cwd: aFolder(), env: environment });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    const said = await Promise.all([text(child.stdout), text(child.stderr)]);
    await ended;
    return { exitCode: child.exitCode, printed: said.join('') };
  },
});

export const builtBot = botOf('main.js');

/** Between two polls of `quickBot`. */
export const pollMs = 1000;

/** For stories that take many polls. */
export const quickBot = botOf('test/quick-bot.js', { QUICK_POLL_SECONDS: `${pollMs / 1000}` });
