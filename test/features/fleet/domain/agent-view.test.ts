import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgentFacts,
  agentIds,
  byStatus,
  countStatuses,
  definitionNames,
  statusOrder,
  viewAgent,
} from '../../../../src/features/fleet/domain/agent-view.ts';
import { shownReading } from '../../../../src/features/fleet/domain/quality.ts';
import type { SeenSession } from '../../../../src/features/fleet/store.ts';
import type {
  AgentStatus,
  LastSeen,
  ListedSession,
  QualityWord,
  Reading,
  SessionState,
  StatusWord,
} from '../../../../src/platform/agent.ts';
import { anAgent, aReading, aView } from '../an-agent.ts';

const now = 1_800_000_000_000;
const staleAfterMs = 300_000;
const fresh = now - 60_000;
const old = now - staleAfterMs - 1;

const viewed = (facts: Partial<AgentFacts>) =>
  viewAgent({ agent: anAgent(), definitions: new Map(), ...facts }, now, staleAfterMs);

/** A status with one target for each list of readings: s1, s2 … */
const aStatus = (
  readings: readonly (readonly Reading[])[],
  overrides: Partial<AgentStatus> = {},
): AgentStatus => ({
  agentId: 'a1',
  targets: readings.map((ofTarget, at) => ({
    sessionId: `s${at + 1}`,
    name: `target ${at + 1}`,
    readings: ofTarget,
  })),
  ...overrides,
});

const measuredNow = (word: QualityWord, score?: number, definitionId = 'voip'): Reading =>
  aReading({ word, definitionId, measuredAt: fresh, ...(score === undefined ? {} : { score }) });
const measuredThen = (word: QualityWord, score?: number, definitionId = 'voip'): Reading => ({
  ...measuredNow(word, score, definitionId),
  measuredAt: old,
});

const listed = (
  id: string,
  state: SessionState,
  overrides: Partial<ListedSession> = {},
): ListedSession => ({ id, agentId: 'a1', name: `listed ${id}`, state, ...overrides });

const seen = (id: string, overrides: Partial<SeenSession> = {}): SeenSession => ({
  id,
  name: `seen ${id}`,
  ...overrides,
});

