import { expect, it, onTestFinished } from 'vitest';
import {
  type Attempt,
  giveUpAfterMs,
  governmentHost,
  outageTries,
  outcomeOf,
} from '../../src/delivery/outcome.ts';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Delivery } from '../../src/platform/messenger.ts';
import { createTeamsClient } from '../../src/teams/teams-client.ts';
import { type Fault, startConnector } from '../fakes/connector.ts';
import { silentLog } from '../fakes/silent-log.ts';

type Kind = ReturnType<typeof outcomeOf>['kind'];

const card = { content: { type: 'AdaptiveCard' }, summary: 'card' };
const first: Omit<Attempt, 'sending'> = {
  attempt: 1,
  failingForMs: 0,
  inThread: false,
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
};

/** Through the real messenger, as Teams would answer. */
const outcomes = async (fault: Fault | undefined) => {
  const connector = await startConnector();
  onTestFinished(connector.close);
  const { messenger } = createTeamsClient({
    bot: { auth: 'disabled' },
    rateLimiter: createRateLimiter({ clock: systemClock }),
    clock: systemClock,
    log: silentLog,
    metrics: { sent: () => undefined },
  });
  const to = {
    tenantId: 'contoso',
    serviceUrl: connector.url,
    conversationId: '19:a',
    kind: 'channel',
    botId: '28:bot',
    channelId: 'msteams',
  } as const;
  // A reset is met by the repeat too.
  const calls = fault !== undefined && 'how' in fault ? 4 : 2;
  if (fault !== undefined) connector.fault({ ...fault, times: calls });
  const ofPost = await messenger.post(to, card);
  const ofUpdate = await messenger.update(to, 'message-1', card);
  const after = (delivery: Delivery, attempt: Partial<Attempt> & Pick<Attempt, 'sending'>) =>
    outcomeOf(delivery, { ...first, ...attempt }, () => 0).kind;
  return {
    post: after(ofPost, { sending: 'post' }),
    inThread: after(ofPost, { sending: 'post', inThread: true }),
    update: after(ofUpdate, { sending: 'update' }),
    lateUpdate: after(ofUpdate, { sending: 'update', failingForMs: giveUpAfterMs }),
    atGovernmentHost: after(ofPost, { sending: 'post', serviceUrl: governmentHost }),
    calls: connector.calls.length / calls,
  };
};

const code = (status: number, text: string): Fault => ({ status, code: text });
const blocked = {
  status: 403,
  body: { errorCode: 209, message: '{"subCode":"MessageWritesBlocked"}' },
};
const html = {
  status: 502,
  body: '<html>Bad Gateway</html>',
  headers: { 'content-type': 'text/html' },
};

