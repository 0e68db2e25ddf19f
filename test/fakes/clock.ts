import { type Clock, systemClock } from '../../src/platform/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export interface FakeClock extends Clock {
  /** Moves the time on in steps, waking each sleeper at its own moment and letting its work run first. */
  advance(ms: number): Promise<void>;
  /** Moves the time on at once, as for a machine that was asleep: those that were due meanwhile wake at the end. */
  jump(ms: number): Promise<void>;
  /** The wall time is set, forward or back, while no time passes. */
  setWall(byMs: number): void;
  /** When the sleepers will wake, soonest first. */
  sleepers(): readonly number[];
  /** Resolves once that many are asleep. */
  untilAsleep(count: number): Promise<void>;
}

/** Lets everything that is ready to run, run: promise chains and I/O that has already arrived. */
export const settle = async (rounds = 3): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const wakeAt = (sleepers: Set<Sleeper>, at: number, act: () => void): (() => void) => {
  const sleeper: Sleeper = {
    at,
    wake: () => {
      sleepers.delete(sleeper);
      act();
    },
  };
  sleepers.add(sleeper);
  return () => void sleepers.delete(sleeper);
};

const asleep = (
  sleepers: Set<Sleeper>,
  at: number,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const giveUp = () => {
      wakeNoMore();
      reject(signal?.reason);
    };
    const wakeNoMore = wakeAt(sleepers, at, () => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    });
    signal?.addEventListener('abort', giveUp, { once: true });
  });

/** A clock that stands still until it is told to move. */
export const fakeClock = (start = Date.parse('2026-11-23T12:00:00Z')): FakeClock => {
  const sleepers = new Set<Sleeper>();
  // Far from the wall time, so that who mixes them fails.
  let now = 1_000_000;
  let ahead = start - now;
  const soonest = () => [...sleepers].sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now + ahead,
    monotonic: () => now,
    sleep: (ms, signal) => asleep(sleepers, now + Math.max(0, ms), signal),
    after: (ms, act) => wakeAt(sleepers, now + Math.max(0, ms), act),
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (let next = soonest(); next !== undefined && next.at <= end; next = soonest()) {
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
    jump: async (ms) => {
      await settle();
      now += ms;
      for (const { wake } of [...sleepers].filter(({ at }) => at <= now)) wake();
      await settle();
    },
    setWall: (byMs) => {
      ahead += byMs;
    },
    sleepers: () => [...sleepers].map(({ at }) => at + ahead).sort((a, b) => a - b),
    untilAsleep: async (count) => {
      while (sleepers.size < count) await settle(1);
    },
  };
};

/** A clock on which every sleep is over at once, and the time has moved on by it. */
export const instantClock = (
  start = Date.parse('2026-11-23T12:00:00Z'),
): Pick<Clock, 'now' | 'monotonic' | 'sleep'> => {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      now += Math.max(0, ms);
    },
  };
};

/** The machine's own time, but each sleep is over at once and the time has moved on by it: for a bot that nothing wakes. */
export const sleeplessClock = (): Clock => {
  let skipped = 0;
  return {
    now: () => systemClock.now() + skipped,
    monotonic: () => systemClock.monotonic() + skipped,
    after: systemClock.after,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      skipped += Math.max(0, ms);
      await settle(1);
    },
  };
};

/**
 * The machine's own time, that many times as fast: for a bot with loops that is asked more than Teams takes in a
 * second. Deadlines are not: what is slow because the machine is busy is not late.
 */
export const hurriedClock = (times: number): Clock => {
  const [now, monotonic] = [systemClock.now(), systemClock.monotonic()];
  const passed = () => (systemClock.monotonic() - monotonic) * times;
  return {
    now: () => now + passed(),
    monotonic: () => monotonic + passed(),
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
    after: systemClock.after,
  };
};
