import type { Clock } from '../platform/clock.ts';

/** Fleets that fail or look wrong are read again sooner than in hours: else the truth is found a day later. */
const againAfterMs = 150_000;
/** A flood of hints must not make one whole poll after another. */
const extraPollAfterMs = 60_000;

/** When to poll, by the monotonic clock: no change of the machine's time moves it. */
export interface Timetable {
  isPollDue(): boolean;
  untilPollMs(): number;
  /** Plans the next one. A poll that took too long leaves out those that it overran. */
  pollBegins(): void;
  pollNow(): void;
  /** More was hinted at than a targeted poll reads. */
  pollSoon(): void;
  /** It could not be read, or shows what is not believed yet. */
  pollAgainSooner(): void;
}

export const createTimetable = ({
  clock,
  pollMs,
}: {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly pollMs: number;
}): Timetable => {
  let nextPoll = clock.monotonic();
  let lastPoll = Number.NEGATIVE_INFINITY;
  return {
    isPollDue: () => clock.monotonic() >= nextPoll,
    untilPollMs: () => nextPoll - clock.monotonic(),
    pollBegins: () => {
      lastPoll = clock.monotonic();
      nextPoll += Math.max(1, Math.ceil((lastPoll - nextPoll + 1) / pollMs)) * pollMs;
    },
    pollNow: () => {
      nextPoll = clock.monotonic();
    },
    pollSoon: () => {
      nextPoll = Math.min(nextPoll, Math.max(clock.monotonic(), lastPoll + extraPollAfterMs));
    },
    pollAgainSooner: () => {
      nextPoll = Math.min(nextPoll, clock.monotonic() + againAfterMs);
    },
  };
};