describe('the standing of an agent', () => {
  it.each<[string, readonly (readonly Reading[])[], StatusWord, number | undefined]>([
    ['follows its only session', [[measuredNow('good', 96)]], 'good', 96],
    [
      'is that of its worst session',
      [[measuredNow('good', 96)], [measuredNow('poor', 38)], [measuredNow('fair', 70)]],
      'poor',
      38,
    ],
    [
      'is that of the lowest score among equals',
      [[measuredNow('fair', 75)], [measuredNow('fair', 71)]],
      'fair',
      71,
    ],
    [
      'goes by the word, not by the score',
      [[measuredNow('good', 20)], [measuredNow('fair', 90)]],
      'fair',
      90,
    ],
    [
      'has no score where the worst session has none',
      [[measuredNow('good', 96)], [measuredNow('poor')]],
      'poor',
      undefined,
    ],
    [
      'is unknown when a session measures the unknown',
      [[measuredNow('good', 96)], [measuredNow('unknown')]],
      'unknown',
      undefined,
    ],
    ['is unknown without a session', [], 'unknown', undefined],
    ['is unknown without a reading', [[]], 'unknown', undefined],
    ['is never good by an old reading', [[measuredThen('good', 96)]], 'unknown', undefined],
    [
      'is not poor by an old reading either',
      [[measuredThen('poor', 20)], [measuredNow('good', 96)]],
      'good',
      96,
    ],
    [
      'needs a date on the reading',
      [[aReading({ word: 'good', score: 96 })]],
      'unknown',
      undefined,
    ],
    [
      'takes the worst of several definitions',
      [[measuredNow('good', 96), measuredNow('fair', 70, 'video')]],
      'fair',
      70,
    ],
    [
      'forgets a definition that is no longer measured',
      [[measuredThen('poor', 5, 'ended'), measuredNow('good', 96)]],
      'good',
      96,
    ],
  ])('%s', (_case, readings, statusWord, score) => {
    const view = viewed({ status: aStatus(readings) });
    expect([view.statusWord, view.score]).toEqual([statusWord, score]);
  });

  it.each<[string, Partial<AgentFacts>, StatusWord]>([
    ['offline', { agent: anAgent({ online: false }) }, 'offline'],
    [
      'never, before it first connected',
      { agent: anAgent({ online: false, lastSeen: 'never' }) },
      'never',
    ],
    [
      'offline, whatever was last measured',
      { agent: anAgent({ online: false }), status: aStatus([[measuredNow('poor', 3)]]) },
      'offline',
    ],
    [
      'offline when the newer status says so',
      { status: aStatus([[measuredNow('good')]], { online: false }) },
      'offline',
    ],
    [
      'online when the newer status says so',
      {
        agent: anAgent({ online: false }),
        status: aStatus([[measuredNow('good')]], { online: true }),
      },
      'good',
    ],
    [
      'paused when all its sessions are',
      { listed: [listed('s1', 'paused'), listed('s2', 'paused')] },
      'paused',
    ],
    [
      'paused, though the last reading is fresh',
      { status: aStatus([[measuredNow('poor')]]), listed: [listed('s1', 'paused')] },
      'paused',
    ],
    [
      'unknown when only some are paused',
      { listed: [listed('s1', 'paused'), listed('s2', 'active')] },
      'unknown',
    ],
    [
      'that of the session that still runs',
      {
        status: aStatus([[measuredNow('poor')], [measuredNow('good')]]),
        listed: [listed('s1', 'paused'), listed('s2', 'active')],
      },
      'good',
    ],
    [
      'blind to closed sessions',
      {
        status: aStatus([[measuredNow('poor')], [measuredNow('good')]]),
        listed: [listed('s1', 'closed'), listed('s2', 'active')],
      },
      'good',
    ],
    ['unknown when every session is closed', { listed: [listed('s1', 'closed')] }, 'unknown'],
  ])('is %s', (_case, facts, statusWord) => {
    expect(viewed(facts).statusWord).toBe(statusWord);
  });

  it('is good only by a fresh reading of an active session', () => {
    const reading = fc.record({
      definitionId: fc.constantFrom('voip', 'video'),
      word: fc.constantFrom<QualityWord>('good', 'fair', 'poor', 'unknown'),
      measuredAt: fc.constantFrom(fresh, old),
    });
    const sessions = fc.array(fc.array(reading, { maxLength: 3 }), { maxLength: 4 });
    const states = fc.array(
      fc.constantFrom<SessionState>('active', 'paused', 'closed', 'unknown'),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(sessions, states, fc.boolean(), (readings, listedStates, online) => {
        const view = viewed({
          agent: anAgent({ online }),
          status: aStatus(readings),
          listed: listedStates.map((state, at) => listed(`s${at + 1}`, state)),
        });
        const counting = view.sessions.filter(({ state, stale }) => state === 'active' && !stale);
        const told = counting.flatMap((session) => shownReading(session) ?? []);
        expect(told.every(({ measuredAt }) => measuredAt === fresh)).toBe(true);
        expect(view.statusWord === 'good').toBe(
          online && told.length > 0 && told.every(({ word }) => word === 'good'),
        );
      }),
    );
  });
});

