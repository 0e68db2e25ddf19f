import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createHttpServer, type HttpPorts } from '../../src/http/server.ts';
import { aGate } from '../fakes/gate.ts';

type Body = string | Uint8Array<ArrayBuffer>;

const limit = 256 * 1024;
const silent = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const allWell = { store: true, pingplotter: true, monitor: true, delivery: true };

const start = async (changes: Partial<HttpPorts> = {}) => {
  const receive = vi.fn(async () => ({ status: 200 }));
  const onHint = vi.fn(async () => true);
  const server = createHttpServer({
    refusal: () => undefined,
    receive,
    ready: async () => ({ ready: true, checks: allWell }),
    metricsText: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'bot_up 1\n' }),
    onHint,
    log: silent,
    ...changes,
  });
  const port = await server.listen(0, '127.0.0.1');
  onTestFinished(() => server.close());
  const call = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...init,
      headers: { connection: 'close', ...init.headers },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const post = (body: Body, headers: Readonly<Record<string, string>> = {}) =>
    call('POST', '/api/messages', {
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { server, port, call, post, receive, onHint };
};

const ofSize = (bytes: number) =>
  JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

it('hands over the parsed body and the authorization', async () => {
  const { post, receive } = await start();
  const answer = await post('{"type":"message"}', { authorization: 'Bearer t' });
  expect(answer).toMatchObject({ status: 200, text: '' });
  expect(receive).toHaveBeenCalledWith({ authorization: 'Bearer t', body: { type: 'message' } });
});

it('gives back status and body', async () => {
  const receive = async () => ({ status: 403, body: { error: { code: 'Forbidden' } } });
  const { post } = await start({ receive });
  expect(await post('{}')).toMatchObject({ status: 403, text: '{"error":{"code":"Forbidden"}}' });
});

it.each<readonly [string, number, Body, Readonly<Record<string, string>>]>([
  ['malformed JSON', 400, '{"type":', {}],
  ['no body', 400, '', {}],
  ['a body over the limit', 413, ofSize(limit + 1), {}],
  [
    'a packed body over the limit',
    413,
    gzipSync(ofSize(50 * limit)),
    { 'content-encoding': 'gzip' },
  ],
  ['a packed body that is none', 400, 'not gzip', { 'content-encoding': 'gzip' }],
  ['an unknown packing', 415, '{}', { 'content-encoding': 'compress' }],
  ['a form', 415, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['text', 415, '{}', { 'content-type': 'text/plain' }],
])('refuses %s with %d', async (_name, status, body, headers) => {
  const { post, receive } = await start();
  const answer = await post(body, headers);
  expect(answer.status).toBe(status);
  expect(answer.text).toMatch(/^\{"error":\{"code":"[A-Za-z]+"\}\}$/);
  expect(receive).not.toHaveBeenCalled();
});

it.each<readonly [string, Body, Readonly<Record<string, string>>]>([
  ['a body as large as the limit', ofSize(limit), {}],
  ['a packed body', gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }],
  ['a charset', '{}', { 'content-type': 'application/json; charset=utf-8' }],
  ['a JSON dialect', '{}', { 'content-type': 'application/activity+json' }],
])('takes %s', async (_name, body, headers) => {
  const { post, receive } = await start();
  expect(await post(body, headers)).toMatchObject({ status: 200 });
  expect(receive).toHaveBeenCalledOnce();
});

it('stops a chunked body at the limit', async () => {
  const { port, receive } = await start();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const chunked = httpRequest(
      {
        port,
        host: '127.0.0.1',
        path: '/api/messages',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        agent: new Agent({ keepAlive: false }),
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    chunked.on('error', reject);
    for (let sent = 0; sent <= limit; sent += 1024) chunked.write('x'.repeat(1024));
    chunked.end();
  });
  expect(status).toBe(413);
  expect(receive).not.toHaveBeenCalled();
});

it('refuses a huge body by its announced length, without waiting for it', async () => {
  const { port } = await start();
  const head = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{',
      ),
    );
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
  expect(head).toContain('413');
});

it('outlives a client that hangs up in the middle of its body', async () => {
  const { port, call, receive } = await start();
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
        () => socket.destroy(),
      );
    });
    socket.once('close', () => resolve());
  });
  expect(await call('GET', '/healthz')).toMatchObject({ status: 200 });
  expect(receive).not.toHaveBeenCalled();
});

