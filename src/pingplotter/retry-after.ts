const seconds = /^\d+(?:\.\d+)?$/;
/** HTTP dates begin with the day's name; `Date.parse` alone would also take `-5`. */
const httpDate = /^[A-Za-z]{3,9},? /;

/** The wait that a `Retry-After` header asks for, in ms; undefined when it says nothing readable. */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (seconds.test(text)) return Math.round(Number(text) * 1000);
  if (!httpDate.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};
