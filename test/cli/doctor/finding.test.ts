import { expect, it } from 'vitest';
import { asJson, asTable, reportOn } from '../../../src/cli/doctor/finding.ts';

const clock = reportOn('clock');
const findings = [
  reportOn('database').good('opens', 'and is up to date'),
  clock.bad('against PingPlotter', '600 s ahead', 'Let this machine set its clock by NTP.'),
];

it('D: shows faults first and what to do about them, and folds what is fine', () => {
  const settings = reportOn('settings');
  const many = [
    ...Array.from({ length: 30 }, (_, number) => settings.good(`SETTING_${number}`, 'set')),
    ...findings,
    reportOn('app manifest').good('build/appPackage.zip', 'is there', 'Check its domain.'),
  ];
  const shown = asTable(many).split('\n');
  expect(shown.slice(0, 6)).toEqual([
    '✗ clock         against PingPlotter   600 s ahead',
    '                                      → Let this machine set its clock by NTP.',
    '✓ app manifest  build/appPackage.zip  is there',
    '                                      → Check its domain.',
    '',
    'Fine:',
  ]);
  expect(shown.slice(-3)).toEqual(['✓ database  opens', '', '1 of 33 checks are not good.']);
  for (let number = 0; number < 30; number += 1)
    expect(shown.join('\n')).toContain(`SETTING_${number}`);
  expect(shown.length).toBeLessThan(16);
  expect(Math.max(...shown.slice(6).map(({ length }) => length))).toBeLessThanOrEqual(100);
});

it('has a line for each finding where all are wanted, faults first', () => {
  expect(asTable(findings, { all: true })).toBe(
    [
      '✗ clock     against PingPlotter  600 s ahead',
      '                                 → Let this machine set its clock by NTP.',
      '✓ database  opens                and is up to date',
      '',
      '1 of 2 checks are not good.',
    ].join('\n'),
  );
});

it('says when all is good', () => {
  expect(asTable(findings.slice(0, 1))).toBe(
    '✓ database  opens  and is up to date\n\nAll 1 checks are good.',
  );
});

it('is JSON for programs', () => {
  expect(JSON.parse(asJson(findings))).toEqual({ ok: false, findings });
  expect(JSON.parse(asJson(findings.slice(0, 1)))).toMatchObject({ ok: true });
});
