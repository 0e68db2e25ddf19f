import { onTestFinished } from 'vitest';
import type { Paces } from '../../src/chat/middleware/rate-limit.ts';
import { freePort } from '../../src/cli/playground.ts';
import { ConfigError, loadConfig } from '../../src/config/environment.ts';
import { pemFiles } from '../../src/config/files.ts';
import { createLogger } from '../../src/platform/log.ts';
import { createService, type Service } from '../../src/service.ts';
import { optional } from '../../src/shared/optional.ts';
import { hurriedClock } from '../fakes/clock.ts';
import { type BuiltBot, environmentOf } from '../processes/bot-environment.ts';
import type { WhenDone } from '../store/a-folder.ts';

/** What Microsoft's library of managed identities reads from the process itself. */
const setIdentity = (environment: Readonly<Record<string, string>>, whenDone: WhenDone): void => {
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
    const before = process.env[name];
    whenDone(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
    if (environment[name] !== undefined) process.env[name] = environment[name];
  }
};

/** Teams' 7 messages a second to a conversation are most of the time that these tests take. */
const hurry = 5;

/** For tests that ask everything at once. */
const withoutLimits: Paces = {
  person: { burst: 10_000, perSecond: 1 },
  conversation: { burst: 10_000, perSecond: 1 },
  refresh: { burst: 10_000, perSecond: 1 },
  search: { burst: 10_000, perSecond: 1 },
};

const botInProcess = (paces?: Paces): BuiltBot => ({
  instance: async (options) => {
    const { whenDone = onTestFinished } = options;
    const port = await freePort(0);
    const environment = environmentOf({ ...options, port });
    const lines: string[] = [];
    const clock = hurriedClock(hurry);
    let service: Service | undefined;
    const kill = async (): Promise<void> => {
      await service?.stop(1000);
      service = undefined;
    };
    whenDone(kill);
    return {
      url: `http://127.0.0.1:${port}`,
      start: async () => {
        setIdentity(environment, whenDone);
        let ids = 0;
        const config = loadConfig(environment, pemFiles);
        service = await createService(config, {
          clock,
          log: createLogger(config.logLevel, (line) => lines.push(line)),
          newId: () => {
            ids += 1;
            return `id-${ids}`;
          },
          random: () => 0.5,
          processMetrics: true,
          ...optional('paces', paces),
        });
        await service.listen();
        service.start();
      },
      kill,
      printed: () => lines.join('\n'),
    };
  },
  failedStart: async (environment) => {
    try {
      loadConfig(environment, pemFiles);
    } catch (error) {
      if (error instanceof ConfigError) return { exitCode: 1, printed: error.message };
      throw error;
    }
    throw new Error('it can start');
  },
});

/** The bot in the process of the tests: there at once, but it cannot be killed as a process can. */
export const botHere = botInProcess();

/** The same, however much people ask of it. */
export const patientBotHere = botInProcess(withoutLimits);
