import type { Finding } from './finding.ts';

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
