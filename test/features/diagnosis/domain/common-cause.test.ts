import { describe, expect, it } from 'vitest';
import { commonCauses, suspectOf } from '../../../../src/features/diagnosis/domain/common-cause.ts';
import { indexOf } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import { isPlace } from '../../../../src/features/diagnosis/domain/traits.ts';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import type { Agent, QualityWord } from '../../../../src/platform/agent.ts';
import { aReading, aSession, aView } from '../../fleet/an-agent.ts';

type Targets = Readonly<Record<string, QualityWord>>;

const one = (id: string, traits: Partial<Agent>, targets: Targets): AgentView =>
  aView({
    agent: { id, ...traits },
    sessions: Object.entries(targets).map(([name, word]) =>
      aSession({ id: `${id} ${name}`, name, readings: [aReading({ word })] }),
    ),
  });

let made = 0;
const many = (count: number, traits: Partial<Agent>, targets: Targets) =>
  Array.from({ length: count }, () => {
    made += 1;
    return one(`agent-${made}`, traits, targets);
  });

const fields = (values: Readonly<Record<string, string>>): Partial<Agent> => ({
  customFields: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const poor: Targets = { crm: 'poor', mail: 'poor' };
const good: Targets = { crm: 'good', mail: 'good' };
const crmPoor: Targets = { crm: 'poor', mail: 'good' };

const failingOf = ({ agent, sessions }: AgentView) =>
  agent.online ? sessions.filter(({ readings }) => readings[0]?.word === 'poor') : [];

const causesOf = (affected: readonly AgentView[], others: readonly AgentView[]) =>
  commonCauses(
    affected.map((view) => suspectOf(view.agent, failingOf(view))),
    indexOf([...affected, ...others]),
  );
const best = (affected: readonly AgentView[], others: readonly AgentView[]) =>
  causesOf(affected, others)[0];

describe('what explains the affected best', () => {
  it('is their site, with how many there are affected', () => {
    const boise = fields({ Country: 'US', Site: 'Boise' });
    const found = best(many(14, boise, poor), [
      ...many(1, boise, good),
      ...many(30, fields({ Country: 'US', Site: 'Lima' }), good),
    ]);
    expect(found).toEqual({
      kind: 'field',
      name: 'Site',
      value: 'Boise',
      members: 14,
      of: 15,
      strays: [],
    });
  });

  it('counts those that are as bad without being members, too', () => {
    const boise = fields({ Site: 'Boise' });
    const found = best(many(5, boise, poor), [
      ...many(3, boise, poor),
      ...many(1, boise, good),
      ...many(30, fields({ Site: 'Lima' }), good),
    ]);
    expect(found).toMatchObject({ members: 8, of: 9 });
  });

  it('is a field that all share only where the rest do not', () => {
    const boise = fields({ Country: 'US', Site: 'Boise' });
    const causes = causesOf(
      many(6, boise, poor),
      many(30, fields({ Country: 'US', Site: 'Lima' }), good),
    );
    expect(causes.map(({ name }) => name)).toEqual(['Site']);
  });

  it.each<[string, Partial<Agent>, Partial<Agent>]>([
    ['gateway', { network: { gateway: '10.4.0.1' } }, { network: { gateway: '10.5.0.1' } }],
    ['vpn', { vpn: true }, { vpn: false }],
    ['platform', { platform: 'macOS' }, { platform: 'Windows' }],
    ['version', { clientDetails: '3.2' }, { clientDetails: '3.1' }],
  ])('may be a %s', (kind, theirs, rest) => {
    expect(
      best(many(8, theirs, poor), [...many(1, theirs, good), ...many(30, rest, good)]),
    ).toMatchObject({
      kind,
      members: 8,
      of: 9,
    });
  });

  it('is the provider of homes that share nothing but the beginning of an address', () => {
    const at = (address: string) => ({ address, network: { gateway: '192.168.1.1' } });
    const affected = [2, 3, 4, 5, 6].flatMap((last) => many(1, at(`203.0.113.${last}`), poor));
    const others = Array.from({ length: 30 }, (_, last) =>
      one(`o${last}`, at(`70.1.2.${last}`), good),
    );
    expect(best(affected, others)).toMatchObject({ kind: 'prefix', members: 5, of: 5 });
  });

  it('is the target that fails for those who trace it, whoever they are', () => {
    const affected = [
      ...many(4, fields({ Site: 'Boise' }), crmPoor),
      ...many(5, fields({ Site: 'Lima' }), crmPoor),
    ];
    const others = [...many(2, fields({ Site: 'Boise' }), good), ...many(9, {}, { mail: 'good' })];
    expect(best(affected, others)).toEqual({
      kind: 'target',
      name: '',
      value: 'crm',
      members: 9,
      of: 11,
      strays: [],
    });
  });

  it('is who went offline at one place', () => {
    const boise = fields({ Site: 'Boise' });
    const away = many(4, { ...boise, online: false }, {});
    expect(best(away, many(20, fields({ Site: 'Lima' }), good))).toMatchObject({
      value: 'Boise',
      members: 4,
      of: 4,
    });
  });

  it('leaves out who does not share it, by name', () => {
    const stray = one('stray', fields({ Site: 'Lima' }), poor);
    const affected = [...many(4, fields({ Site: 'Boise' }), poor), stray];
    expect(best(affected, many(20, fields({ Site: 'Lima' }), good))).toMatchObject({
      value: 'Boise',
      strays: ['stray'],
    });
  });

  it('is a place before another field that says the same', () => {
    const both = fields({ Manager: 'Kim', Office: 'Boise' });
    const causes = causesOf(many(6, both, poor), many(30, {}, good));
    expect(causes.map(({ name }) => name)).toEqual(['Office', 'Manager']);
  });
});

describe('nothing explains', () => {
  const boise = fields({ Site: 'Boise' });
  it.each<[string, readonly AgentView[], readonly AgentView[]]>([
    ['nobody', [], many(3, boise, good)],
    ['those who share it with many that are well', many(4, boise, poor), many(12, boise, good)],
    ['three in a fleet of which nobody else is known', many(3, boise, poor), []],
    ['a place of which chance alone gives so many', many(2, boise, poor), many(4, {}, good)],
    ['an empty field', many(4, fields({ Site: ' ' }), poor), many(30, {}, good)],
    [
      'a fleet that is bad as a whole',
      many(4, boise, poor),
      many(30, fields({ Site: 'Lima' }), poor),
    ],
  ])('%s', (_, affected, others) => {
    expect(causesOf(affected, others)).toEqual([]);
  });
});

it.each([
  ['field', 'Site', true],
  ['field', 'Manager', false],
  ['gateway', 'Site', false],
] as const)('a %s named %s is a place: %j', (kind, name, place) => {
  expect(isPlace({ kind, name })).toBe(place);
});
