import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs, retryDelay, type Tries } from '../../src/pingplotter/retry.ts';
import { AppError, type ErrorCode, type ErrorDetail } from '../../src/platform/errors.ts';

const first: Tries = { repeatable: 'read', made: 1, timeouts: 0 };
const failed = (code: ErrorCode, detail: ErrorDetail = {}) => new AppError(code, 'failed', detail);

describe('retryDelay', () => {
  it.each([
    [1, 0, 150],
    [1, 1, 300],
    [2, 0, 300],
    [2, 1, 600],
    [3, 1, undefined],
  ])('after try %i with luck %d waits %s ms', (made, random, ms) => {
    expect(retryDelay({ ...first, made }, failed('unreachable'), random)).toBe(ms);
  });

  it.each([
    [0, 300],
    [299, 300],
    [2000, 2000],
    [5000, 5000],
    [5001, undefined],
  ])('asked to wait %i ms waits %s ms', (asked, ms) => {
    expect(retryDelay(first, failed('rate-limited', { retryAfterMs: asked }), 1)).toBe(ms);
  });

  it('never repeats a call that could do its work twice', () => {
    const code = fc.constantFrom<ErrorCode>(
      'unreachable',
      'rate-limited',
      'unavailable',
      'timeout',
    );
    fc.assert(
      fc.property(code, fc.integer({ min: 100, max: 600 }), (any, status) => {
        const once: Tries = { ...first, repeatable: 'once', timeouts: any === 'timeout' ? 1 : 0 };
        expect(retryDelay(once, failed(any, { status }), 0)).toBeUndefined();
      }),
    );
  });

  it.each<[ErrorCode]>([
    ['key-wrong'],
    ['permission-missing'],
    ['not-found'],
    ['rejected'],
    ['bad-answer'],
    ['internal'],
  ])('takes %s as final', (code) => {
    expect(retryDelay(first, failed(code), 1)).toBeUndefined();
    expect(retryDelay({ ...first, repeatable: 'change' }, failed(code), 1)).toBeUndefined();
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');

  it.each([
    ['0', 0],
    ['3', 3000],
    [' 1.5 ', 1500],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['Monday, 23-Nov-26 12:00:01 GMT', 1000],
    ['-5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %s', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
