export type CheckName =
  | 'Node.js'
  | 'settings'
  | 'database'
  | 'PingPlotter key'
  | 'bot credentials'
  | 'app manifest'
  | 'clock'
  | 'audit log';

export interface Finding {
  readonly check: CheckName;
  /** What of it was looked at. */
  readonly subject: string;
  readonly ok: boolean;
  /** What was seen. Holds no secret. */
  readonly reason: string;
  /** What to do. */
  readonly mend?: string;
}

export interface Report {
  good(subject: string, reason: string, mend?: string): Finding;
  bad(subject: string, reason: string, mend: string): Finding;
  /** It could not be looked at, for what it needs does not work. */
  notChecked(subject: string, why: string): Finding;
}

export const reportOn = (check: CheckName): Report => ({
  good: (subject, reason, mend) => ({
    check,
    subject,
    ok: true,
    reason,
    ...(mend === undefined ? {} : { mend }),
  }),
  bad: (subject, reason, mend) => ({ check, subject, ok: false, reason, mend }),
  notChecked: (subject, why) => ({ check, subject, ok: false, reason: `not checked: ${why}` }),
});

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((it) => it.length));

/** With faults, those come first, and what is fine is folded to a line for each check; else, or for `all`, each has its line. */
export const asTable = (findings: readonly Finding[], { all = false } = {}): string => {
  const faults = findings.filter(({ ok }) => !ok);
  const fine = findings.filter(({ ok }) => ok);
  const folded = faults.length > 0 && !all;
  // Good, with something to know besides.
  const noted = folded ? fine.filter(({ mend }) => mend !== undefined) : fine;
  const rest = fine.filter((finding) => !noted.includes(finding));
  return [
    ...lines([...faults, ...noted]),
    ...(rest.length > 0 ? ['', 'Fine:', ...foldedLines(rest)] : []),
    '',
    verdict(findings),
  ].join('\n');
};

/** A line for each finding, and under it what to do. */
const lines = (findings: readonly Finding[]): readonly string[] => {
  const checks = widest(findings.map(({ check }) => check));
  const subjects = widest(findings.map(({ subject }) => subject));
  return findings.map(({ check, subject, ok, reason, mend }) => {
    const start = `${ok ? '✓' : '✗'} ${check.padEnd(checks)}  ${subject.padEnd(subjects)}  `;
    const under = mend === undefined ? '' : `\n${' '.repeat(start.length)}→ ${mend}`;
    return `${start}${reason}${under}`;
  });
};

const widthOfLine = 100;

/** A line for each check, with all that was looked at of it. */
const foldedLines = (findings: readonly Finding[]): readonly string[] => {
  const checks = [...new Set(findings.map(({ check }) => check))];
  const indent = widest(checks) + 4;
  return checks.flatMap((check) => {
    const subjects = findings.filter((one) => one.check === check).map(({ subject }) => subject);
    const rows = wrapped(subjects, widthOfLine - indent);
    return rows.map((row, place) =>
      place === 0 ? `✓ ${check.padEnd(indent - 2)}${row}` : `${' '.repeat(indent)}${row}`,
    );
  });
};

const wrapped = (words: readonly string[], width: number): readonly string[] => {
  const rows: string[] = [];
  for (const word of words) {
    const last = rows.at(-1);
    if (last === undefined || last.length + word.length + 2 > width) rows.push(word);
    else rows[rows.length - 1] = `${last}, ${word}`;
  }
  return rows;
};

const verdict = (findings: readonly Finding[]): string => {
  const faults = findings.filter(({ ok }) => !ok).length;
  return faults === 0
    ? `All ${findings.length} checks are good.`
    : `${faults} of ${findings.length} checks are not good.`;
};

export const asJson = (findings: readonly Finding[]): string =>
  JSON.stringify({ ok: findings.every(({ ok }) => ok), findings }, null, 2);