it('turns away what is more than it can serve at once', async () => {
  const gate = aGate();
  const receive = async () => {
    await gate.opened;
    return { status: 200 };
  };
  const { post } = await start({ receive });
  const allTurnedAway = aGate();
  let turnedAway = 0;
  const answers = Array.from({ length: 205 }, async () => {
    const answer = await post('{}');
    if (answer.status === 503) {
      expect(answer.headers.get('retry-after')).toBe('2');
      turnedAway += 1;
      if (turnedAway === 5) allTurnedAway.open();
    }
    return answer.status;
  });
  await allTurnedAway.opened;
  gate.open();
  const statuses = await Promise.all(answers);
  expect(statuses.filter((status) => status === 200)).toHaveLength(200);
});

/** A connection that sends the head of a message and the first sign of its body, and no more. */
const sendSlowly = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const head =
    'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  return socket;
};

it('gives up on a body that does not come', async () => {
  const { port, receive } = await start({ bodyTimeoutMs: 20 });
  const [head] = await once(await sendSlowly(port), 'data');
  expect(String(head)).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close/iu);
  expect(receive).not.toHaveBeenCalled();
});

it('has room for others, however many send slowly', async () => {
  const { port, post } = await start();
  for (let index = 0; index < 205; index += 1) await sendSlowly(port);
  expect(await post('{}')).toMatchObject({ status: 200 });
});

it.each([
  ['GET', '/healthz', 200],
  ['GET', '/readyz', 200],
  ['GET', '/metrics', 200],
  ['GET', '/api/messages', 405],
  ['PUT', '/api/messages', 405],
  ['GET', '/', 404],
  ['GET', '/nope?secret=1', 404],
  ['GET', '/%', 404],
  ['GET', '/../etc/passwd', 404],
])('answers %s %s with %d and nothing about itself', async (method, path, status) => {
  const { call } = await start();
  const answer = await call(method, path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('server')).toBeNull();
  expect(answer.text).not.toMatch(/restify|node_modules|secret|passwd/i);
});

it('says why it is not ready', async () => {
  const readiness = { ready: false, checks: { ...allWell, store: false } };
  const { call } = await start({ ready: async () => readiness });
  const answer = await call('GET', '/readyz');
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.text)).toEqual(readiness);
});

it('hides what went wrong inside', async () => {
  const receive = async () => {
    throw new Error('the password is hunter2');
  };
  const { post } = await start({ receive });
  const answer = await post('{}');
  expect(answer).toMatchObject({ status: 500, text: '{"error":{"code":"InternalServerError"}}' });
});

const refusingAll = () => ({ status: 401, body: { error: { code: 'Unauthorized' } } });

it('A13: refuses by the head, before the body comes', async () => {
  const { port, receive } = await start({ refusal: refusingAll });
  const sockets = await Promise.all(Array.from({ length: 50 }, () => sendSlowly(port)));
  const heads = await Promise.all(sockets.map(async (socket) => once(socket, 'data')));
  expect(new Set(heads.map(([head]) => String(head).slice(0, 12)))).toEqual(
    new Set(['HTTP/1.1 401']),
  );
  expect(receive).not.toHaveBeenCalled();
});

it('A13: hears a large body out that it has refused already', async () => {
  const { post } = await start({ refusal: refusingAll });
  expect(await post(ofSize(limit + 1))).toMatchObject({ status: 401 });
});

/** A connection that sends all of a body but its last byte. */
const sendNearly = async (port: number, bytes: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  const head = `POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`;
  await new Promise<void>((resolve) =>
    socket.write(head + ofSize(bytes).slice(0, -1), () => resolve()),
  );
  return socket;
};

it('A13: bounds the bytes of all bodies under way, and gives the room back', async () => {
  const { port, post } = await start({ mostBodyBytes: 1000 });
  const first = await sendNearly(port, 900);
  await expect.poll(async () => (await post(ofSize(200))).status).toBe(503);
  expect((await post(ofSize(200))).headers.get('retry-after')).toBe('2');
  expect(await post('{}')).toMatchObject({ status: 200 });
  first.write('}');
  await once(first, 'data');
  expect(await post(ofSize(200))).toMatchObject({ status: 200 });
  const [head] = await once(await sendNearly(port, 1100), 'data');
  expect(String(head)).toMatch(/^HTTP\/1\.1 503/u);
  expect(await post(ofSize(1000))).toMatchObject({ status: 200 });
});

