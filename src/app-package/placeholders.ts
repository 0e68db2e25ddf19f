const placeholder = /\$\{\{\s*(\w+)\s*\}\}/gu;

export const placeholdersIn = (template: string): readonly string[] => [
  ...new Set([...template.matchAll(placeholder)].map(([, name = '']) => name)),
];

/** Fills the placeholders that stand in the strings of a JSON text; those without a value stay. */
export const fillPlaceholders = (
  template: string,
  values: Readonly<Record<string, string>>,
): string =>
  template.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? JSON.stringify(values[name]).slice(1, -1) : whole,
  );
