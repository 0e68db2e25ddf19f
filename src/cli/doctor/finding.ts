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

/** A line for each finding, and under it what to do. */
export const asTable = (findings: readonly Finding[]): string => {
  const checks = widest(findings.map(({ check }) => check));
  const subjects = widest(findings.map(({ subject }) => subject));
  const line = ({ check, subject, ok, reason, mend }: Finding): string => {
    const start = `${ok ? '✓' : '✗'} ${check.padEnd(checks)}  ${subject.padEnd(subjects)}  `;
    const under = mend === undefined ? '' : `\n${' '.repeat(start.length)}→ ${mend}`;
    return `${start}${reason}${under}`;
  };
  return [...findings.map(line), '', verdict(findings)].join('\n');
};

const verdict = (findings: readonly Finding[]): string => {
  const faults = findings.filter(({ ok }) => !ok).length;
  return faults === 0
    ? `All ${findings.length} checks are good.`
    : `${faults} of ${findings.length} checks are not good.`;
};

export const asJson = (findings: readonly Finding[]): string =>
  JSON.stringify({ ok: findings.every(({ ok }) => ok), findings }, null, 2);
