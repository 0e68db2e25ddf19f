import { pino } from 'pino';
import { AppError, errnoOf } from './errors.ts';

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

type Fields = Readonly<Record<string, unknown>>;

const secretName = /api[-_]?key|authorization|password|secret|token|cookie|credential/i;
const deepest = 5;
const hidden = '[hidden]';

/** An error's own words and code; never the request, response or body that a library hangs on it. */
const describeError = (error: Error, withStack: boolean): Fields => ({
  code: error instanceof AppError ? error.code : (errnoOf(error) ?? error.name),
  message: error.message,
  ...(error instanceof AppError && error.detail.status !== undefined
    ? { status: error.detail.status }
    : {}),
  ...(withStack ? { stack: error.stack } : {}),
});

const redact = (value: unknown, withStack: boolean, depth = 0): unknown => {
  if (value instanceof Error) return describeError(value, withStack);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, withStack, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretName.test(name) ? hidden : redact(inner, withStack, depth + 1),
    ]),
  );
};

/** One JSON line an entry. Fields named like a secret are hidden; stacks are shown at debug only. */
export const createLogger = (
  level: LogLevel,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger => {
  const sink = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  const entry =
    (as: LogLevel) =>
    (message: string, fields: Fields = {}): void => {
      if (sink.isLevelEnabled(as)) sink[as](redact(fields, level === 'debug'), message);
    };
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') };
};

/** Each line says that it is of this account, unless it names one by itself. */
export const logOfAccount = (log: Logger, account: string): Logger => {
  const entry =
    (as: LogLevel): Logger['info'] =>
    (message, fields) =>
      log[as](message, { account, ...fields });
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') };
};

type Print = (...words: readonly unknown[]) => void;

/**
 * Libraries print to the console on their own, botbuilder for each token whose signature is bad. Nobody
 * knows what they print, so only the fact is logged.
 */
export const quietConsole = (
  console: { error: Print; warn: Print; log: Print; info: Print },
  log: Logger,
): void => {
  for (const method of ['error', 'warn', 'log', 'info'] as const)
    console[method] = () => log.debug('library.printed', { method });
};
