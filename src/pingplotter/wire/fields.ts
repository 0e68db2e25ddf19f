// Fields of PingPlotter's answers. One of a wrong type counts as missing, and so does null.

// Objects are read field by field into one literal: a zod schema would first copy each object, and the
// copies of a sweep's answers cost as much again as parsing them (1.8 x against 1.2 x fetch + JSON.parse).

/** Undefined when it is no object. */
export const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isRecord(value) ? value : undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Text that says something. */
export const filled = (value: unknown): string | undefined => text(value) || undefined;

export const flag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** Finite: JSON can write numbers that are too large. */
export const number = (value: unknown): number | undefined =>
  Number.isFinite(value) && typeof value === 'number' ? value : undefined;

export const percent = (value: unknown): number | undefined => {
  const found = number(value);
  return found === undefined ? undefined : Math.min(100, Math.max(0, found));
};

/** Undefined when it is no list: a list is either optional or the whole answer. */
export const list = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;
