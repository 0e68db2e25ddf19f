import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/platform/errors.ts';
import type { PingPlotter } from '../../src/platform/pingplotter.ts';
import { type Connected, connect, failureOf } from './connect.ts';
import {
  answer,
  breakOff,
  closedAddress,
  deadlineAtServer,
  inTurn,
  json,
  noHttp,
  type Respond,
  rawServer,
  reset,
} from './raw-server.ts';

type Transition = (pingPlotter: PingPlotter) => Promise<unknown>;

const reads: Readonly<Record<string, Transition>> = {
  agents: (p) => p.agents(),
  agent: (p) => p.agent('a1'),
  customFields: (p) => p.customFields(),
  agentStatus: (p) => p.agentStatus('a1'),
  status: (p) => p.status(['a1']),
  liveShares: (p) => p.liveShares(),
  trace: (p) => p.trace('s1', { from: 0, until: 1 }),
};
const changes: Readonly<Record<string, Transition>> = {
  rename: (p) => p.rename('a1', 'new'),
  setSession: (p) => p.setSession('a1', 's1', 'pause'),
  setSessions: (p) => p.setSessions('a1', 'resume'),
  remove: (p) => p.remove('a1', { uninstall: false }),
};
const onces: Readonly<Record<string, Transition>> = {
  create: (p) => p.create({ name: 'new', template: false, targets: [] }),
  reconnect: (p) => p.reconnect('a1'),
  createLiveShare: (p) =>
    p.createLiveShare({ session: 's1', description: '', notes: '', expiresAt: 0 }),
};

interface Case {
  readonly fault: string;
  readonly respond: Respond | 'nobody listens' | 'nobody answers';
  readonly code: ErrorCode;
  /** Tries of a read, a change, and a call that is made once. */
  readonly tries: readonly [read: number, change: number, once: number];
  /** Whether a change that ends so may have taken effect. */
  readonly ambiguous: boolean;
}

const status = (
  code: number,
  expected: Omit<Case, 'fault' | 'respond'>,
  headers: Readonly<Record<string, string>> = {},
): Case => ({
  fault: [`status ${code}`, ...Object.values(headers)].join(' '),
  respond: answer(code, '{"secret":"of the upstream body"}', headers),
  ...expected,
});

