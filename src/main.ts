import { randomUUID } from 'node:crypto';
import { databaseTrouble } from './cli/database-trouble.ts';
import { readAccountsFile } from './config/accounts-file.ts';
import { type Config, ConfigError, loadConfig } from './config/environment.ts';
import { pemFiles, readEnvironmentFile, textFiles } from './config/files.ts';
import { systemClock } from './platform/clock.ts';
import { errnoOf } from './platform/errors.ts';
import { keepHeapSmall } from './platform/heap.ts';
import { createLogger, quietConsole } from './platform/log.ts';
import { createService } from './service.ts';

/** An orchestrator kills after 10 s. */
const drainMs = 8000;
const exitWithinMs = 9500;

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const configured = (): Config => {
  if (readEnvironmentFile(new URL('../.env', import.meta.url)) === 'unreadable')
    return fail('The file .env cannot be read.');
  try {
    return loadConfig(process.env, pemFiles, textFiles);
  } catch (error) {
    if (error instanceof ConfigError) return fail(error.message);
    throw error;
  }
};

const config = configured();
keepHeapSmall();
const { accountsFile } = config;
const log = createLogger(config.logLevel);
quietConsole(console, log);
const service = await createService(config, {
  clock: systemClock,
  log,
  newId: () => randomUUID(),
  random: () => Math.random(),
  processMetrics: true,
  ...(accountsFile === undefined
    ? {}
    : { readAccounts: () => readAccountsFile(accountsFile, textFiles, process.env) }),
}).catch((error: unknown) => fail(databaseTrouble(error)));

const stop = async (signal: string): Promise<void> => {
  log.info('bot.stopping', { signal });
  setTimeout(() => process.exit(0), exitWithinMs).unref();
  await service.stop(drainMs);
  process.exit(0);
};
// Without a handler the signal would end the process.
process.on('SIGHUP', service.readAccounts);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

try {
  const port = await service.listen();
  service.start();
  log.info('bot.listening', { host: config.host, port });
} catch (error) {
  const inUse = errnoOf(error) === 'EADDRINUSE';
  const why = inUse ? 'something else listens there' : 'the system does not allow it';
  fail(
    `The bot cannot listen on port ${config.port} of ${config.host}: ${why}. Set PORT or HOST to another.`,
  );
}
