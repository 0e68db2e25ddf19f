/** A value whose properties are still being set, by the function that makes it. */
export type InTheMaking<T> = { -readonly [Key in keyof T]: T[Key] };
