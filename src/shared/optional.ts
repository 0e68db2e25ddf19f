/** A property that is left out, not undefined, when there is no value. */
export const optional = <K extends string, V>(
  key: K,
  value: V | undefined,
): { readonly [P in K]?: V } => {
  const property: { [P in K]?: V } = {};
  if (value !== undefined) property[key] = value;
  return property;
};
