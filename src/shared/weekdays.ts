/** By their place: Monday is the first. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** 1 = Monday. Undefined for what is no day. */
export const dayOf = (text: string): number | undefined => {
  const found = weekdays.findIndex((day) => text === day || text === day.slice(0, 3));
  return found < 0 ? undefined : found + 1;
};

const named: ReadonlyMap<string, readonly number[]> = new Map([
  ['daily', [1, 2, 3, 4, 5, 6, 7]],
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekends', [6, 7]],
]);

/** `mon-fri`, `sat,sun`, `fri-mon`, `daily`, in lower case: the days in their order. */
export const readDays = (text: string): readonly number[] | undefined => {
  const known = named.get(text);
  if (known !== undefined) return known;
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last, ...more] = part.split('-').map(dayOf);
    if (first === undefined || more.length > 0 || (part.includes('-') && last === undefined))
      return undefined;
    const end = last ?? first;
    for (let day = first; ; day = (day % 7) + 1) {
      found.add(day);
      if (day === end) break;
    }
  }
  return [...found].toSorted((a, b) => a - b);
};

/** As `readDays` reads it: `daily`, `weekdays`, `mon-thu`, `sat,sun`. */
export const describeDays = (days: readonly number[]): string => {
  const sorted = [...new Set(days)].toSorted((a, b) => a - b);
  for (const [name, ones] of named)
    if (name !== 'weekends' && ones.join() === sorted.join()) return name;
  const names = sorted.map((day) => (weekdays[day - 1] ?? '').slice(0, 3));
  const inRow = sorted.every((day, place) => place === 0 || day === (sorted[place - 1] ?? 0) + 1);
  return inRow && names.length > 2 ? `${names[0]}-${names.at(-1)}` : names.join(',');
};

/** Every dash that people type as `-`. */
export const plainDashes = (text: string): string => text.replaceAll(/[‐-―−]/gu, '-');
