/** The most of these times, in ms and in order, that lie within one second. */
export const mostInASecond = (times: readonly number[]): number => {
  let most = 0;
  let from = 0;
  for (const [index, at] of times.entries()) {
    while (at - (times[from] ?? at) >= 1000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
};
