import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { asAppError } from './core/errors.ts';
import { keepHeapSmall } from './heap.ts';
import { createLogger, quietConsole } from './log.ts';
import { pemFiles } from './pem-file.ts';
import { createService } from './service.ts';
import { systemClock } from './system-clock.ts';

/** An orchestrator kills after 10 s. */
const drainMs = 8000;
const exitWithinMs = 9500;

/** Beside package.json; a variable that is set already wins. */
const readEnvironmentFile = (): void => {
  try {
    process.loadEnvFile(fileURLToPath(new URL('../.env', import.meta.url)));
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!absent) throw error;
  }
};

const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const configured = (): Config => {
  try {
    readEnvironmentFile();
    return loadConfig(process.env, pemFiles);
  } catch (error) {
    return fail(error instanceof ConfigError ? error.message : 'The file .env cannot be read.');
  }
};

const config = configured();
keepHeapSmall();
const log = createLogger(config.logLevel);
quietConsole(console, log);
const service = await createService(config, {
  clock: systemClock,
  log,
  newId: () => randomUUID(),
  random: () => Math.random(),
  processMetrics: true,
}).catch((error: unknown) => {
  const { message } = asAppError(error);
  return fail(`The database cannot be used: ${message}. Check DATABASE_URL.`);
});

const stop = async (signal: string): Promise<void> => {
  log.info('stopping', { signal });
  setTimeout(() => process.exit(0), exitWithinMs).unref();
  await service.stop(drainMs);
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

try {
  const port = await service.listen();
  service.start();
  log.info('listening', { host: config.host, port });
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const why = inUse ? 'something else listens there' : 'the system does not allow it';
  fail(
    `The bot cannot listen on port ${config.port} of ${config.host}: ${why}. Set PORT or HOST to another.`,
  );
}
