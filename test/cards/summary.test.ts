import { expect, it } from 'vitest';
import { changeLine } from '../../src/features/changes/cards/change-line.ts';
import { previewLine } from '../../src/features/fleet/cards/agent-line.ts';
import { aReader, hour, lax12, now, tenAgents } from './a-fleet.ts';
import { gallery } from './gallery.ts';

const summaryOf = (name: string): string | undefined =>
  gallery.find(([one]) => one === name)?.[1].summary;

it.each([
  ['fleet.first-page', '2 Poor · 2 Fair · 3 offline · 1 never connected · 2 no data · 30 Good'],
  ['fleet.nothing-matches', 'Nothing found: no agent matches “is:poor oslo”.'],
  ['agent.poor', 'Poor 41 · LAX-12 → crm · 1 min'],
  ['agent.offline', 'Offline · LAX-12 · last seen 3 h ago'],
  ['agent.template', 'Template · Laptop'],
  ['agent.done-paused', 'LAX-12: Paused crm · by Alex Wilber at 12:40'],
  ['delete.online', 'Delete LAX-12?'],
  ['error.rate-limited', 'Too many requests: PingPlotter asks for a pause. Try again in 30 s.'],
])('the toast of %s tells enough', (name, summary) => {
  expect(summaryOf(name)).toBe(summary);
});

const by = { by: 'Alex Wilber', at: now - hour };

it.each([
  [
    { ...by, what: 'paused', sessions: ['crm'], all: false },
    'Paused crm · by Alex Wilber at 11:41',
  ],
  [
    { ...by, what: 'paused', sessions: [], all: true },
    'Paused all targets · by Alex Wilber at 11:41',
  ],
  [
    { ...by, what: 'paused', sessions: ['a', 'b'], all: true },
    'Paused all 2 targets · by Alex Wilber at 11:41',
  ],
  [
    { ...by, what: 'resumed', sessions: ['a', 'b', 'c', 'd'], all: false },
    'Resumed a, b, c and 1 more target · by Alex Wilber at 11:41',
  ],
  [
    { ...by, what: 'renamed', before: 'LAX-12', after: 'LAX-13' },
    'Renamed LAX-12 → LAX-13 · by Alex Wilber at 11:41',
  ],
  [{ ...by, what: 'reconnected' }, 'Reconnect asked for · by Alex Wilber at 11:41'],
  [{ ...by, what: 'taken-back', of: 'pause' }, 'Pause taken back · by Alex Wilber at 11:41'],
] as const)('%j in one line', (done, line) => {
  expect(changeLine(done, aReader())).toBe(line);
});

it('a search result tells the state first', () => {
  expect(previewLine(lax12(), aReader())).toEqual({
    title: 'LAX-12',
    subtitle: 'Poor 41 · Los Angeles · Wi-Fi 38 % · crm Poor 41 · vpn Fair 67',
  });
  expect(tenAgents.map((view) => previewLine(view, aReader()).subtitle)).toContain(
    'Offline · Berlin · last seen 3 h ago',
  );
});
