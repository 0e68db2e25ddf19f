const seconds = /^\d+(?:\.\d+)?$/;
/** HTTP dates begin with the day's name; `Date.parse` alone would also take `-5`. */
const dayFirst = /^[A-Za-z]{3,9},? /;

/** The wait that a `Retry-After` header asks for, in ms; undefined when it says nothing readable. */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (seconds.test(text)) return Math.round(Number(text) * 1000);
  const at = httpDate(text);
  return at === undefined ? undefined : Math.max(0, at - now);
};

/** ms since 1970 */
export const httpDate = (header: string | undefined): number | undefined => {
  const at = dayFirst.test(header ?? '') ? Date.parse(header ?? '') : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};
