import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { correlatedLog, createCorrelation } from '../../src/platform/correlation.ts';
import type { Logger } from '../../src/platform/log.ts';

const recording = () => {
  const lines: unknown[] = [];
  const write =
    (level: string): Logger['info'] =>
    (message, fields) =>
      void lines.push([level, message, fields]);
  const log = { debug: write('debug'), info: write('info'), warn: write('warn') };
  return { lines, log: { ...log, error: write('error') } };
};

it('keeps an id through all that is awaited, apart from what runs beside it', async () => {
  const { within, current } = createCorrelation();
  const seen = (id: string) =>
    within(id, async () => {
      await setImmediate();
      return current();
    });
  expect(await Promise.all([seen('one'), seen('two')])).toEqual(['one', 'two']);
  expect(current()).toBeUndefined();
  expect(within('outer', () => within(undefined, current))).toBeUndefined();
});

it.each(['debug', 'info', 'warn', 'error'] as const)('puts the id into each %s line', (level) => {
  const correlation = createCorrelation();
  const { lines, log } = recording();
  const correlated = correlatedLog(log, correlation);
  correlated[level]('before', { a: 1 });
  correlation.within('an-id', () => {
    correlated[level]('inside', { a: 1 });
    correlated[level]('alone');
    correlated[level]('named', { correlationId: 'its-own' });
  });
  expect(lines).toEqual([
    [level, 'before', { a: 1 }],
    [level, 'inside', { correlationId: 'an-id', a: 1 }],
    [level, 'alone', { correlationId: 'an-id' }],
    [level, 'named', { correlationId: 'its-own' }],
  ]);
});
