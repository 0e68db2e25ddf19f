import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { connect, failureOf } from './connect.ts';
import { answer, deadlineAtServer, inTurn, json, type Respond, rawServer } from './raw-server.ts';

describe('connections', () => {
  it('are kept for the next call', async () => {
    const server = await rawServer(json([]));
    const { pingPlotter } = connect(server.url);
    await pingPlotter.agents();
    await pingPlotter.customFields();
    expect(new Set(server.received.map(({ port }) => port)).size).toBe(1);
  });

  it('are new for a call that is made once: a kept one might be dead', async () => {
    const server = await rawServer((request, response) =>
      (request.method === 'GET' ? json([]) : json(true))(request, response),
    );
    const { pingPlotter } = connect(server.url);
    await pingPlotter.agents();
    await pingPlotter.reconnect('a1');
    await pingPlotter.reconnect('a1');
    await pingPlotter.agents();
    const [kept, first, second, again] = server.received.map(({ port }) => port);
    expect(new Set([kept, first, second]).size).toBe(3);
    expect(again).toBe(kept);
  });

  it('carry compressed answers', async () => {
    const server = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('[{"Name":"Site"}]'));
    });
    expect(await connect(server.url).pingPlotter.customFields()).toEqual(['Site']);
  });

  it('count as broken when a compressed answer breaks off', async () => {
    const server = await rawServer((_request, response) => {
      const body = gzipSync(JSON.stringify([{ Name: 'Site' }]));
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length });
      response.write(body.subarray(0, 15), () => response.destroy());
    });
    const { pingPlotter, calls } = connect(server.url);
    expect((await failureOf(pingPlotter.customFields())).code).toBe('unreachable');
    expect(calls).toHaveLength(3);
  });

  it('do not follow a redirect with the key', async () => {
    const elsewhere = await rawServer(json([]));
    const server = await rawServer(answer(307, '', { location: `${elsewhere.url}/agents` }));
    expect((await failureOf(connect(server.url).pingPlotter.agents())).code).toBe('bad-answer');
    expect(elsewhere.received).toEqual([]);
  });

  it('do not take a proxy from the environment', async () => {
    const proxy = await rawServer(json([]));
    const server = await rawServer(json([]));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = proxy.url;
    try {
      await connect(server.url).pingPlotter.agents();
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    }
    expect([proxy.received.length, server.received.length]).toEqual([0, 1]);
  });

  it('read an answer with a byte order mark', async () => {
    const server = await rawServer(answer(200, '\ufeff[{"Name":"Site"}]'));
    expect(await connect(server.url).pingPlotter.customFields()).toEqual(['Site']);
  });
});

/** A byte now and then, without an end. */
const trickle: Respond = (_request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
};

describe('the deadline', () => {
  it('covers an answer that trickles in', async () => {
    const server = await rawServer(trickle);
    const { pingPlotter } = connect(server.url, { timeoutMs: 80 });
    expect(await failureOf(pingPlotter.rename('a1', 'new'))).toMatchObject({
      code: 'timeout',
      detail: { ambiguous: true },
    });
  });

  it('is that of each try', async () => {
    const { respond, after } = deadlineAtServer();
    const server = await rawServer(inTurn(respond, json([])));
    const { pingPlotter } = connect(server.url, { after });
    expect(await pingPlotter.agents()).toEqual({ agents: [], skipped: 0 });
  });
});

describe('a caller who gives up', () => {
  it('before the call makes none', async () => {
    const server = await rawServer(json([]));
    const { pingPlotter, calls } = connect(server.url);
    const error = await failureOf(pingPlotter.rename('a1', 'new', AbortSignal.abort('bye')));
    expect(error.code).toBe('timeout');
    expect(error.detail).not.toHaveProperty('ambiguous');
    expect(calls).toEqual([]);
    expect(server.received).toEqual([]);
  });

  it('during a read ends it without another try', async () => {
    const caller = new AbortController();
    const server = await rawServer(() => caller.abort(new Error('shutting down')));
    const { pingPlotter, calls } = connect(server.url);
    expect((await failureOf(pingPlotter.agents({}, caller.signal))).code).toBe('timeout');
    expect(calls).toHaveLength(1);
  });

  it('during a change leaves its outcome open', async () => {
    const caller = new AbortController();
    const server = await rawServer(() => caller.abort());
    const { pingPlotter } = connect(server.url);
    const change = pingPlotter.setSessions('a1', 'pause', caller.signal);
    expect(await failureOf(change)).toMatchObject({ code: 'timeout', detail: { ambiguous: true } });
  });

  it('between two tries ends the waiting', async () => {
    const caller = new AbortController();
    const server = await rawServer(answer(502, ''));
    const { pingPlotter, calls } = connect(server.url, {
      clock: {
        now: () => 0,
        monotonic: () => 1,
        sleep: async () => {
          caller.abort();
          throw caller.signal.reason;
        },
      },
    });
    expect(await failureOf(pingPlotter.rename('a1', 'new', caller.signal))).toMatchObject({
      code: 'timeout',
      detail: { ambiguous: true },
    });
    expect(calls).toHaveLength(1);
  });

  it('ends all batches of a status', async () => {
    const caller = new AbortController();
    const server = await rawServer(() => caller.abort());
    const { pingPlotter } = connect(server.url);
    const ids = Array.from({ length: 5000 }, (_, index) => `a${index}`);
    expect((await failureOf(pingPlotter.status(ids, caller.signal))).code).toBe('timeout');
  });
});