describe('a session', () => {
  const expected = { id: 'video', name: 'Video Call' };

  it.each<[string, Partial<AgentFacts>, readonly string[]]>([
    ["the agent's expected quality", { agent: anAgent({ expected }) }, ['video', 'voip', 'web']],
    [
      "the session's own expected quality",
      {
        agent: anAgent({ expected: { id: 'voip', name: 'Voice' } }),
        listed: [listed('s1', 'active', { expected })],
      },
      ['video', 'voip', 'web'],
    ],
    ['the worst, when none is expected', {}, ['web', 'voip', 'video']],
    [
      'the worst, when the expected one is not measured',
      { agent: anAgent({ expected: { id: 'rdp', name: 'Remote Desktop' } }) },
      ['web', 'voip', 'video'],
    ],
  ])('shows %s first and leaves the others as they came', (_case, facts, order) => {
    const readings = [
      measuredNow('fair', 70),
      measuredNow('good', 90, 'video'),
      measuredNow('poor', 20, 'web'),
    ];
    const [session] = viewed({ status: aStatus([readings]), ...facts }).sessions;
    expect(session?.readings.map(({ definitionId }) => definitionId)).toEqual(order);
    expect(session && shownReading(session)?.definitionId).toBe(order[0]);
  });

  it('is judged by its expected quality alone, better or worse', () => {
    const readings = [measuredNow('poor', 20, 'web'), measuredNow('good', 90, 'video')];
    const view = viewed({ agent: anAgent({ expected }), status: aStatus([readings]) });
    expect([view.statusWord, view.score]).toEqual(['good', 90]);
  });

  it('is stale when its expected quality is, though another was measured', () => {
    const readings = [measuredNow('good', 90, 'web'), measuredThen('good', 90, 'video')];
    const view = viewed({ agent: anAgent({ expected }), status: aStatus([readings]) });
    expect(view.sessions[0]?.stale).toBe(true);
    expect(view.statusWord).toBe('unknown');
  });

  it.each([
    [[measuredNow('good')], false],
    [[measuredThen('good')], true],
    [[aReading({ measuredAt: now - staleAfterMs })], false],
    [[aReading()], true],
    [[], true],
    [[measuredThen('poor'), measuredNow('good', 90, 'web')], false],
    [[measuredThen('poor'), measuredThen('good', 90, 'web')], true],
  ])('with the readings %j is stale: %j', (readings, stale) => {
    expect(viewed({ status: aStatus([readings]) }).sessions[0]?.stale).toBe(stale);
  });

  it.each<[string, Partial<AgentFacts>, string, string | undefined]>([
    [
      'the list',
      { listed: [listed('s1', 'active', { address: 'listed.example' })], seen: [seen('s1')] },
      'listed s1',
      'listed.example',
    ],
    [
      'the status, where the list has no name',
      { listed: [listed('s1', 'active', { name: '' })] },
      'target 1',
      undefined,
    ],
    [
      'the status, where there is no list',
      { listed: 'not permitted', seen: [seen('s1', { address: 'seen.example' })] },
      'target 1',
      'seen.example',
    ],
    [
      'memory',
      { status: undefined, seen: [seen('s1', { address: 'seen.example' })] },
      'seen s1',
      'seen.example',
    ],
    [
      'its id, when nothing else is known',
      { status: undefined, seen: [seen('s1', { name: '' })] },
      's1',
      undefined,
    ],
  ])('is named by %s', (_case, facts, name, address) => {
    const [session] = viewed({ status: aStatus([[measuredNow('good')]]), ...facts }).sessions;
    expect([session?.name, session?.address]).toEqual([name, address]);
  });
});

