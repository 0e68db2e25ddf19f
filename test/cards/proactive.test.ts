import { expect, it } from 'vitest';
import { testNoticeCard } from '../../src/features/alerting/cards/test.ts';
import { resumedCard } from '../../src/features/changes/cards/resumed.ts';
import { outageCard } from '../../src/features/health/cards/outage.ts';
import { aReader, hour, minute, now } from './a-fleet.ts';
import { aWatch } from './a-problem.ts';
import { ofType, rootActions, titles } from './nodes.ts';

it.each([
  ['blind', 'Monitoring is blind · since 12:27'],
  ['sighted', 'Monitoring sees again · after 14 min, from 12:27 to 12:41'],
  ['key-wrong', 'PingPlotter refuses the key · since 12:27'],
  ['key-accepted', 'PingPlotter accepts the key again · after 14 min, from 12:27 to 12:41'],
] as const)('%s is notified in one line', (what, summary) => {
  const model = { what, since: now - 14 * minute, at: now };
  expect(outageCard(model, aReader()).summary).toBe(summary);
});

it('blames the connection when no reason is notified', () => {
  const blind = { what: 'blind', since: now, at: now } as const;
  expect(outageCard(blind, aReader())).toEqual(
    outageCard({ ...blind, why: 'unreadable' }, aReader()),
  );
});

const pause = { agentId: 'a', agentName: 'LAX-12', targets: [], by: 'Alex Wilber', at: now };

it.each([
  [{ dueAt: now - minute }, 'LAX-12 measures again · paused by Alex Wilber until 12:40'],
  [
    { dueAt: now - 3 * hour, targets: ['crm'] },
    'LAX-12 → crm measures again · paused by Alex Wilber until 09:41 · resumed only at 12:41',
  ],
  [
    { dueAt: now - 3 * hour, failed: 'It is gone.' },
    'LAX-12 could not be resumed · paused by Alex Wilber until 09:41 · tried only at 12:41',
  ],
])('%j is a pause that ended', (changes, summary) => {
  expect(resumedCard({ ...pause, ...changes }, aReader()).summary).toBe(summary);
});

it.each([
  ['what failed as a whole', {}, 'operator', ['Resume all', 'Open']],
  ['what failed in part', { targets: ['crm'] }, 'operator', ['Open']],
  ['what failed, for a viewer', {}, 'viewer', ['Open']],
] as const)('%s may be tried again by hand', (_case, changes, role, buttons) => {
  const model = { ...pause, dueAt: now, failed: 'It is gone.', ...changes };
  expect(titles(rootActions(resumedCard(model, aReader({ role })).content))).toEqual(buttons);
});

it.each([
  [{ quality: { word: 'poor' } }, 'Test · Poor 41 · Sample agent → sample target · 4 min'],
  [{ quality: { word: 'fair' } }, 'Test · Fair 67 · Sample agent → sample target · 4 min'],
  [{ quality: { below: 30 } }, 'Test · Poor 29 · Sample agent → sample target · 4 min'],
  [{ quality: { below: 80 } }, 'Test · Poor 41 · Sample agent → sample target · 4 min'],
  [{ quality: 'none' }, 'Test · Offline · Sample agent · 4 min'],
] as const)('the sample for %j is marked as a test', (rule, summary) => {
  const card = testNoticeCard({ watch: aWatch(rule), by: 'Alex Wilber' }, aReader());
  expect(card.summary).toBe(summary);
  expect(ofType(card.content, 'TextBlock')[0]?.['text']).toMatch(/^Test: Sample agent/);
  expect(card.content).not.toHaveProperty('refresh');
});
