import { type Config, ConfigError } from '../config/environment.ts';
import { readEnvironmentFile } from '../config/files.ts';
import { asAppError } from '../platform/errors.ts';
import { createLogger, type Logger } from '../platform/log.ts';
import { databaseTrouble } from './database-trouble.ts';
import { databaseSettings } from './part-settings.ts';

/** Resolves with the exit code of the program. */
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
    say(code === 'bad-input' ? `Nothing was done: ${message}.` : databaseTrouble(error));
    return 1;
  }
};

/** To stderr, because stdout is for what other programs read. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
