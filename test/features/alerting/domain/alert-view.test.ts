import { describe, expect, it } from 'vitest';
import type { AlertDetail } from '../../../../src/features/alerting/domain/alert-detail.ts';
import { readDetail } from '../../../../src/features/alerting/domain/alert-detail.ts';
import { type AlertView, viewGroup } from '../../../../src/features/alerting/domain/alert-view.ts';
import { indexOf } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import type { NamedWatch } from '../../../../src/features/watches/domain/watch.ts';
import type { Agent, QualityWord } from '../../../../src/platform/agent.ts';
import { optional } from '../../../../src/shared/optional.ts';
import { aReading, aSession, aView } from '../../fleet/an-agent.ts';
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

/** The words are of crm and mail. */
const view = (
  id: string,
  site: string,
  traits: Partial<Agent> = {},
  words: readonly QualityWord[] = [],
): AgentView =>
  aView({
    agent: { id, customFields: [{ name: 'Site', value: site }], ...traits },
    sessions: words.map((word, at) => {
      const name = at === 0 ? 'crm' : 'mail';
      return aSession({ id: `${id} ${name}`, name, readings: [aReading({ word })] });
    }),
  });

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
    expect(viewGroup('g', alerts).members[0]?.state).toBe(state);
  });

  it('counts agents, by the worst of their targets', () => {
    const told = viewGroup('g', [
      alert('a'),
      alert('a', { state: 'over' }),
      alert('b', { state: 'over' }),
      alert('c', { about: 'offline' }),
    ]);
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
    expect(viewGroup('g', ended)).toMatchObject({ open: 0, endedAt: 400 });
  });

  it('is acknowledged while all that is open is', () => {
    const ada = { name: 'Ada', at: 5 };
    const bob = { name: 'Bob', at: 7 };
    const acked = (...alerts: readonly AlertView[]) => viewGroup('g', alerts).ackedBy;
    expect(acked(alert('a', {}, ada), alert('b', {}, bob))).toEqual(bob);
    expect(acked(alert('a', {}, ada), alert('b'))).toBeUndefined();
    expect(acked(alert('a', {}, ada), alert('b', { state: 'over' }))).toEqual(ada);
    expect(acked(alert('a', { state: 'over' }, ada))).toBeUndefined();
  });

  it('counts those that are muted among the open ones, until the first of the mutes ends', () => {
    const muted = (one: AlertView, mutedUntil: number): AlertView => ({ ...one, mutedUntil });
    expect(viewGroup('g', [alert('a'), alert('b')]).muted).toBeUndefined();
    const some = [
      muted(alert('a'), 900),
      muted(alert('b'), 700),
      alert('c'),
      muted(alert('d', { state: 'over' }), 500),
    ];
    expect(viewGroup('g', some).muted).toEqual({ agents: 2, until: 700 });
  });

  const compared = (fleet: readonly AgentView[], silent: readonly string[] = []) => ({
    index: indexOf(fleet),
    silent: new Set(silent),
  });
  const denver = Array.from({ length: 12 }, (_, at) =>
    view(`d${at}`, 'Denver', {}, ['good', 'good']),
  );
  const three = [alert('a'), alert('b'), alert('c')];
  const fleetOf = (traits: Partial<Agent>) => [
    ...['a', 'b', 'c'].map((id) => view(id, 'Boise', traits, ['poor', 'good'])),
    ...denver,
  ];

  it.each([
    [{}, 'field."Site":"Boise"', '3 agents at Boise are Poor'],
    [{ customFields: [{ name: 'Site', value: 'B:*' }] }, undefined, '3 agents at B:* are Poor'],
    [
      { customFields: [], network: { gateway: '10.0.0.1' } },
      undefined,
      '3 agents behind 10.0.0.1 are Poor',
    ],
    [{ customFields: [] }, undefined, '3 agents are Poor'],
  ])('tells what its members share: %o', (traits, filter, title) => {
    const told = viewGroup('g', three, compared(fleetOf(traits)));
    expect(told.title).toBe(title);
    expect(told.filter).toBe(filter);
  });

  it('tells the target that fails for those who trace it', () => {
    const fleet = ['a', 'b', 'c'].map((id, at) => view(id, `Site ${at}`, {}, ['poor', 'good']));
    const others = Array.from({ length: 9 }, (_, at) =>
      view(`o${at}`, 'Denver', {}, [at < 6 ? 'poor' : 'good', 'good']),
    );
    const told = viewGroup('g', three, compared([...fleet, ...others]));
    expect(told).toMatchObject({
      title: '3 agents → crm are Poor',
      filter: 'target:"crm"',
      cause: { kind: 'target', members: 9, of: 12 },
    });
  });

  it('names who does not share the cause, and forgets who was deleted', () => {
    const boise = ['a', 'b', 'c', 'd'].map((id) => view(id, 'Boise', {}, ['poor', 'good']));
    const stray = view('x', 'Lima', {}, ['poor', 'good']);
    const alerts = [...three, alert('d'), alert('x'), alert('y', { state: 'gone' })];
    const told = viewGroup('g', alerts, compared([...boise, stray, ...denver]));
    expect(told.cause).toMatchObject({ name: 'Site', value: 'Boise', members: 4, of: 4 });
    expect(told.strays).toEqual(['X']);
    expect(told.title).toBe('6 agents are Poor'.replace('6', '5'));
  });

  it('names no cause by a rule that is silent', () => {
    const told = viewGroup('g', three, compared(fleetOf({}), ['group.field']));
    expect(told.cause).toBeUndefined();
  });

  it('names no cause while it does not know every member', () => {
    const told = viewGroup('g', three, compared([view('a', 'Boise'), ...denver]));
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
