/** Why one agent of many was not changed, in a few words: by the reason that is stored, or an error's code. */
export const whyNotChanged = (why: string | undefined): string =>
  (why === undefined ? undefined : words.get(why)) ?? 'it did not work';

const words: ReadonlyMap<string, string> = new Map([
  ['paused-already', 'paused already'],
  ['not-paused', 'not paused'],
  ['offline', 'offline'],
  ['has-name', 'has the name already'],
  ['renamed-since', 'was renamed meanwhile'],
  ['pause-over', 'its pause would be over by now'],
  ['gone', 'PingPlotter does not know it any more'],
  ['key-wrong', 'PingPlotter refused the key'],
  ['permission-missing', 'the PingPlotter key may not do this'],
  ['not-found', 'PingPlotter does not know it any more'],
  ['rejected', 'PingPlotter refused it'],
  ['rate-limited', 'PingPlotter asked for a pause'],
  ['unavailable', 'PingPlotter had trouble'],
  ['timeout', 'PingPlotter took too long to answer'],
  ['unreachable', 'PingPlotter could not be reached'],
  ['bad-answer', 'PingPlotter’s answer could not be read'],
  ['not-confirmed', 'nobody knows whether it was done'],
]);
