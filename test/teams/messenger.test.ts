import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/log.ts';
import type { Address, Delivery } from '../../src/platform/messenger.ts';
import { classify } from '../../src/teams/delivery-outcome.ts';
import { createTeamsClient } from '../../src/teams/teams-client.ts';
import { type Fault, startConnector } from '../fakes/connector.ts';
import { aCard } from './start-bot.ts';

type Operation = 'post' | 'update';
type Reason = Extract<Delivery, { ok: false }>['reason'];

const start = async () => {
  const connector = await startConnector();
  onTestFinished(connector.close);
  const lines: string[] = [];
  const log = createLogger('debug', (line) => lines.push(line));
  const metrics = { sent: () => undefined };
  const clock = systemClock;
  const rateLimiter = createRateLimiter({ clock });
  const client = createTeamsClient({ bot: { auth: 'disabled' }, rateLimiter, clock, log, metrics });
  const address: Address = {
    tenantId: 'tenant-1',
    serviceUrl: connector.url,
    conversationId: '19:general@thread.tacv2;messageid=1',
    kind: 'channel',
    botId: '28:bot',
    botName: 'PingPlotter',
    channelId: 'msteams',
  };
  const send = (operation: Operation, to = address): Promise<Delivery> =>
    operation === 'post'
      ? client.messenger.post(to, aCard('hello'))
      : client.messenger.update(to, 'message-1', aCard('hello'));
  return { ...client, connector, address, send, lines };
};

const blocked = {
  errorCode: 209,
  message: '{"subCode":"MessageWritesBlocked","details":"Thread is not accessible"}',
};
const html = { body: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } };

it.each<readonly [string, Operation, Fault, Reason]>([
  ['400 Bad Argument', 'post', { status: 400, code: 'Bad Argument' }, 'denied'],
  ['401 BotNotRegistered', 'post', { status: 401, code: 'BotNotRegistered' }, 'unauthorized'],
  ['403 BotDisabledByAdmin', 'post', { status: 403, code: 'BotDisabledByAdmin' }, 'gone'],
  [
    '403 BotNotInConversationRoster',
    'post',
    { status: 403, code: 'BotNotInConversationRoster' },
    'gone',
  ],
  [
    '404 BotNotInConversationRoster',
    'post',
    { status: 404, code: 'BotNotInConversationRoster' },
    'gone',
  ],
  [
    '403 ConversationBlockedByUser',
    'post',
    { status: 403, code: 'ConversationBlockedByUser' },
    'gone',
  ],
  [
    '403 ForbiddenOperationException',
    'post',
    { status: 403, code: 'ForbiddenOperationException' },
    'gone',
  ],
  ['403 InvalidBotApiHost', 'post', { status: 403, code: 'InvalidBotApiHost' }, 'wrong-host'],
  ['403 NotEnoughPermissions', 'post', { status: 403, code: 'NotEnoughPermissions' }, 'denied'],
  ['403 MessageWritesBlocked', 'post', { status: 403, body: blocked }, 'gone'],
  ['403 without a code', 'post', { status: 403 }, 'gone'],
  [
    '404 ActivityNotFoundInConversation',
    'update',
    { status: 404, code: 'ActivityNotFoundInConversation' },
    'message-gone',
  ],
  ['404 ConversationNotFound', 'update', { status: 404, code: 'ConversationNotFound' }, 'gone'],
  ['404 without a code', 'post', { status: 404 }, 'gone'],
  ['404 without a code', 'update', { status: 404 }, 'message-gone'],
  ['412 PreconditionFailed', 'post', { status: 412, code: 'PreconditionFailed' }, 'transient'],
  ['413 MessageSizeTooBig', 'post', { status: 413, code: 'MessageSizeTooBig' }, 'too-large'],
  ['429 Throttled', 'post', { status: 429, code: 'Throttled' }, 'throttled'],
  [
    '401 with a word of a conversation',
    'post',
    { status: 401, code: 'ConversationNotFound' },
    'unauthorized',
  ],
  [
    '500 with a word of a conversation',
    'post',
    { status: 500, code: 'ConversationNotFound' },
    'broken',
  ],
  ['500 ServiceError', 'post', { status: 500, code: 'ServiceError' }, 'broken'],
  ['502 ServiceError', 'post', { status: 502, code: 'ServiceError' }, 'transient'],
  ['502 in HTML', 'post', { status: 502, ...html }, 'transient'],
  ['503 without a code', 'post', { status: 503 }, 'transient'],
  ['504 without a code', 'update', { status: 504 }, 'transient'],
  ['a redirect', 'post', { status: 307, headers: { location: 'http://127.0.0.1:9/' } }, 'denied'],
  ['a body that cannot be read', 'post', { status: 201, ...html }, 'ambiguous'],
])('takes %s of a %s as what it is, after one attempt', async (_name, operation, fault, reason) => {
  const { connector, send } = await start();
  connector.fault(fault);
  expect(await send(operation)).toMatchObject({ ok: false, reason });
  expect(connector.calls).toHaveLength(1);
});

