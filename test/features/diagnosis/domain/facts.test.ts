import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/features/diagnosis/domain/diagnosis.ts';
import { diagnosisFacts } from '../../../../src/features/diagnosis/domain/facts.ts';
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
  network: { gateway: '10.4.0.1', signalPercent: 38 },
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
const sameGateway = { network: { gateway: '10.4.0.1' } };

describe('the facts about a failing target', () => {
  it('are those of the agent itself', () => {
    expect(diagnosisFacts(view, 'crm', [view])).toEqual({
      target: 'crm',
      near: { name: 'Hall', reach: 'badly' },
      otherTargets: { well: 1, badly: 0 },
      wifi: true,
      signalPercent: 38,
      vpn: false,
      neighbours: { well: 0, badly: 0 },
      elsewhere: { well: 0, badly: 0 },
      withoutVpn: { well: 0, badly: 0 },
    });
  });

  it('know the router by its name too', () => {
    const home = aView({ sessions: [session('crm', 'poor'), session('My router', 'good')] });
    expect(diagnosisFacts(home, 'crm', []).near).toEqual({ name: 'My router', reach: 'well' });
  });

  it('count those who reach the same target, by where they are', () => {
    const facts = diagnosisFacts(view, 'crm', [
      view,
      other('same site', 'poor', { ...sameGateway, address: '203.0.113.7' }),
      other('same site, address inside', 'poor', { ...sameGateway, address: '10.4.0.9' }),
      other('same site, no address', 'good', sameGateway),
      other('a home with such a gateway', 'good', { ...sameGateway, address: '192.0.2.1' }),
      other('elsewhere', 'fair', { vpn: false }),
      other('no data', 'unknown'),
      other('offline', 'poor', { online: false }),
      aView({ agent: { id: 'another target' }, sessions: [session('web', 'poor')] }),
    ]);
    expect(facts.neighbours).toEqual({ well: 1, badly: 2 });
    expect(facts.elsewhere).toEqual({ well: 1, badly: 1 });
    expect(facts.withoutVpn).toEqual({ well: 0, badly: 1 });
  });

  it('know a target without an address by its name', () => {
    const fleet = [aView({ agent: { id: 'bos' }, sessions: [session('WEB', 'good')] })];
    expect(diagnosisFacts(view, 'web', fleet).elsewhere).toEqual({ well: 1, badly: 0 });
  });

  it('leave out what is not known', () => {
    const bare = aView({ sessions: [session('crm', 'poor')] });
    const facts = diagnosisFacts(bare, 'crm', []);
    for (const fact of ['near', 'wifi', 'signalPercent', 'vpn'])
      expect(facts).not.toHaveProperty(fact);
  });
});

it('counts, for an agent that is offline, who else is', () => {
  const facts = diagnosisFacts(view, undefined, [
    other('a', 'good', { ...sameGateway, online: false }),
    other('b', 'good', sameGateway),
    other('new', 'good', { ...sameGateway, online: false, lastSeen: 'never' }),
  ]);
  expect(facts).not.toHaveProperty('target');
  expect(facts.neighbours).toEqual({ well: 1, badly: 1 });
});

describe('C12: the facts about a router that fails itself', () => {
  const home = (signalPercent: number, crm: QualityWord) =>
    aView({
      agent: { ...agent, network: { gateway: '10.4.0.1', signalPercent } },
      sessions: [session('Hall', 'poor', '10.4.0.1'), session('crm', crm, '198.51.100.1')],
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
    const poor = home(38, 'poor');
    const facts = diagnosisFacts(poor, 'Hall', [poor, ...elsewhere]);
    expect(facts).toMatchObject({
      target: 'crm',
      ownRouter: true,
      near: { name: 'Hall', reach: 'badly' },
      elsewhere: { well: 3, badly: 0 },
    });
    expect(diagnose(facts)).toEqual({
      likely: 'wifi',
      because: [
        'its Wi-Fi signal is 38 %',
        'crm behind it is bad too',
        '3 other agents reach crm well',
      ],
    });
    expect(diagnose(diagnosisFacts(poor, 'crm', [poor, ...elsewhere])).likely).toBe('wifi');
  });

  it('compare it with no other site’s router where all behind it is fine', () => {
    const fine = home(90, 'good');
    const facts = diagnosisFacts(fine, 'Hall', [fine, ...elsewhere]);
    expect(facts.elsewhere).toEqual({ well: 0, badly: 0 });
    expect(diagnose(facts)).toEqual({ because: [] });
  });
});
