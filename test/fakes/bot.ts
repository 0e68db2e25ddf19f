import { onTestFinished } from 'vitest';
import { readAccountsFile } from '../../src/config/accounts-file.ts';
import { loadConfig } from '../../src/config/environment.ts';
import { textFiles } from '../../src/config/files.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/log.ts';
import { createService } from '../../src/service.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { smallFleet } from '../simulator/started.ts';
import { aDatabase } from '../store/a-database.ts';
import type { WhenDone } from '../store/a-folder.ts';
import { sleeplessClock } from './clock.ts';
import { type FakeConnector, startConnector } from './connector.ts';
import { createTeamsUser, type TeamsUser, type TeamsUserOptions } from './teams-user.ts';

export interface StartedBot {
  readonly url: string;
  readonly simulator: Simulator;
  readonly connector: FakeConnector;
  /** Alex, an admin, in a 1:1 chat. */
  readonly alex: TeamsUser;
  /** Somebody else, or Alex somewhere else. */
  user(options?: Partial<TeamsUserOptions>): TeamsUser;
  /** The calls to PingPlotter that change something, as `PUT /agents/x {"Name":"y"}`. */
  changes(): readonly string[];
  /** As at SIGHUP. */
  readAccounts(): void;
  /** All that was logged, as JSON lines. */
  readonly logged: readonly string[];
}

const readingPosts = /\/status$/;

/** The whole bot on loopback between a fake connector and a simulated PingPlotter; all closed with the test. */
export const startBot = async ({
  watching = false,
  // Only a bot that watches has loops, which would never rest.
  clock = watching ? systemClock : sleeplessClock(),
  environment = {},
  whenDone = onTestFinished,
  ...simulated
}: Partial<SimulatorOptions> & {
  readonly clock?: Clock;
  readonly environment?: Readonly<Record<string, string>>;
  /** Polls the fleet and sends notifications by itself, which few stories want. */
  readonly watching?: boolean;
  /** Has it closed: with the test, if left out. */
  readonly whenDone?: WhenDone;
} = {}): Promise<StartedBot> => {
  const simulator = await startSimulator({
    now: () => clock.now(),
    agents: smallFleet,
    collapseEveryMinutes: 0,
    ...simulated,
  });
  const connector = await startConnector();
  const logged: string[] = [];
  const log = createLogger('debug', (line) => logged.push(line));
  let ids = 0;
  const accountsFile = environment['ACCOUNTS_FILE'];
  const service = await createService(
    loadConfig(
      {
        PORT: '0',
        HOST: '127.0.0.1',
        BOT_AUTH: 'disabled',
        BOT_ADMINS: 'alex-object-id',
        DEFAULT_ROLE: 'operator',
        PINGPLOTTER_BASE_URL: simulator.url,
        PINGPLOTTER_API_KEY: simulator.key,
        DATABASE_URL: await aDatabase(whenDone),
        ...environment,
      },
      undefined,
      textFiles,
    ),
    {
      clock,
      log,
      newId: () => {
        ids += 1;
        return `id-${ids}`;
      },
      random: () => 0.5,
      ...(accountsFile === undefined
        ? {}
        : { readAccounts: () => readAccountsFile(accountsFile, textFiles, environment) }),
    },
  );
  const port = await service.listen();
  if (watching) service.start();
  whenDone(async () => {
    await service.stop(1000);
    await connector.close();
    await simulator.close();
  });
  const url = `http://127.0.0.1:${port}`;
  const user = (options: Partial<TeamsUserOptions> = {}): TeamsUser =>
    createTeamsUser({ botUrl: url, connector, ...options });
  return {
    url,
    simulator,
    connector,
    alex: user(),
    user,
    logged,
    readAccounts: service.readAccounts,
    changes: () =>
      simulator.requests
        .filter(({ method, path }) => method !== 'GET' && !readingPosts.test(path))
        .map(({ method, path, query, body }) => {
          const search = new URLSearchParams({ ...query }).toString();
          return `${method} ${path}${search === '' ? '' : `?${search}`}${body === '' ? '' : ` ${body}`}`;
        }),
  };
};
