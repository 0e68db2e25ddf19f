/**
 * What a row of samples has become so far, in its column `thinned`, which once knew 0 and 1 alone:
 * fresh and quarter are JSON, of one quarter of an hour each; hour, part and day are columns.
 */
export const stages = {
  /** As a poll wrote it. */
  fresh: 0,
  /** One sample of each session, of a quarter of an hour; as older versions and the demo write them. */
  quarter: 1,
  /** All samples of an hour. */
  hour: 2,
  /** One sample of each session for each quarter of an hour of a day (UTC). */
  day: 3,
  /** All samples of a part of a day, which names each session once in six hours. */
  part: 5,
  /** It cannot be read, and stays as it is for its seven days. */
  unreadable: 4,
} as const;

export const everyStage: readonly number[] = Object.values(stages);

export const hourMs = 60 * 60_000;
export const partMs = 6 * hourMs;
export const dayMs = 24 * hourMs;

/** Columns are written as base64, which has no such sign. */
export const isJson = (page: string): boolean => page.startsWith('{');
