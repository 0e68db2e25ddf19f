import { expect, it } from 'vitest';
import { asJson, asTable, reportOn } from '../../../src/cli/doctor/finding.ts';

const clock = reportOn('clock');
const findings = [
  reportOn('database').good('opens', 'and is up to date'),
  clock.bad('against PingPlotter', '600 s ahead', 'Let this machine set its clock by NTP.'),
];

it('has a line for each finding and under it what to do', () => {
  expect(asTable(findings)).toBe(
    [
      '✓ database  opens                and is up to date',
      '✗ clock     against PingPlotter  600 s ahead',
      '                                 → Let this machine set its clock by NTP.',
      '',
      '1 of 2 checks are not good.',
    ].join('\n'),
  );
});

it('says when all is good', () => {
  expect(asTable(findings.slice(0, 1))).toMatch(/^All 1 checks are good\.$/mu);
});

it('is JSON for programs', () => {
  expect(JSON.parse(asJson(findings))).toEqual({ ok: false, findings });
  expect(JSON.parse(asJson(findings.slice(0, 1)))).toMatchObject({ ok: true });
});
