/** Where passes are kept: a Map, or one that forgets. */
interface Passes<T> {
  get(key: string): Promise<T> | undefined;
  set(key: string, pass: Promise<T>): unknown;
  delete(key: string): unknown;
}

/** One pass serves everybody who asks for the same; one that failed is not kept. */
export const onePass = <T>(
  passes: Passes<T>,
  asked: readonly (string | number)[],
  read: () => Promise<T>,
): Promise<T> => {
  const key = JSON.stringify(asked);
  const known = passes.get(key);
  if (known !== undefined) return known;
  const pass = read();
  passes.set(key, pass);
  pass.catch(() => passes.delete(key));
  return pass;
};
