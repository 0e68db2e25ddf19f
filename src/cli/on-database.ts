import { type Config, ConfigError } from '../config/environment.ts';
import { readEnvironmentFile } from '../config/files.ts';
import { asAppError } from '../platform/errors.ts';
import { createLogger, type Logger } from '../platform/log.ts';
import { databaseSettings } from './part-settings.ts';

/** Runs a program on the database that the environment names, with a log of its errors, and gives its exit code. */
export const onDatabase = async (
  environmentFile: URL,
  run: (settings: Pick<Config, 'databaseUrl' | 'auditDays'>, log: Logger) => Promise<number>,
): Promise<number> => {
  readEnvironmentFile(environmentFile);
  try {
    const log = createLogger('error', (line) => process.stderr.write(line));
    return await run(databaseSettings(process.env), log);
  } catch (error) {
    if (error instanceof ConfigError) {
      say(error.message);
      return 2;
    }
    const { code, message } = asAppError(error);
    say(
      code === 'bad-input'
        ? `Nothing was done: ${message}.`
        : `The database cannot be used: ${message}. Check DATABASE_URL.`,
    );
    return 1;
  }
};

/** A program's own words; what it prints for others to read goes to stdout. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
