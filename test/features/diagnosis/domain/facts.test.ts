import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/features/diagnosis/domain/diagnosis.ts';
import { diagnosisFacts } from '../../../../src/features/diagnosis/domain/facts.ts';
import { indexOf } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import type { Trait } from '../../../../src/features/diagnosis/domain/traits.ts';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import type { QualityWord } from '../../../../src/platform/agent.ts';
import { aReading, aSession, aView } from '../../fleet/an-agent.ts';

const session = (id: string, word: QualityWord, address?: string) =>
  aSession({
    id,
    name: id,
    readings: [aReading({ word })],
    ...(address === undefined ? {} : { address }),
  });
const agent = {
  id: 'lax',
  address: '203.0.113.7',
  wifi: true,
  vpn: false,
  network: { gateway: '10.4.0.1', signalPercent: 38, noisePercent: 12 },
};
const view = aView({
  agent,
  sessions: [
    session('crm', 'poor', '198.51.100.1'),
    session('Hall', 'fair', '10.4.0.1'),
    session('web', 'good'),
    { ...session('old', 'poor'), stale: true },
    { ...session('held', 'poor'), state: 'paused' },
  ],
});
const other = (id: string, word: QualityWord, more: object = {}) =>
  aView({ agent: { id, ...more }, sessions: [session(`${id}-crm`, word, '198.51.100.1')] });

const insideOf = (
  kind: Trait['kind'],
  subject: AgentView,
  about: string | undefined,
  fleet: readonly AgentView[],
) =>
  diagnosisFacts(subject, about, indexOf(fleet)).circles.find(({ trait }) => trait.kind === kind)
    ?.inside;

describe('the facts about a failing target', () => {
  it('are those of the agent itself', () => {
    expect(diagnosisFacts(view, 'crm', indexOf([view]), 'to-wifi')).toMatchObject({
      target: 'crm',
      near: { name: 'Hall', reach: 'badly' },
      otherTargets: { well: 1, badly: 0 },
      wifi: true,
      signalPercent: 38,
      noisePercent: 12,
      vpn: false,
      changed: 'to-wifi',
      tracing: { well: 0, badly: 0 },
      besides: { well: 0, badly: 0 },
      neighbours: { well: 0, badly: 0 },
    });
  });

  it('know the router by its name too', () => {
    const home = aView({ sessions: [session('crm', 'poor'), session('My router', 'good')] });
    expect(diagnosisFacts(home, 'crm', indexOf([])).near).toEqual({
      name: 'My router',
      reach: 'well',
    });
  });

  it('count those who reach the same target, by where they are', () => {
    const network = { gateway: '10.4.0.1' };
    const fleet = [
      view,
      other('same site', 'poor', { network, address: '203.0.113.7' }),
      other('another home', 'good', { network, address: '192.0.2.1' }),
      other('same provider', 'fair', { address: '203.0.113.9' }),
      other('no data', 'unknown', { address: '203.0.113.9' }),
      other('offline', 'poor', { online: false, address: '203.0.113.9' }),
      aView({ agent: { id: 'another target' }, sessions: [session('web', 'poor')] }),
    ];
    const facts = diagnosisFacts(view, 'crm', indexOf(fleet));
    expect(facts.tracing).toEqual({ well: 1, badly: 2 });
    expect(facts.neighbours).toEqual({ well: 0, badly: 1 });
    expect(insideOf('gateway', view, 'crm', fleet)).toEqual({ well: 0, badly: 1 });
    // What its own place has by itself says nothing about its provider.
    expect(insideOf('prefix', view, 'crm', fleet)).toEqual({ well: 0, badly: 1 });
  });

  it.each<[Trait['kind'], object, object]>([
    ['vpn', { vpn: true }, { vpn: true }],
    [
      'pool',
      { vpn: true, network: { address: '10.9.1.2' } },
      { vpn: true, network: { address: '10.9.7.7' } },
    ],
    ['platform', { platform: 'macOS' }, { platform: 'macos' }],
    ['version', { clientDetails: 'Agent 3.2' }, { clientDetails: 'Agent 3.2' }],
    ['prefix', { address: '2001:db8:1::7' }, { address: '2001:db8:2::7' }],
    ['line', { address: '203.0.113.7' }, { address: '203.0.113.7' }],
    [
      'field',
      { customFields: [{ name: 'Site', value: 'Boise' }] },
      { customFields: [{ name: 'site', value: 'BOISE' }] },
    ],
  ])('compare those with the same %s', (kind, own, theirs) => {
    const subject = aView({
      agent: { id: 'lax', ...own },
      sessions: [session('crm', 'poor', '198.51.100.1')],
    });
    const fleet = [
      subject,
      other('a', 'poor', theirs),
      other('b', 'good', theirs),
      other('c', 'good'),
    ];
    expect(insideOf(kind, subject, 'crm', fleet)).toEqual({ well: 1, badly: 1 });
  });

  it.each([
    ['NotSpecified is no platform', { platform: 'NotSpecified' }],
    ['a department is no place', { customFields: [{ name: 'Department', value: 'Sales' }] }],
    ['a private address is no line', { address: '192.168.1.7' }],
    ['an empty field is none', { customFields: [{ name: 'Site', value: ' ' }] }],
  ])('%s', (_, own) => {
    const subject = aView({ agent: { id: 'lax', ...own }, sessions: [session('crm', 'poor')] });
    expect(diagnosisFacts(subject, 'crm', indexOf([subject])).circles).toEqual([]);
  });

  it('compare how most is reached where hardly anybody there traces the target', () => {
    const customFields = [{ name: 'Site', value: 'Boise' }];
    const subject = aView({
      agent: { id: 'lax', customFields },
      sessions: [session('crm', 'poor')],
    });
    const fleet = ['a', 'b', 'c'].map((id) =>
      aView({ agent: { id, customFields }, sessions: [session('web', 'poor')] }),
    );
    expect(insideOf('field', subject, 'crm', [subject, ...fleet])).toEqual({ well: 0, badly: 3 });
  });

  it('leave out what is not known', () => {
    const bare = aView({ sessions: [session('crm', 'poor')] });
    const facts = diagnosisFacts(bare, 'crm', indexOf([]));
    for (const fact of ['near', 'wifi', 'signalPercent', 'noisePercent', 'vpn', 'changed'])
      expect(facts).not.toHaveProperty(fact);
  });
});