it.each<readonly [string, Fault | undefined, Kind, Kind, Kind]>([
  // answer, of a post, of a post into a thread, of an update
  ['taken', undefined, 'arrived', 'arrived', 'arrived'],
  ['400 Bad Argument', code(400, 'Bad Argument'), 'given-up', 'given-up', 'given-up'],
  ['401 BotNotRegistered', code(401, 'BotNotRegistered'), 'later', 'later', 'later'],
  ...(
    [
      [403, 'BotDisabledByAdmin'],
      [403, 'BotNotInConversationRoster'],
      [404, 'BotNotInConversationRoster'],
      [403, 'ConversationBlockedByUser'],
      [403, 'ForbiddenOperationException'],
    ] as const
  ).map(
    ([status, text]) =>
      [
        `${status} ${text}`,
        code(status, text),
        'conversation-dead',
        'conversation-dead',
        'conversation-dead',
      ] as const,
  ),
  [
    '403 MessageWritesBlocked',
    blocked,
    'conversation-dead',
    'conversation-dead',
    'conversation-dead',
  ],
  [
    '403 without a code',
    { status: 403 },
    'conversation-dead',
    'conversation-dead',
    'conversation-dead',
  ],
  [
    '403 InvalidBotApiHost',
    code(403, 'InvalidBotApiHost'),
    'over-the-government-host',
    'over-the-government-host',
    'over-the-government-host',
  ],
  [
    '403 NotEnoughPermissions',
    code(403, 'NotEnoughPermissions'),
    'given-up',
    'given-up',
    'given-up',
  ],
  [
    '404 ActivityNotFoundInConversation',
    code(404, 'ActivityNotFoundInConversation'),
    'given-up',
    'outside-the-thread',
    'as-new-message',
  ],
  [
    '404 ConversationNotFound',
    code(404, 'ConversationNotFound'),
    'conversation-dead',
    'outside-the-thread',
    'conversation-dead',
  ],
  [
    '404 without a code',
    { status: 404 },
    'conversation-dead',
    'outside-the-thread',
    'as-new-message',
  ],
  ['412 PreconditionFailed', code(412, 'PreconditionFailed'), 'later', 'later', 'later'],
  ['413 MessageSizeTooBig', code(413, 'MessageSizeTooBig'), 'given-up', 'given-up', 'given-up'],
  ['429 Throttled', code(429, 'Throttled'), 'later', 'later', 'later'],
  ['500 ServiceError', code(500, 'ServiceError'), 'later', 'later', 'later'],
  ['502 ServiceError', code(502, 'ServiceError'), 'later', 'later', 'later'],
  ['502 in HTML', html, 'later', 'later', 'later'],
  ['503 without a code', { status: 503 }, 'later', 'later', 'later'],
  ['504 ServiceError', code(504, 'ServiceError'), 'later', 'later', 'later'],
  ['two resets before it took effect', { how: 'reset' }, 'unsure', 'unsure', 'later'],
  ['two resets after it took effect', { how: 'reset-after' }, 'unsure', 'unsure', 'later'],
])('knows what to do after %s', async (name, fault, post, inThread, update) => {
  const seen = await outcomes(fault);
  expect(seen).toMatchObject({ post, inThread, update, calls: 1 });
  // A4: an hour is not enough to give up what the credentials or the service itself are to blame for.
  const isOutage = /^(?:401|500) /u.test(name);
  expect(seen.lateUpdate).toBe(update === 'later' && !isOutage ? 'given-up' : update);
  expect(seen.atGovernmentHost).toBe(post === 'over-the-government-host' ? 'given-up' : post);
});

const throttled = (retryAfterMs?: number): Delivery => ({
  ok: false,
  reason: 'throttled',
  code: 'Throttled',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const posted: Attempt = { ...first, sending: 'post' };

it('waits as long as Teams says', () => {
  expect(outcomeOf(throttled(7000), posted, () => 0)).toEqual({ kind: 'later', waitMs: 7000 });
});

it('ends an outage after some days (A4)', () => {
  const refused = { ok: false, reason: 'unauthorized', code: '401' } as const;
  const after = (attempt: number) => outcomeOf(refused, { ...posted, attempt }, () => 0);
  expect(after(outageTries - 1)).toMatchObject({ kind: 'later', outage: 'unauthorized' });
  expect(after(outageTries)).toEqual({ kind: 'given-up', error: '401' });
});

it('waits longer from one try to the next, by chance a little less', () => {
  const waits = (random: number) =>
    [1, 2, 3, 20].map((attempt) => {
      const outcome = outcomeOf(throttled(), { ...posted, attempt }, () => random);
      return outcome.kind === 'later' ? outcome.waitMs : undefined;
    });
  expect(waits(1)).toEqual([500, 1000, 2000, 30_000]);
  expect(waits(0)).toEqual([250, 500, 1000, 15_000]);
  expect(waits(0.123)).toEqual([281, 562, 1123, 16_845]);
});

it('does not begin a wait that ends after the hour', () => {
  const late = { ...posted, failingForMs: giveUpAfterMs - 5000 };
  expect(outcomeOf(throttled(5000), late, () => 0)).toEqual({ kind: 'later', waitMs: 5000 });
  expect(outcomeOf(throttled(5001), late, () => 0)).toEqual({
    kind: 'given-up',
    error: 'Throttled',
  });
});

it('names the reason where there is no code', () => {
  expect(outcomeOf({ ok: false, reason: 'gone' }, posted, () => 0)).toEqual({
    kind: 'conversation-dead',
    error: 'gone',
  });
});
