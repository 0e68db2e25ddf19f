import { expect, it } from 'vitest';
import { describeWatch, WatchRule } from '../../../../src/features/watches/domain/watch.ts';
import { parseWatch } from '../../../../src/features/watches/parse.ts';

it.each([
  ['', 'Poor or offline'],
  ['offline', 'Offline'],
  ['below fair', 'Fair or poor'],
  ['fair offline', 'Fair, poor or offline'],
  ['below 70', 'Score below 70'],
  ['field.Site:Boise', 'Poor or offline, Site Boise'],
  ['lax field.Site:"New York" after 10m', 'Poor or offline, lax Site "New York", after 10m'],
  ['remind 15m', 'Poor or offline, remind every 15m'],
  ['-field.Site:Boise', 'Poor or offline, -field.Site:Boise'],
])('watch %s is notified as %j', (rest, words) => {
  expect(describeWatch(parseWatch(rest))).toBe(words);
});

it.each([
  [{ person: { id: 'megan', name: 'Megan Bowen' } }, 'escalate to Megan Bowen after 30m'],
  [{ field: 'Manager' }, 'escalate to field.Manager after 30m'],
  [{ field: 'Site Manager' }, 'escalate to field."Site Manager" after 30m'],
])('an escalation to %j is notified as %j', (to, words) => {
  const rule = { ...parseWatch('offline'), escalate: { to, afterMs: 1_800_000 } };
  expect(describeWatch(rule)).toBe(`Offline, ${words}`);
});

it('shows the quiet hours', () => {
  const quiet = { from: '22:00', to: '07:00', days: [1, 2, 3], timeZone: 'Europe/Berlin' };
  expect(describeWatch({ ...parseWatch(''), quiet })).toBe('Poor or offline, quiet 22:00–07:00');
});

it.each([
  [{ filter: '', quality: { below: 101 }, offline: true }],
  [{ filter: '', quality: { word: 'good' }, offline: true }],
  [{ filter: '', quality: 'none', offline: true, afterMs: 0 }],
  [{ filter: '', quality: 'none' }],
])('%j is no rule', (stored) => {
  expect(WatchRule.safeParse(stored).success).toBe(false);
});
