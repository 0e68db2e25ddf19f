import { expect, it } from 'vitest';
import {
  createGroupFinder,
  withOwnCause,
} from '../../../../src/features/alerting/domain/joining.ts';
import type { StoredAlert } from '../../../../src/features/alerting/store.ts';
import { indexOf } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import { aSession, aView } from '../../fleet/an-agent.ts';
import { aDetail } from '../an-alert.ts';

const minute = 60_000;
const now = Date.parse('2026-11-23T12:00:00Z');

type Kind = 'offline' | 'Poor → crm' | 'Poor → mail';

const detailOf = (kind: Kind, since: number) => {
  const detail = aDetail({
    since,
    ...(kind === 'offline'
      ? { about: 'offline', shown: { word: 'offline' } }
      : { target: { name: kind.slice('Poor → '.length) } }),
  });
  // Being offline is about no target.
  return kind === 'offline'
    ? { ...detail, rows: detail.rows.map(({ target: _, ...row }) => row) }
    : detail;
};

/** `sites` says where each agent is: boi-1 is in Boise. */
const sites: Readonly<Record<string, string>> = { boi: 'Boise', lim: 'Lima' };
const fleet = Object.entries(sites).flatMap(([code, site]) =>
  Array.from({ length: 5 }, (_, at) =>
    aView({
      agent: {
        id: `${code}-${at + 1}`,
        customFields: [
          { name: 'Site', value: site },
          { name: 'Kind', value: 'laptop' },
        ],
      },
      sessions: [aSession({ id: 'c', name: 'crm' }), aSession({ id: 'm', name: 'mail' })],
    }),
  ),
);
const finder = (views: readonly AgentView[]) =>
  createGroupFinder({
    viewOf: (id) => views.find(({ agent }) => agent.id === id),
    index: indexOf(views),
    now,
  });

const alert = (agentId: string, kind: Kind, minutesAgo: number): StoredAlert => {
  const openedAt = now - minutesAgo * minute;
  const place = { account: 'default', conversationKey: 'ops', watchId: 'watch-a', sessionId: '' };
  const detail = detailOf(kind, openedAt);
  return { ...place, id: agentId, number: 1, agentId, openedAt, detail };
};

type Member = readonly [agent: string, kind: Kind, minutesAgo: number];
const group = (...members: readonly Member[]): readonly StoredAlert[] =>
  members.map((one) => alert(...one));

const joins = (members: readonly StoredAlert[], agentId: string, kind: Kind): boolean => {
  const newcomer = alert(agentId, kind, 0);
  const found = finder(fleet)(newcomer, detailOf(kind, now), [{ id: 'group', members }]);
  return found !== undefined;
};

const three = (kind: Kind, minutesAgo: number, sitesOf = ['boi-1', 'boi-2', 'lim-1']) =>
  group(...sitesOf.map((agent): Member => [agent, kind, minutesAgo]));

it.each<[string, readonly StoredAlert[], agent: string, Kind, boolean]>([
  ['gathers, and takes in everybody', three('Poor → crm', 5), 'lim-2', 'offline', true],
  ['takes in whose same target fails', three('Poor → crm', 240), 'lim-2', 'Poor → crm', true],
  ['leaves out another target, long after', three('Poor → crm', 31), 'lim-2', 'Poor → mail', false],
  ['takes it in while agents keep coming', three('Poor → crm', 30), 'lim-2', 'Poor → mail', true],
  ['leaves out another kind of problem', three('Poor → crm', 6), 'lim-2', 'offline', false],
  ['the same the other way round', three('offline', 6), 'lim-2', 'Poor → crm', false],
  ['takes in who goes offline like others', three('offline', 30), 'lim-2', 'offline', true],
  ['but not for hours', three('offline', 31), 'lim-2', 'offline', false],
])('an open group %s', (_, members, agent, kind, expected) => {
  expect(joins(members, agent, kind)).toBe(expected);
});

const site = ['boi-1', 'boi-2', 'boi-3', 'boi-4'];

it('of a whole site takes in its last agent, and nobody of another one', () => {
  const members = three('offline', 10, site);
  expect(joins(members, 'boi-5', 'offline')).toBe(true);
  expect(joins(members, 'lim-1', 'offline')).toBe(false);
});