it.each(['reset', 'reset-after'] as const)(
  'A11: sends once more, over a new connection, what met a %s',
  async (how) => {
    const { connector, send } = await start();
    connector.fault({ how });
    expect(await send('post')).toMatchObject({ ok: true });
    expect(connector.calls).toHaveLength(2);
    connector.fault({ how, times: 2 });
    expect(await send('post')).toMatchObject({ reason: 'ambiguous', code: 'ECONNRESET' });
    expect(connector.calls).toHaveLength(4);
  },
);

it('passes on how long Teams wants to be left alone', async () => {
  const { connector, send } = await start();
  connector.fault({ status: 429, code: 'Throttled', headers: { 'retry-after': '7' } });
  expect(await send('post')).toEqual({
    ok: false,
    reason: 'throttled',
    code: 'Throttled',
    retryAfterMs: 7000,
  });
});

it('A11: knows that nothing arrived where no connection comes about', async () => {
  const { send, address } = await start();
  const closing = createServer((socket) => socket.resetAndDestroy());
  await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void closing.close());
  const bound = closing.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  const serviceUrl = `https://127.0.0.1:${bound.port}/`;
  expect(await send('post', { ...address, serviceUrl })).toMatchObject({ reason: 'transient' });
});

it('knows that nothing arrived where nobody listens', async () => {
  const { connector, send } = await start();
  await connector.close();
  expect(await send('post')).toMatchObject({ reason: 'transient', code: 'ECONNREFUSED' });
});

it.each<readonly [string, unknown, Reason]>([
  ['a refused client secret', { errorCode: 'invalid_client' }, 'unauthorized'],
  ['an unreachable login', { errorCode: 'network_error' }, 'unauthorized'],
  ['a deadline', new DOMException('aborted', 'AbortError'), 'ambiguous'],
  ['no error at all', undefined, 'ambiguous'],
  ['an empty error', {}, 'ambiguous'],
])('takes %s as what it is', (_name, error, reason) => {
  expect(classify(error, 'post')).toMatchObject({ ok: false, reason });
});

it('posts into the thread and updates in place', async () => {
  const { connector, send, address } = await start();
  const posted = await send('post');
  expect(posted).toEqual({ ok: true, activityId: 'message-1' });
  expect(await send('update')).toEqual({ ok: true, activityId: 'message-1' });
  expect(connector.activities).toMatchObject([{ conversationId: address.conversationId }]);
  expect(connector.updates).toMatchObject([{ id: 'message-1', activity: { summary: 'hello' } }]);
  expect(connector.messages('19:general@thread.tacv2')).toHaveLength(1);
});

it('replies where there is something to reply to', async () => {
  const { connector, messenger, address } = await start();
  await messenger.post({ ...address, replyToId: 'm/1' }, aCard('hello'));
  expect(connector.activities).toMatchObject([{ replyTo: 'm/1', activity: { replyToId: 'm/1' } }]);
});

it('sends no card with a typing indicator', async () => {
  const { connector, messenger, address } = await start();
  expect(await messenger.typing(address)).toMatchObject({ ok: true });
  expect(connector.activities[0]?.activity).not.toHaveProperty('attachments');
});

it('logs a failure without what Teams wrote about it', async () => {
  const { connector, send, lines } = await start();
  connector.fault({ status: 403, body: { error: { code: 'Odd', message: 'secret detail' } } });
  await send('post');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"code":"Odd"');
  expect(lines[0]).not.toContain('secret detail');
});
