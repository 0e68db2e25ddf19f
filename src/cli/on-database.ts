import { type Config, ConfigError } from '../config.ts';
import { asAppError } from '../core/errors.ts';
import { readEnvironmentFile } from '../environment-file.ts';
import { databaseSettings } from './part-settings.ts';

/** Programs' own words; what they print for others to read goes to stdout. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs a program on the database that the environment names, and gives its exit code. */
export const onDatabase = async (
  environmentFile: URL,
  run: (settings: Pick<Config, 'databaseUrl' | 'auditDays'>) => Promise<number>,
): Promise<number> => {
  readEnvironmentFile(environmentFile);
  try {
    return await run(databaseSettings(process.env));
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
