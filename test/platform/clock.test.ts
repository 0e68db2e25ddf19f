import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';

const day = 24 * 3_600_000;
/** Longer timers of Node fire at once. */
const beyondOneTimer = 30 * day;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each([1000, beyondOneTimer])('after %d ms', (ms) => {
  it('acts, and not before', () => {
    const act = vi.fn();
    systemClock.after(ms, act);
    vi.advanceTimersByTime(ms - 1);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
  });

  it('does nothing when it was called off', () => {
    const act = vi.fn();
    const callOff = systemClock.after(ms, act);
    vi.advanceTimersByTime(ms - 1);
    callOff();
    vi.advanceTimersByTime(ms);
    expect(act).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a sleep is over', async () => {
    const woken = vi.fn();
    void systemClock.sleep(ms).then(woken);
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledOnce();
  });
});

describe('a sleep', () => {
  it('ends with the reason of its signal, and leaves no timer', async () => {
    const stopping = new AbortController();
    const reason = new Error('stopping');
    const asleep = systemClock.sleep(1000, stopping.signal);
    stopping.abort(reason);
    await expect(asleep).rejects.toBe(reason);
    await expect(systemClock.sleep(1000, stopping.signal)).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([0, -5])('of %d ms is over at once', async (ms) => {
    await expect(systemClock.sleep(ms)).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('A5: a wall clock that is set', () => {
  it.each([-3_600_000, 3_600_000])('by %d ms moves no timer', (byMs) => {
    const act = vi.fn();
    systemClock.after(1000, act);
    const begunAt = systemClock.monotonic();
    vi.setSystemTime(Date.now() + byMs);
    vi.advanceTimersByTime(999);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
    expect(systemClock.monotonic() - begunAt).toBe(1000);
  });
});