it('keeps its kind when its members shut their laptops', () => {
  const members = three('Poor → crm', 60).map((member) => ({
    ...member,
    detail: {
      ...detailOf('Poor → crm', member.openedAt),
      rows: [
        ...detailOf('offline', now - 10 * minute).rows,
        ...detailOf('Poor → crm', member.openedAt).rows.map((row) => ({ ...row, state: 'over' })),
      ],
    },
  }));
  expect(joins(members, 'lim-3', 'offline')).toBe(false);
});

it('does not go on by a target that its members, offline by now, cannot feel', () => {
  const members = three('Poor → crm', 60);
  const gone = new Set(members.map(({ agentId }) => agentId));
  const evening = fleet.map((view) => ({
    ...view,
    agent: { ...view.agent, online: !gone.has(view.agent.id) },
  }));
  const newcomer = [alert('lim-2', 'Poor → crm', 0), detailOf('Poor → crm', now)] as const;
  expect(finder(evening)(...newcomer, [{ id: 'group', members }])).toBeUndefined();
  expect(finder(fleet)(...newcomer, [{ id: 'group', members }])).toBe('group');
});

it('of those who went home takes in nobody who does not come, though it is the same place', () => {
  const members = three('offline', 60 * 60, site);
  const late = detailOf('offline', now);
  const missing = {
    ...late,
    rows: late.rows.map((row) => ({ ...row, missing: { from: now - 45 * minute, isSet: false } })),
  };
  const newcomer = { ...alert('boi-5', 'offline', 0), detail: missing };
  const groups = [{ id: 'friday', members }];
  expect(finder(fleet)(newcomer, missing, groups)).toBeUndefined();
  expect(finder(fleet)(newcomer, late, groups)).toBe('friday');
});

it('of laptops alone that nothing explains takes in no server, however many still come', () => {
  const server = aView({
    agent: {
      id: 'srv',
      customFields: [
        { name: 'Site', value: 'Boise' },
        { name: 'Kind', value: 'server' },
      ],
    },
  });
  const members = three('offline', 20);
  const newcomer = [alert('srv', 'offline', 0), detailOf('offline', now)] as const;
  const groups = [{ id: 'evening', members }];
  expect(finder([...fleet, server])(...newcomer, groups)).toBeUndefined();
  const mixed = [...members, alert('srv-2', 'offline', 20)];
  const other = { ...server, agent: { ...server.agent, id: 'srv-2' } };
  const found = finder([...fleet, server, other])(...newcomer, [{ id: 'evening', members: mixed }]);
  expect(found).toBe('evening');
});

it('is chosen among several by who came last', () => {
  const found = finder(fleet)(alert('lim-3', 'Poor → crm', 0), detailOf('Poor → crm', now), [
    { id: 'older', members: three('Poor → crm', 60) },
    { id: 'newer', members: three('Poor → crm', 20) },
  ]);
  expect(found).toBe('newer');
});

it('that nothing explains takes in nobody whose cause explains a whole poll, however many still come', () => {
  const members = three('offline', 20, ['boi-1', 'boi-2', 'lim-1']);
  const newcomers = ['lim-2', 'lim-3', 'lim-4', 'lim-5'].map((agent) => {
    const one = alert(agent, 'offline', 0);
    return { alert: one, detail: detailOf('offline', now) };
  });
  const atLima = fleet.map((view) => ({
    ...view,
    agent: { ...view.agent, online: view.agent.id.startsWith('boi') },
  }));
  const facts = {
    viewOf: (id: string) => atLima.find(({ agent }) => agent.id === id),
    index: indexOf(atLima),
  };
  const apart = withOwnCause(newcomers, facts);
  expect([...apart]).toEqual(['lim-2', 'lim-3', 'lim-4', 'lim-5']);
  const groups = [{ id: 'evening', members }];
  const joined = (known?: ReadonlySet<string>) =>
    newcomers.map((one) => finder(atLima)(one.alert, one.detail, groups, known));
  expect(joined(apart)).toEqual([undefined, undefined, undefined, undefined]);
  expect(joined()).toEqual(['evening', 'evening', 'evening', 'evening']);
});

it('takes in two whom nothing explains', () => {
  const newcomers = ['boi-3', 'lim-2'].map((agent) => ({
    alert: alert(agent, 'offline', 0),
    detail: detailOf('offline', now),
  }));
  const facts = {
    viewOf: (id: string) => fleet.find(({ agent }) => agent.id === id),
    index: indexOf(fleet),
  };
  expect(withOwnCause(newcomers, facts).size).toBe(0);
});
