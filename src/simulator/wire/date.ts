/** PingPlotter writes a date that was never set as the year 1. */
export const neverDate = '0001-01-01T00:00:00+00:00';
const neverMs = -62_135_596_800_000;

export const wireDate = (ms: number | undefined): string =>
  ms === undefined ? neverDate : new Date(ms).toISOString();

export const wireMs = (ms: number | undefined): number => ms ?? neverMs;
