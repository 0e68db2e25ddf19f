/** The same pure function, which keeps its last results: this many, for they can come from outside. */
export const remembered = <T>(work: (key: string) => T, most: number): ((key: string) => T) => {
  const results = new Map<string, T>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = work(key);
    const [oldest] = results.keys();
    if (results.size >= most && oldest !== undefined) results.delete(oldest);
    results.set(key, result);
    return result;
  };
};
