import { expect, it } from 'vitest';
import { agentCard } from '../../../../src/features/fleet/cards/agent.ts';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import { definitionNames } from '../../../../src/features/fleet/domain/agent-view.ts';
import { unnamedScores } from '../../../../src/features/fleet/domain/unnamed-scores.ts';
import type { Reader } from '../../../../src/platform/messenger.ts';
import { wordsOf } from '../../../fakes/card-actions.ts';
import { aReading, aSession, aView } from '../an-agent.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const reader: Reader = { role: 'viewer', kind: 'personal', locale: 'en-US', timeZone: 'UTC', now };

const readings = ['voip', 'web', 'game', 'bulk'].map((definitionId) =>
  aReading({ definitionId, word: 'poor', score: 21, measuredAt: now }),
);
const voice = { id: 'voip', name: 'Voice-over-IP' };

const shown = (view: AgentView): number =>
  wordsOf(agentCard({ view }, reader).content).split('Poor 21').length - 1;

const withTarget = (
  definitions: ReadonlyMap<string, string>,
  expected: typeof voice | undefined,
): AgentView =>
  aView({
    definitions,
    statusWord: 'poor',
    score: 21,
    sessions: [aSession({ readings, expected })],
  });

const unnamed = 'by a definition without a name';

it.each([
  ['one is named, by the agent', new Map<string, string>(), voice, 1, 3],
  ['one is named, by QUALITY_NAMES', new Map([['voip', 'Voice-over-IP']]), undefined, 1, 3],
  ['two are named', new Map([['web', 'Web']]), voice, 2, 2],
])('C11: four definitions of which %s', (_name, definitions, expected, lines, left) => {
  const view = withTarget(definitions, expected);
  // The head of the card says the worst score too.
  expect(shown(view)).toBe(1 + lines);
  expect(wordsOf(agentCard({ view }, reader).content)).not.toContain(unnamed);
  expect(unnamedScores([view])).toMatchObject({ scores: left, targets: 0 });
});

it('C11: a target that is judged by a definition without a name says so, and is counted', () => {
  const view = withTarget(new Map(), undefined);
  expect(shown(view)).toBe(2);
  expect(wordsOf(agentCard({ view }, reader).content)).toContain(unnamed);
  expect(unnamedScores([view])).toEqual({
    scores: 3,
    targets: 1,
    definitions: ['voip', 'web', 'game', 'bulk'],
  });
});

it('C11: says which definitions have no name', () => {
  expect(unnamedScores([withTarget(new Map(), voice)])?.definitions).toEqual([
    'web',
    'game',
    'bulk',
  ]);
  const all = new Map(['web', 'game', 'bulk'].map((id) => [id, id]));
  expect(unnamedScores([withTarget(all, voice)])).toBeUndefined();
});

it('C11: a name that PingPlotter tells wins over the one that was set', () => {
  const names = definitionNames(
    [{ expected: voice }],
    new Map([
      ['voip', 'Old'],
      ['web', 'Web'],
    ]),
  );
  expect([...names]).toEqual([
    ['voip', 'Voice-over-IP'],
    ['web', 'Web'],
  ]);
});
