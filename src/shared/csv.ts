export type CsvCell = string | number | undefined;

/** One row, as RFC 4180 has it, without the line's end. */
export const csvLine = (cells: readonly CsvCell[]): string => cells.map(cellText).join(',');

const cellText = (cell: CsvCell): string => {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A spreadsheet would take such a text for a formula, and names come from outside. */
const harmless = (text: string): string =>
  /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;

/** A moment as spreadsheets read it, in UTC. */
export const csvTime = (at: number | undefined): string => {
  const date = new Date(at ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
};
