import { describe, expect, it } from 'vitest';
import type { AlertDetail } from '../../../../src/features/alerting/domain/alert-detail.ts';
import { readDetail } from '../../../../src/features/alerting/domain/alert-detail.ts';
import { type AlertView, viewGroup } from '../../../../src/features/alerting/domain/alert-view.ts';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import type { NamedWatch } from '../../../../src/features/watches/domain/watch.ts';
import type { Agent } from '../../../../src/platform/agent.ts';
import { optional } from '../../../../src/shared/optional.ts';
import { aView } from '../../fleet/an-agent.ts';
import { type OneProblem, oneProblem } from '../one-problem.ts';

const watch: NamedWatch = {
  id: 'w',
  number: 1,
  rule: { filter: '', quality: { word: 'fair' }, offline: true },
  madeBy: 'Ada',
};

const byScore: NamedWatch = { ...watch, rule: { ...watch.rule, quality: { below: 70 } } };

const detail = (agent: string, overrides: Partial<OneProblem>): AlertDetail =>
  oneProblem(
    {
      about: 'quality',
      agentName: agent.toUpperCase(),
      target: { name: 'crm' },
      state: 'open',
      since: 100,
      at: 200,
      shown: { word: 'poor', score: 40 },
      circumstances: [],
      ...overrides,
    },
    { watchId: 'w' },
  );

let numbers = 0;

const alert = (
  agentId: string,
  overrides: Partial<OneProblem> = {},
  ackedBy?: AlertView['ackedBy'],
  watches: readonly NamedWatch[] = [watch],
): AlertView => {
  numbers += 1;
  return {
    id: `alert-${numbers}`,
    number: numbers,
    agentId,
    detail: detail(agentId, overrides),
    notes: [],
    watches,
    ...optional('ackedBy', ackedBy),
  };
};

const view = (id: string, site: string, traits: Partial<Agent> = {}): AgentView =>
  aView({ agent: { id, customFields: [{ name: 'Site', value: site }], ...traits } });

describe('a group as it is notified', () => {
  it.each([
    ['poor', {}, watch],
    ['offline', { about: 'offline', shown: { word: 'offline' } }, watch],
    ['fair', { shown: { word: 'fair', score: 60 } }, watch],
    ['low', { shown: { word: 'fair', score: 60 } }, byScore],
    ['low', { shown: { word: 'good', score: 69 } }, byScore],
    ['unsteady', { state: 'unsteady' }, watch],
    ['over', { state: 'over' }, watch],
    ['over', { state: 'gone' }, undefined],
    ['over', { state: 'closed' }, watch],
  ] as const)('calls a member %s', (state, overrides, by) => {
    const alerts = [alert('a', overrides, undefined, by === undefined ? [] : [by])];
    expect(viewGroup('g', alerts, []).members[0]?.state).toBe(state);
  });

  it('counts agents, by the worst of their targets', () => {
    const told = viewGroup(
      'g',
      [
        alert('a'),
        alert('a', { state: 'over' }),
        alert('b', { state: 'over' }),
        alert('c', { about: 'offline' }),
      ],
      [],
    );
    expect(told).toMatchObject({
      total: 3,
      open: 2,
      title: '2 agents are Poor or offline',
      since: 100,
    });
    expect(told.endedAt).toBeUndefined();
  });

  it('ends with the last of its problems', () => {
    const ended = [alert('a', { state: 'over', at: 300 }), alert('b', { state: 'gone', at: 400 })];
    expect(viewGroup('g', ended, [])).toMatchObject({ open: 0, endedAt: 400 });
  });

  it('is acknowledged while all that is open is', () => {
    const ada = { name: 'Ada', at: 5 };
    const bob = { name: 'Bob', at: 7 };
    const acked = (...alerts: readonly AlertView[]) => viewGroup('g', alerts, []).ackedBy;
    expect(acked(alert('a', {}, ada), alert('b', {}, bob))).toEqual(bob);
    expect(acked(alert('a', {}, ada), alert('b'))).toBeUndefined();
    expect(acked(alert('a', {}, ada), alert('b', { state: 'over' }))).toEqual(ada);
    expect(acked(alert('a', { state: 'over' }, ada))).toBeUndefined();
  });

  it.each([
    [{}, 'field."Site":"Boise"', '2 agents at Boise are Poor'],
    [{ customFields: [{ name: 'Site', value: 'B:*' }] }, undefined, '2 agents at B:* are Poor'],
    [
      { customFields: [], network: { gateway: '10.0.0.1' } },
      undefined,
      '2 agents behind 10.0.0.1 are Poor',
    ],
    [{ customFields: [] }, 'target:"crm"', '2 agents → crm are Poor'],
  ])('tells what its members share: %o', (traits, filter, title) => {
    const fleet = [view('a', 'Boise', traits), view('b', 'Boise', traits), view('c', 'Denver')];
    const told = viewGroup('g', [alert('a'), alert('b')], fleet);
    expect(told.title).toBe(title);
    expect(told.filter).toBe(filter);
  });

  it('names no cause while it does not know every member', () => {
    const told = viewGroup('g', [alert('a'), alert('b')], [view('a', 'Boise')]);
    expect(told.cause).toBeUndefined();
  });
});

describe('an alert’s detail', () => {
  it('is nothing when it cannot be read', () => {
    const alert = { watchId: 'w', sessionId: 's' };
    expect(readDetail({ ...alert, detail: detail('a', {}) })).toEqual(detail('a', {}));
    expect(readDetail({ ...alert, detail: { about: 'weather' } })).toBeUndefined();
  });
});