it('A13: holds no room for what comes after its answer', async () => {
  const { port, post } = await start({ mostBodyBytes: 1000, bodyTimeoutMs: 20 });
  const slow = await sendNearly(port, 900);
  const [head] = await once(slow, 'data');
  expect(String(head)).toMatch(/^HTTP\/1\.1 408/u);
  slow.write('}');
  expect(await post(ofSize(1000))).toMatchObject({ status: 200 });
});

it('A13: counts a packed body by what it unpacks to', async () => {
  const { post } = await start({ mostBodyBytes: 1000 });
  const packed = gzipSync(ofSize(1500));
  expect(await post(packed, { 'content-encoding': 'gzip' })).toMatchObject({ status: 503 });
});

it('A13: bounds the number of connections', async () => {
  const { port, call } = await start({ mostConnections: 3 });
  const sockets = await Promise.all(Array.from({ length: 3 }, () => sendSlowly(port)));
  await expect(call('GET', '/healthz')).rejects.toThrow();
  for (const socket of sockets) socket.destroy();
  await expect
    .poll(() =>
      call('GET', '/healthz').then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
});

it.each([
  ['deep', 6000, 400],
  ['too deep', 101, 400],
  ['as deep as may be', 100, 200],
] as const)('F: answers a body that is %s (%d) with %d', async (_name, depth, status) => {
  const { post } = await start();
  const text = '"[[[{{{\\"[[["';
  const nested = `${'['.repeat(depth)}${text}${']'.repeat(depth)}`;
  expect(await post(nested)).toMatchObject({ status });
});

it.each(['constructor', '__proto__', 'toString'])(
  'F: knows no packing called %s',
  async (encoding) => {
    const { post, receive } = await start();
    expect(await post('{}', { 'content-encoding': encoding })).toMatchObject({ status: 415 });
    expect(receive).not.toHaveBeenCalled();
  },
);

const hook = '/api/webhooks/pingplotter';

it.each(['GET', 'POST', 'PUT'])('has no webhook on %s while it is off', async (method) => {
  const { call, onHint } = await start();
  const headers = { 'x-webhook-secret': '' };
  expect(await call(method, hook, { headers })).toMatchObject({ status: 404 });
  expect(onHint).not.toHaveBeenCalled();
});

it.each(['GET', 'POST', 'PUT'])('wants the secret for a webhook on %s', async (method) => {
  const { call, onHint } = await start({ webhookSecret: 's3cret' });
  for (const headers of [{}, { 'x-webhook-secret': 's3cre' }, { authorization: 's3cret' }]) {
    expect(await call(method, hook, { headers })).toMatchObject({ status: 401 });
  }
  const inQuery = `${hook}?X-Webhook-Secret=s3cret&secret=s3cret`;
  expect(await call(method, inQuery)).toMatchObject({ status: 401 });
  expect(onHint).not.toHaveBeenCalled();
});

it.each<readonly [string, string, Readonly<Record<string, string>>, readonly string[]]>([
  ['the query', '?AgentUniqueId=a1', {}, ['a1']],
  ['the header', '', { AgentUniqueId: 'a1' }, ['a1']],
  ['both, once each', '?AgentUniqueId=a1&AgentUniqueId=a2', { AgentUniqueId: 'a1' }, ['a1', 'a2']],
  ['neither', '', {}, []],
])('takes the agent from %s', async (_name, query, headers, agents) => {
  const { call, onHint } = await start({ webhookSecret: 's3cret' });
  const init = {
    headers: { ...headers, 'x-webhook-secret': 's3cret' },
    body: '{"AgentUniqueId":"z"}',
  };
  expect(await call('POST', hook + query, init)).toMatchObject({ status: 202 });
  expect(onHint).toHaveBeenCalledWith(agents, undefined);
});

it('finishes what is under way when it closes, and takes nothing new', async () => {
  const gate = aGate();
  const begun = aGate();
  const receive = async () => {
    begun.open();
    await gate.opened;
    return { status: 200, body: { done: true } };
  };
  const { server, port } = await start({ receive });
  // A kept connection, which would otherwise hold the server open.
  const answer = fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  await begun.opened;
  const closed = server.close();
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  gate.open();
  expect(await (await answer).json()).toEqual({ done: true });
  await closed;
});

it('says that a port is in use instead of crashing', async () => {
  const { port } = await start();
  const second = createHttpServer({
    refusal: () => undefined,
    receive: async () => ({ status: 200 }),
    ready: async () => ({ ready: true, checks: allWell }),
    metricsText: async () => ({ contentType: '', body: '' }),
    onHint: async () => true,
    log: silent,
  });
  await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
