import type { Simulator } from '../../src/simulator/simulator.ts';
import type { WhenDone } from '../store/a-folder.ts';

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
