/** One line of the table that `npm run bench` ends with. */
export interface Budget {
  readonly what: string;
  readonly measured: number;
  /** At most this, or at least it where more is better. */
  readonly must: number;
  readonly moreIsBetter?: true;
  /** Of the figures; nothing stands for a ratio. */
  readonly unit?: string;
}

export const budgetHeader = '| what | measured | must | kept |';
const rule = '|---|---|---|---|';

const rounded = (value: number): string =>
  Number.isInteger(value) ? `${value}` : value.toFixed(2);

const row = ({ what, measured, must, moreIsBetter, unit }: Budget): string => {
  const inUnit = unit === undefined ? '' : ` ${unit}`;
  const kept = (moreIsBetter ? measured >= must : measured <= must) ? 'yes' : '**no**';
  return `| ${what} | ${rounded(measured)}${inUnit} | ${moreIsBetter ? '≥' : '≤'} ${must}${inUnit} | ${kept} |`;
};

export const budgetTable = (budgets: readonly Budget[]): string =>
  `${[budgetHeader, rule, ...budgets.map(row)].join('\n')}\n`;

/** The rows of such tables in what a bench printed, and whatever else it printed. */
export const splitTables = (
  printed: string,
): { readonly rows: readonly string[]; readonly rest: string } => {
  const rows: string[] = [];
  const rest: string[] = [];
  let inside = false;
  for (const line of printed.split('\n')) {
    inside = line === budgetHeader || (inside && line.startsWith('|'));
    if (!inside) rest.push(line);
    else if (line !== budgetHeader && line !== rule) rows.push(line);
  }
  return { rows, rest: rest.join('\n').trim() };
};

export const tableOf = (rows: readonly string[]): string =>
  `${[budgetHeader, rule, ...rows].join('\n')}\n`;
