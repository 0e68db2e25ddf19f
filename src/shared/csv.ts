/** One row, as RFC 4180 has it, without the line's end. */
export const csvLine = (cells: readonly string[]): string => cells.map(cell).join(',');

const cell = (value: string): string => {
  const text = harmless(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A spreadsheet would take such a text for a formula, and names come from outside. */
const harmless = (text: string): string =>
  /^\s*[=+\-@]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
