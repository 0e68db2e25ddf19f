import { z } from 'zod';

// Fields of PingPlotter's answers. One of a wrong type counts as missing, and so does null.

/**
 * A field that `text`, `flag` or `number` reads. A schema with a fallback of its own for each field
 * would take twice as long as the JSON parser, and a sweep reads a million of them.
 */
export const field = z.unknown().optional();

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

type Present<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the properties that are undefined. */
export function present<T extends Readonly<Record<string, unknown>>>(fields: T): Present<T>;
export function present(fields: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
