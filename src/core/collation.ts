// Made once: localeCompare with options is some thirty times slower, seconds for a large fleet.
const names = new Intl.Collator('en', { numeric: true });

/** Sorts names as people do: LAX-9 before LAX-12. */
export const byName = (a: string, b: string): number => names.compare(a, b);