describe('the state of a session', () => {
  const by = { name: 'Alex Wilber', at: now - 120_000 };
  const measured = (afterPauseMs: number) =>
    aStatus([[aReading({ measuredAt: by.at + afterPauseMs })]]);
  const paused = [seen('s1', { pausedBy: by })];

  it.each<[string, Partial<AgentFacts>, SessionState, typeof by | undefined]>([
    ['active, when the list says so', { listed: [listed('s1', 'active')] }, 'active', undefined],
    [
      'active, when the list says so and the bot once paused it',
      { listed: [listed('s1', 'active')], seen: paused },
      'active',
      undefined,
    ],
    ['paused, when the list says so', { listed: [listed('s1', 'paused')] }, 'paused', undefined],
    [
      'paused by somebody, when the bot knows who',
      { listed: [listed('s1', 'paused')], seen: paused },
      'paused',
      by,
    ],
    [
      'remembered, when the list does not tell',
      { listed: [listed('s1', 'unknown')], seen: paused },
      'paused',
      by,
    ],
    [
      'active in the status, when the list does not tell',
      { listed: [listed('s1', 'unknown')], status: aStatus([[]]) },
      'active',
      undefined,
    ],
    ['unknown, when nothing tells', { listed: [listed('s1', 'unknown')] }, 'unknown', undefined],
    ['active, when the status holds it', { status: aStatus([[]]) }, 'active', undefined],
    ['unknown, when it was only seen once', { seen: [seen('s1')] }, 'unknown', undefined],
    [
      'paused, when it left the status after the pause',
      { listed: 'not permitted', seen: paused },
      'paused',
      by,
    ],
    [
      'paused, while its reading is older than the pause',
      { status: measured(-1), seen: paused },
      'paused',
      by,
    ],
    [
      'paused, while a sample may still have been on its way',
      { status: measured(15_000), seen: paused },
      'paused',
      by,
    ],
    [
      'active, once a reading is younger than the pause',
      { status: measured(15_001), seen: paused },
      'active',
      undefined,
    ],
    [
      'paused, while its readings have no date',
      { status: aStatus([[aReading()]]), seen: paused },
      'paused',
      by,
    ],
    [
      'active, once any of its readings is younger than the pause',
      {
        status: aStatus([
          [
            aReading({ word: 'poor', measuredAt: by.at - 1 }),
            aReading({ definitionId: 'web', measuredAt: by.at + 60_000 }),
          ],
        ]),
        seen: paused,
      },
      'active',
      undefined,
    ],
  ])('is %s', (_case, facts, state, pausedBy) => {
    const [session] = viewed(facts).sessions;
    expect([session?.state, session?.pausedBy]).toEqual([state, pausedBy]);
  });
});

describe('the sessions of an agent', () => {
  it.each<[string, Partial<AgentFacts>, readonly string[], 'listed' | 'seen' | 'status']>([
    [
      'are those of the list, where it may be read',
      { listed: [listed('s1', 'active')], seen: [seen('gone')] },
      ['s1'],
      'listed',
    ],
    ['are none, where the list is empty', { listed: [], seen: [seen('gone')] }, [], 'listed'],
    [
      'hold what the status has beyond the list',
      { listed: [listed('s2', 'active')], status: aStatus([[measuredNow('poor')]]) },
      ['s1', 's2'],
      'listed',
    ],
    [
      'are those of status and memory, where it may not',
      {
        listed: 'not permitted',
        status: aStatus([[measuredNow('good')]]),
        seen: [seen('s1'), seen('s7')],
      },
      ['s1', 's7'],
      'seen',
    ],
    [
      'are those of status and memory, where it was not read',
      { status: aStatus([[measuredNow('good')]]), seen: [seen('s7')] },
      ['s1', 's7'],
      'status',
    ],
    [
      'leave out what is closed',
      { listed: [listed('s1', 'closed'), listed('s2', 'paused')] },
      ['s2'],
      'listed',
    ],
  ])('%s', (_case, facts, ids, source) => {
    const view = viewed(facts);
    expect(view.sessions.map(({ id }) => id)).toEqual(ids);
    expect(view.source).toBe(source);
  });

  it('come worst first, then those of unknown state and the paused; equals by name', () => {
    const view = viewed({
      status: aStatus([
        [measuredNow('good', 90)],
        [measuredNow('poor', 40)],
        [measuredThen('poor', 1)],
        [measuredNow('fair', 70)],
        [measuredNow('poor', 30)],
        [],
        [],
      ]),
      listed: [
        ...['s1', 's2', 's3', 's4', 's5'].map((id) => listed(id, 'active')),
        listed('s6', 'paused', { name: 'target 10' }),
        listed('s7', 'paused', { name: 'target 9' }),
        listed('s8', 'unknown'),
      ],
    });
    expect(view.sessions.map(({ id }) => id)).toEqual([
      's5',
      's2',
      's4',
      's3',
      's1',
      's8',
      's7',
      's6',
    ]);
  });
});

