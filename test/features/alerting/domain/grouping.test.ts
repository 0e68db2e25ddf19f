import { expect, it } from 'vitest';
import {
  groupState,
  groupTitle,
  type MemberState,
} from '../../../../src/features/alerting/domain/grouping.ts';
import type { CommonCause } from '../../../../src/features/diagnosis/domain/common-cause.ts';

const cause = (kind: CommonCause['kind'], name: string, value: string): CommonCause => ({
  kind,
  name,
  value,
  members: 3,
  of: 3,
});
const boise = cause('field', 'Site', 'Boise');
const states = (count: number, state: MemberState): readonly MemberState[] =>
  Array.from({ length: count }, () => state);

it.each<[readonly MemberState[], CommonCause | undefined, string]>([
  [[...states(13, 'offline'), 'poor'], boise, '14 agents at Boise are Poor or offline'],
  [states(3, 'poor'), undefined, '3 agents are Poor'],
  [['poor', 'over', 'over'], boise, '1 agent at Boise is Poor'],
  [states(3, 'offline'), cause('gateway', '', '10.4.0.1'), '3 agents behind 10.4.0.1 are offline'],
  [['poor', 'fair', 'poor'], cause('target', '', 'crm'), '3 agents → crm are Poor or Fair'],
  [
    states(3, 'low'),
    cause('field', 'Manager', 'Kim'),
    '3 agents with Manager Kim are below the score',
  ],
  [states(3, 'unsteady'), undefined, '3 agents are unsteady'],
  [states(3, 'over'), boise, '3 agents at Boise are fine again'],
  [['over'], undefined, '1 agent is fine again'],
])('%j is notified as %3$j', (members, shared, title) => {
  expect(groupTitle(groupState(members), shared)).toBe(title);
});

it('counts those that are still open, worst state first', () => {
  expect(groupState(['over', 'fair', 'offline', 'poor', 'poor'])).toEqual({
    total: 5,
    open: 4,
    states: ['poor', 'offline', 'fair'],
  });
});

it.each([
  [['over', 'over', 'over'], '3 agents are fine again'],
  [['usual', 'over', 'usual'], '3 agents are fine again or away as usual'],
  [['usual', 'usual', 'usual'], '3 agents are away as usual'],
  [['unwatched', 'unwatched', 'unwatched'], '3 agents are not watched any more'],
  [['gone', 'over', 'closed'], '3 agents are fine again or closed or deleted'],
] as const)('a group that ended (%j) is called so', (ends, title) => {
  expect(groupTitle(groupState(['over', 'over', 'over']), undefined, ends)).toBe(title);
});
