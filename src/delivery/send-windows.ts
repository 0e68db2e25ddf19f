/** At most `max` sends in any span of `ms`. */
export interface Window {
  readonly max: number;
  readonly ms: number;
}

/**
 * Teams counts when a request arrives, the bot when its last byte leaves. So a window is this much longer than
 * Teams' own, or a slow first request and a quick last one would share it.
 */
const jitterMs = 100;

const window = (max: number, seconds: number, jitter = jitterMs): Window => ({
  max,
  ms: seconds * 1000 + jitter,
});

/** One bot in one conversation (Microsoft's "Rate limit your bot", state of October 2026). */
export const conversationWindows: readonly Window[] = [
  window(7, 1),
  window(8, 2),
  window(60, 30),
  window(1800, 3600),
];

/** Questions about the members of one conversation, which Teams counts apart (same page). */
export const memberWindows: readonly Window[] = [
  window(14, 1),
  window(16, 2),
  window(120, 30),
  window(3600, 3600),
];

/**
 * How long a request of a tenant may be under way. It arrives after its last byte is out and before it is answered, and
 * counts from the answer, or from so long after it is out where the answer takes longer: then no second of Teams' can
 * have more than fifty, whatever is late by less. Only with that is the window no longer than Teams' own. Where the
 * answers take longer, as Teams' do, it is 48 requests a second; a longer time would leave fewer, and 15 ms without a
 * word of the answer were too few: 59 were counted in a second.
 */
export const arrivalMs = 40;

/**
 * The whole app in one tenant (same page): 50 a second. They go in twelves, and even out: fifty at once each second
 * would be up to 99 in a second of Teams' where the last of them are later than that and the next ones are not.
 */
export const tenantWindows: readonly Window[] = [window(12, 0.2, 0), window(50, 1, 0)];

export const longest = (windows: readonly Window[]): number =>
  Math.max(...windows.map(({ ms }) => ms));

/**
 * The moment from which one more send fits into every window. `sent` holds times in ascending order, `inHand`
 * counts what is being sent: with a window full of those it cannot be said, so the answer is infinite.
 */
export const freeAt = (
  sent: readonly number[],
  windows: readonly Window[],
  now: number,
  inHand = 0,
): number =>
  windows.reduce((at, { max, ms }) => {
    if (inHand >= max) return Number.POSITIVE_INFINITY;
    const oldestThatCounts = sent[sent.length - (max - inHand)];
    return oldestThatCounts === undefined ? at : Math.max(at, oldestThatCounts + ms);
  }, now);

/** How many sends fit at once now, by the tightest window. */
export const spare = (sent: readonly number[], windows: readonly Window[], now: number): number =>
  Math.min(...windows.map(({ max, ms }) => max - sent.filter((at) => at > now - ms).length));

/** What still counts. */
export const stillCounting = (
  sent: readonly number[],
  windows: readonly Window[],
  now: number,
): readonly number[] => {
  const since = now - longest(windows);
  return (sent[0] ?? now) > since ? sent : sent.filter((at) => at > since);
};