const cases: readonly Case[] = [
  {
    fault: 'a refused connection',
    respond: 'nobody listens',
    code: 'unreachable',
    tries: [3, 3, 1],
    ambiguous: false,
  },
  {
    fault: 'a reset connection',
    respond: reset,
    code: 'unreachable',
    tries: [3, 3, 1],
    ambiguous: true,
  },
  {
    fault: 'an answer that breaks off',
    respond: breakOff,
    code: 'unreachable',
    tries: [3, 3, 1],
    ambiguous: true,
  },
  {
    fault: 'no answer',
    respond: 'nobody answers',
    code: 'timeout',
    tries: [2, 1, 1],
    ambiguous: true,
  },
  { fault: 'no HTTP', respond: noHttp, code: 'bad-answer', tries: [1, 1, 1], ambiguous: true },
  status(400, { code: 'rejected', tries: [1, 1, 1], ambiguous: false }),
  status(401, { code: 'key-wrong', tries: [1, 1, 1], ambiguous: false }),
  status(403, { code: 'permission-missing', tries: [1, 1, 1], ambiguous: false }),
  status(404, { code: 'not-found', tries: [1, 1, 1], ambiguous: false }),
  status(405, { code: 'rejected', tries: [1, 1, 1], ambiguous: false }),
  status(408, { code: 'unavailable', tries: [1, 1, 1], ambiguous: false }),
  status(409, { code: 'rejected', tries: [1, 1, 1], ambiguous: false }),
  status(422, { code: 'rejected', tries: [1, 1, 1], ambiguous: false }),
  status(429, { code: 'rate-limited', tries: [3, 3, 1], ambiguous: false }),
  status(429, { code: 'rate-limited', tries: [1, 1, 1], ambiguous: false }, { 'retry-after': '6' }),
  status(500, { code: 'unavailable', tries: [3, 1, 1], ambiguous: true }),
  status(501, { code: 'unavailable', tries: [1, 1, 1], ambiguous: true }),
  status(502, { code: 'unavailable', tries: [3, 3, 1], ambiguous: true }),
  status(503, { code: 'unavailable', tries: [3, 3, 1], ambiguous: true }),
  status(
    503,
    { code: 'unavailable', tries: [1, 1, 1], ambiguous: true },
    { 'retry-after': '3600' },
  ),
  status(504, { code: 'unavailable', tries: [3, 3, 1], ambiguous: true }),
  status(302, { code: 'bad-answer', tries: [1, 1, 1], ambiguous: false }, { location: '/agents' }),
  {
    fault: 'a page of HTML',
    respond: answer(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
    code: 'bad-answer',
    tries: [1, 1, 1],
    ambiguous: true,
  },
  {
    fault: 'truncated JSON',
    respond: answer(200, '[{"UniqueId":"a1"'),
    code: 'bad-answer',
    tries: [1, 1, 1],
    ambiguous: true,
  },
  {
    fault: 'an empty body',
    respond: answer(200, ''),
    code: 'bad-answer',
    tries: [1, 1, 1],
    ambiguous: true,
  },
  {
    fault: 'JSON of another kind',
    respond: answer(200, '"yes"'),
    code: 'bad-answer',
    tries: [1, 1, 1],
    ambiguous: true,
  },
  {
    fault: 'gzip that is none',
    respond: answer(200, 'true', { 'content-encoding': 'gzip' }),
    code: 'bad-answer',
    tries: [1, 1, 1],
    ambiguous: true,
  },
  {
    fault: 'brotli that is none',
    respond: answer(200, '<html>Sign in</html>', { 'content-encoding': 'br' }),
    code: 'bad-answer',
    tries: [1, 1, 1],
    ambiguous: true,
  },
];

const meet = async (respond: Case['respond']): Promise<Connected> => {
  if (respond === 'nobody listens') return connect(await closedAddress());
  if (respond !== 'nobody answers') return connect((await rawServer(respond)).url);
  const deadline = deadlineAtServer();
  return connect((await rawServer(deadline.respond)).url, { after: deadline.after });
};

describe.each(cases)('$fault', ({ respond, code, tries, ambiguous }) => {
  it.each(Object.keys(reads))(`makes %s fail as ${code} after ${tries[0]} tries`, async (name) => {
    const { pingPlotter, calls } = await meet(respond);
    const error = await failureOf(reads[name]?.(pingPlotter) ?? Promise.resolve());
    expect(error).toMatchObject({ code });
    expect(error.detail).not.toHaveProperty('ambiguous');
    expect(calls.map(({ outcome }) => outcome)).toEqual(Array(tries[0]).fill(code));
  });

  it.each(Object.keys(changes))(
    `makes %s fail as ${code} after ${tries[1]} tries`,
    async (name) => {
      const { pingPlotter, calls } = await meet(respond);
      const error = await failureOf(changes[name]?.(pingPlotter) ?? Promise.resolve());
      expect(error).toMatchObject({ code });
      expect(error.detail.ambiguous ?? false).toBe(ambiguous);
      expect(calls).toHaveLength(tries[1]);
    },
  );

  it.each(Object.keys(onces))(`makes %s fail as ${code} after ${tries[2]} try`, async (name) => {
    const { pingPlotter, calls } = await meet(respond);
    const error = await failureOf(onces[name]?.(pingPlotter) ?? Promise.resolve());
    expect(error).toMatchObject({ code });
    expect(error.detail.ambiguous ?? false).toBe(ambiguous);
    expect(calls).toHaveLength(tries[2]);
  });
});

describe.each(['false', 'null'])('a 200 that says %s', (body) => {
  it.each(Object.entries({ ...changes, ...onces }))('is a final no to %s', async (_name, act) => {
    const { pingPlotter, calls } = await meet(answer(200, body));
    const error = await failureOf(act(pingPlotter));
    expect(error).toMatchObject({ code: 'rejected', detail: { status: 200 } });
    expect(error.detail).not.toHaveProperty('ambiguous');
    expect(calls).toHaveLength(1);
  });

  it.each(Object.entries(reads))('cannot be read as %s', async (_name, act) => {
    const { pingPlotter } = await meet(answer(200, body));
    expect((await failureOf(act(pingPlotter))).code).toBe('bad-answer');
  });
});

it.each([
  ['create', 'AgentManagement', onces['create']],
  ['reconnect', 'AgentManagement', onces['reconnect']],
  ['createLiveShare', 'LiveShareManagement', onces['createLiveShare']],
  ['trace', undefined, reads['trace']],
  ['rename', 'AgentManagement', changes['rename']],
  ['remove', 'AgentManagement', changes['remove']],
  ['setSession', 'TargetManagement', changes['setSession']],
  ['setSessions', 'TargetManagement', changes['setSessions']],
  ['agents', undefined, reads['agents']],
  ['status', undefined, reads['status']],
])('names what the key lacks when %s is forbidden: %s', async (_name, permission, act) => {
  const { pingPlotter } = await meet(answer(403, ''));
  const error = await failureOf(act?.(pingPlotter) ?? Promise.resolve());
  expect(error.detail.permission).toBe(permission);
});

describe('sessions', () => {
  it.each([403, 404, 405])('are "not permitted" on a %i', async (code) => {
    const { pingPlotter } = await meet(answer(code, ''));
    expect(await pingPlotter.sessions('a1')).toBe('not permitted');
  });

  it.each([
    [401, 'key-wrong'],
    [400, 'rejected'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
  ])('fail on a %i as %s', async (status, code) => {
    const { pingPlotter } = await meet(answer(status, ''));
    expect((await failureOf(pingPlotter.sessions('a1'))).code).toBe(code);
  });
});

describe('a repeated call', () => {
  it.each(Object.entries(reads))('of %s succeeds once the fault is over', async (name, act) => {
    const whole: Readonly<Record<string, unknown>> = {
      agent: { UniqueId: 'a1' },
      agentStatus: { UniqueId: 'a1' },
      trace: { Data: [] },
    };
    const good = whole[name] ?? [];
    const { pingPlotter, calls } = await meet(inTurn(reset, answer(503, ''), json(good)));
    await act(pingPlotter);
    expect(calls.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ['unreachable', 1],
      ['unavailable', 2],
      ['ok', 3],
    ]);
  });

  it.each(Object.entries(changes))('of %s succeeds once the fault is over', async (_name, act) => {
    const { pingPlotter, calls } = await meet(inTurn(answer(429, ''), reset, json(true)));
    await act(pingPlotter);
    expect(calls).toHaveLength(3);
  });

  it('of a delete that finds the agent gone has succeeded', async () => {
    const { pingPlotter, calls } = await meet(inTurn(reset, answer(404, '')));
    await pingPlotter.remove('a1', { uninstall: true });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['unreachable', 'not-found']);
  });

  it('of a rename that finds the agent gone has failed, and may have been made before', async () => {
    const { pingPlotter } = await meet(inTurn(reset, answer(404, '')));
    expect(await failureOf(pingPlotter.rename('a1', 'new'))).toMatchObject({
      code: 'not-found',
      detail: { ambiguous: true, status: 404 },
    });
  });

  it('waits longer each time', async () => {
    const { pingPlotter, waits } = await meet(answer(503, ''));
    await failureOf(pingPlotter.agents());
    expect(waits).toEqual([300, 600]);
  });

  it('waits as long as the server asks, up to five seconds', async () => {
    const { pingPlotter, waits } = await meet(
      inTurn(
        answer(429, '', { 'retry-after': '5' }),
        answer(503, '', { 'retry-after': '2' }),
        json([]),
      ),
    );
    await pingPlotter.agents();
    expect(waits).toEqual([5000, 2000]);
  });

  it('is left to the caller when the server asks for more', async () => {
    const { pingPlotter, waits } = await meet(answer(429, '', { 'retry-after': '90' }));
    expect(await failureOf(pingPlotter.agents())).toMatchObject({
      code: 'rate-limited',
      detail: { retryAfterMs: 90_000, status: 429 },
    });
    expect(waits).toEqual([]);
  });

  it('repeats a timeout once, and other faults around it', async () => {
    const { respond, after } = deadlineAtServer();
    const server = await rawServer(inTurn(answer(503, ''), respond, json([])));
    const { pingPlotter, calls } = connect(server.url, { after });
    await pingPlotter.agents();
    expect(calls.map(({ outcome }) => outcome)).toEqual(['unavailable', 'timeout', 'ok']);
  });
});