describe('what is known of an agent', () => {
  it.each<[LastSeen, LastSeen, LastSeen]>([
    [2000, 1000, 2000],
    [1000, 2000, 2000],
    [undefined, 1000, 1000],
    [1000, undefined, 1000],
    ['never', 1000, 1000],
    [1000, 'never', 1000],
    ['never', undefined, 'never'],
    [undefined, 'never', 'never'],
    [undefined, undefined, undefined],
  ])('was seen %j by the status and %j by the list, so %j', (inStatus, inList, lastSeen) => {
    const view = viewed({
      agent: anAgent({ lastSeen: inList }),
      status: aStatus([], { lastSeen: inStatus }),
    });
    expect(view.agent.lastSeen).toBe(lastSeen);
  });

  it('is taken from the status first', () => {
    const { agent } = viewed({
      agent: anAgent({ wifi: true, vpn: true, name: 'LAX' }),
      status: aStatus([], { wifi: false }),
    });
    expect(agent).toMatchObject({ wifi: false, vpn: true, name: 'LAX' });
  });

  it('goes unchanged without a status', () => {
    const agent = anAgent({ wifi: true, lastSeen: 1000 });
    expect(viewed({ agent }).agent).toEqual(agent);
  });
});

describe('a fleet', () => {
  it('is sorted by standing, then score, then name, then id', () => {
    const inOrder = [
      aView({ agent: { id: '1', name: 'z' }, statusWord: 'poor', score: 10 }),
      aView({ agent: { id: '2', name: 'a' }, statusWord: 'poor', score: 20 }),
      aView({ agent: { id: '3', name: 'a' }, statusWord: 'poor' }),
      aView({ agent: { id: '4', name: 'a' }, statusWord: 'fair', score: 5 }),
      aView({ agent: { id: '5', name: 'lax 2' }, statusWord: 'offline' }),
      aView({ agent: { id: '6', name: 'LAX 10' }, statusWord: 'offline' }),
      aView({ agent: { id: '7', name: 'LAX 10' }, statusWord: 'offline' }),
      aView({ agent: { id: '8' }, statusWord: 'never' }),
      aView({ agent: { id: '9' }, statusWord: 'unknown' }),
      aView({ agent: { id: '10' }, statusWord: 'paused' }),
      aView({ agent: { id: '11' }, statusWord: 'good', score: 99 }),
      aView({ agent: { id: '12' }, statusWord: 'good', score: 100 }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), (shuffled) => {
        expect(shuffled.toSorted(byStatus)).toEqual(inOrder);
      }),
    );
  });

  it('is counted by standing, with a nought for each that nobody has', () => {
    const counts = countStatuses([
      { statusWord: 'poor' },
      { statusWord: 'poor' },
      { statusWord: 'never' },
    ]);
    expect(counts).toEqual({
      poor: 2,
      fair: 0,
      offline: 0,
      never: 1,
      unknown: 0,
      paused: 0,
      good: 0,
    });
    expect(Object.keys(counts)).toEqual(statusOrder);
  });

  it('names its quality definitions as far as they are notified', () => {
    const named = [
      { expected: { id: 'voip', name: 'Voice-over-IP' } },
      {},
      { expected: { id: 'video', name: 'Video Call' } },
    ];
    expect([...definitionNames(named)]).toEqual([
      ['voip', 'Voice-over-IP'],
      ['video', 'Video Call'],
    ]);
  });

  it('has the ids of its agents', () => {
    expect(agentIds([anAgent({ id: 'x' }), anAgent({ id: 'y' })])).toEqual(['x', 'y']);
  });
});
