/** In the order of the keys, each group in the order it came. */
export const grouped = <K extends string | number, V>(
  values: readonly V[],
  keyOf: (value: V) => K,
): readonly (readonly [K, readonly V[]])[] => {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};
