import { expect, it } from 'vitest';
import { AppError } from '../../src/platform/errors.ts';
import { createLogger, type LogLevel, quietConsole } from '../../src/platform/log.ts';

const start = (level: LogLevel) => {
  const lines: string[] = [];
  const log = createLogger(level, (line) => lines.push(line));
  const entry = (): unknown => JSON.parse(lines.at(-1) ?? 'null');
  return { log, lines, entry };
};

it('writes one line of JSON an entry', () => {
  const { log, lines, entry } = start('info');
  log.info('turn', { ms: 5, words: ['a', 'b'] });
  expect(lines).toHaveLength(1);
  expect(entry()).toMatchObject({ level: 'info', message: 'turn', ms: 5, words: ['a', 'b'] });
});

it.each<readonly [LogLevel, number]>([
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
])('writes at level %s what matters to it', (level, count) => {
  const { log, lines } = start(level);
  log.debug('d');
  log.info('i');
  log.warn('w');
  log.error('e');
  expect(lines).toHaveLength(count);
});

it.each([
  'apiKey',
  'X-API-KEY',
  'authorization',
  'webhookSecret',
  'password',
  'accessToken',
  'cookie',
])('hides the field %s, however deep', (name) => {
  const { log, lines } = start('info');
  log.info('x', { [name]: 'hunter2', outer: { list: [{ [name]: 'hunter2' }] } });
  expect(lines[0]).not.toContain('hunter2');
});

it('tells of an error its code and message, and hangs nothing else on it', () => {
  const { log, entry } = start('info');
  const cause = Object.assign(new Error('low'), { config: { headers: { x: 'hunter2' } } });
  const error = new AppError('unavailable', 'agents answered 503', { status: 503, cause });
  log.error('turn failed', { error: Object.assign(error, { response: 'body' }) });
  expect(entry()).toHaveProperty('error', {
    code: 'unavailable',
    message: 'agents answered 503',
    status: 503,
  });
});

it('shows stacks at debug only', () => {
  const { log, entry } = start('debug');
  log.error('x', { error: new Error('y') });
  expect(entry()).toHaveProperty('error.stack', expect.stringContaining('log.test.ts'));
});

it('survives what refers to itself', () => {
  const { log, lines } = start('info');
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  log.info('x', { loop });
  expect(lines).toHaveLength(1);
});

it('keeps what libraries print to itself', () => {
  const lines: string[] = [];
  const printed: unknown[] = [];
  const print = (...words: readonly unknown[]) => void printed.push(words);
  const console = { error: print, warn: print, log: print, info: print };
  quietConsole(
    console,
    createLogger('debug', (line) => lines.push(line)),
  );
  console.error('Bearer secret-token');
  expect(printed).toEqual([]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('secret-token');
});
