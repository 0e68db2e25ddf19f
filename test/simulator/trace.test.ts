import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { started, startedAt } from './started.ts';

const minute = 60_000;
const fleet = [
  simulatedAgent({
    id: 'a1',
    name: 'A1',
    sessions: [
      simulatedSession({ id: 's1' }),
      simulatedSession({ id: 'bad', readings: [simulatedReading({ score: 30 })] }),
    ],
  }),
];
const iso = (at: number): string => new Date(at).toISOString();
const points = (session: string, from: number, until: number): string =>
  `/session-trace-data/${session}/points?startTime=${iso(from)}&endTime=${iso(until)}`;

describe('trace data', () => {
  it('has a bucket for each five minutes, with fewer packets in the running one', async () => {
    const { call, advance } = await started({ agents: fleet });
    advance(2 * minute);
    const now = startedAt + 2 * minute;
    const { json } = await call('GET', points('s1', now - 12 * minute, now));
    expect(json).toMatchObject({
      SessionId: 's1',
      AgentUniqueId: 'a1',
      AgentName: 'A1',
      TargetName: 'crm',
      Data: [
        { Timestamp: iso(startedAt - 10 * minute), PacketsSent: 120 },
        { Timestamp: iso(startedAt - 5 * minute), PacketsSent: 120 },
        { Timestamp: iso(startedAt), PacketsSent: 48 },
      ],
    });
  });

  it('loses packets where the score is bad', async () => {
    const { call } = await started({ agents: fleet });
    for (const [session, loses] of [
      ['s1', false],
      ['bad', true],
    ] as const) {
      const { text } = await call('GET', points(session, startedAt - 60 * minute, startedAt));
      expect(/"PacketsLost":[1-9]/u.test(text)).toBe(loses);
    }
  });

  it('has a gap while the agent was away, and its past as it was', async () => {
    const { call, advance, simulator } = await started({ agents: fleet });
    simulator.remember([{ at: startedAt - 30 * minute, agents: fleet }]);
    for (const online of [true, false, true]) {
      simulator.edit.setOnline('a1', online);
      for (let ticks = 0; ticks < 6; ticks += 1) {
        simulator.tick();
        advance(5 * minute);
      }
    }
    const now = startedAt + 90 * minute;
    const { json } = await call('GET', points('s1', startedAt - 40 * minute, now));
    const times = (json as { readonly Data: readonly { readonly Timestamp: string }[] }).Data.map(
      ({ Timestamp }) => (Date.parse(Timestamp) - startedAt) / minute,
    );
    expect(times).not.toContain(-10);
    expect(times.filter((at) => at > 35 && at < 60)).toEqual([]);
    expect(times).toEqual(expect.arrayContaining([-40, -30, 0, 25, 60, 85]));
  });

  it('comes as a test says', async () => {
    const bucket = { at: startedAt, latencyMs: 10, jitterMs: 1, sent: 0, lost: 0 };
    const trace = [{ ...bucket, at: startedAt + 5 * minute }, bucket, bucket];
    const { call, simulator } = await started({ agents: fleet });
    simulator.edit.changeSession('a1', 's1', { trace });
    const { json } = await call('GET', points('s1', startedAt, startedAt + 60 * minute));
    expect(json).toMatchObject({
      Data: trace.map(({ at }) => ({ Timestamp: iso(at), PacketsSent: 0 })),
    });
  });

  it('is limited to three years of a session in ten minutes', async () => {
    const { call, advance, simulator } = await started({ agents: fleet });
    for (const session of ['s1', 'bad']) simulator.edit.changeSession('a1', session, { trace: [] });
    const years = points('s1', startedAt - 2 * 365 * 24 * 60 * minute, startedAt);
    expect((await call('GET', years)).status).toBe(200);
    advance(4 * minute);
    const refused = await call('GET', years);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '360']);
    expect((await call('GET', years.replace('s1', 'bad'))).status).toBe(200);
    advance(6 * minute);
    expect((await call('GET', years)).status).toBe(200);
  });

  it.each([
    ['a key that may not', points('s1', 0, 1), 403],
    ['a session that is not there', points('s9', 0, 1), 404],
    ['no period', '/session-trace-data/s1/points', 400],
    ['a period that is none', points('s1', 0, 1).replace('1970', 'x'), 400],
  ])('is refused to %s', async (_name, path, status) => {
    const { call } = await started({
      agents: fleet,
      ...(status === 403 ? { permissions: [] } : {}),
    });
    expect((await call('GET', path)).status).toBe(status);
  });
});

describe('LiveShares', () => {
  it('are made and listed', async () => {
    const { call } = await started({ agents: fleet });
    const body = {
      LinkType: 'session',
      EntityId: 's1',
      Notes: 'Case #1',
      ExpirationDate: iso(startedAt + minute),
    };
    const { json } = await call('POST', '/liveshares', { body });
    expect(json).toMatchObject({
      ...body,
      Active: true,
      ShareUrl: expect.stringMatching(/^https:\/\/share\.pingplotter\.cloud\//u),
    });
    expect((await call('GET', '/liveshares')).json).toEqual([json]);
  });

  it.each([
    ['a key that may not', { LinkType: 'session', EntityId: 's1' }, 403],
    ['a session that is not there', { LinkType: 'session', EntityId: 's9' }, 404],
    ['an agent that is not there', { LinkType: 'agent', EntityId: 's1' }, 404],
    ['what is neither', { LinkType: 'x', EntityId: 's1' }, 400],
  ])('are refused to %s', async (_name, body, status) => {
    const permissions = status === 403 ? [] : ['LiveShareManagement'];
    const { call, simulator } = await started({ agents: fleet, permissions });
    expect((await call('POST', '/liveshares', { body })).status).toBe(status);
    expect(simulator.liveShares).toEqual([]);
  });
});
