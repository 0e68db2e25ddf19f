/** A property that is left out, not undefined, when there is no value. */
export const optional = <K extends string, V>(
  key: K,
  value: V | undefined,
): { readonly [P in K]?: V } => {
  const none: { readonly [P in K]?: V } = {};
  return value === undefined ? none : Object.assign({}, none, { [key]: value });
};
