/** Where polls are rare, a late one is noticed sooner than after some of them: a poll that fails is repeated. */
const mostGraceMs = 10 * 60_000;

/**
 * Whether a poll at that time is recent enough: it may take a while, and two may be missed. The distance counts
 * in both directions, since a time to come was written before a clock was set back.
 */
export const recentPoll = (
  now: number,
  pollSeconds: number,
): ((at: number | undefined) => boolean) => {
  const pollMs = pollSeconds * 1000;
  const lateAfterMs = pollMs + Math.min(2 * pollMs, mostGraceMs);
  return (at) => at !== undefined && Math.abs(now - at) <= lateAfterMs;
};