it('counts, for an agent that is offline, who left together with it', () => {
  const minute = 60_000;
  const customFields = [{ name: 'Site', value: 'Boise' }];
  const away = (id: string, lastSeen: number | 'never') =>
    other(id, 'good', { customFields, online: false, lastSeen });
  const subject = away('lax', 100 * minute);
  const fleet = [
    subject,
    away('together', 103 * minute),
    away('hours before', 10 * minute),
    away('new', 'never'),
    other('here', 'good', { customFields }),
    other('when is not known', 'good', { customFields, online: false }),
  ];
  const facts = diagnosisFacts(subject, undefined, indexOf(fleet));
  expect(facts).not.toHaveProperty('target');
  expect(facts.neighbours).toEqual({ well: 1, badly: 2 });
});

describe('C12: the facts about a router that fails itself', () => {
  const home = (crm: QualityWord) =>
    aView({
      agent,
      sessions: [
        session('Hall', 'poor', '10.4.0.1'),
        session('crm', crm, '198.51.100.1'),
        session('web', crm),
      ],
    });
  const elsewhere = ['a', 'b', 'c'].map((id) =>
    aView({
      agent: { id, network: { gateway: '10.4.0.1' }, address: `192.0.2.${id.charCodeAt(0)}` },
      sessions: [
        session(`${id}-Hall`, 'good', '10.4.0.1'),
        session(`${id}-crm`, 'good', '198.51.100.1'),
      ],
    }),
  );

  it('are those of the worst target behind it, with the same cause', () => {
    const poor = home('poor');
    const index = indexOf([poor, ...elsewhere]);
    const facts = diagnosisFacts(poor, 'Hall', index);
    expect(facts).toMatchObject({
      target: 'crm',
      ownRouter: true,
      near: { name: 'Hall', reach: 'badly' },
      tracing: { well: 3, badly: 0 },
    });
    expect(diagnose(facts)).toEqual({
      likely: 'wifi',
      because: [
        'its Wi-Fi signal is 38 %',
        'crm behind it is bad too',
        '3 other agents reach crm well',
      ],
    });
    expect(diagnose(diagnosisFacts(poor, 'crm', index)).likely).toBe('wifi');
  });

  it('compare it with no other site’s router where all behind it is fine', () => {
    const fine = home('good');
    const facts = diagnosisFacts(fine, 'Hall', indexOf([fine, ...elsewhere]));
    expect(facts.tracing).toEqual({ well: 0, badly: 0 });
    expect(diagnose(facts)).toEqual({ because: [] });
  });
});
