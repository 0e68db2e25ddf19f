import { expect, it, onTestFinished } from 'vitest';
import type { Scope } from '../../src/chat/turn.ts';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { createLogger } from '../../src/platform/log.ts';
import { createTeamsClient } from '../../src/teams/teams-client.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type FakeMember, startConnector } from '../fakes/connector.ts';

const start = async () => {
  const connector = await startConnector();
  onTestFinished(connector.close);
  const clock = fakeClock();
  const { roster } = createTeamsClient({
    bot: { auth: 'disabled' },
    rateLimiter: createRateLimiter({ clock }),
    clock,
    log: createLogger('error', () => undefined),
    metrics: { sent: () => undefined },
  });
  const scope = (objectId: string, tenantId = 'tenant-1'): Scope => ({
    account: 'default',
    address: {
      tenantId,
      serviceUrl: connector.url,
      conversationId: 'a:chat',
      kind: 'personal',
      botId: '28:bot',
      channelId: 'msteams',
    },
    conversationKey: 'a:chat',
    person: { id: `29:${objectId}`, objectId, name: 'Ada' },
    role: 'none',
    locale: 'en-US',
    timeZone: 'UTC',
    activityId: 'activity-1',
    correlationId: 'correlation-1',
  });
  return { connector, clock, roster, scope };
};

it.each<readonly [string, Partial<FakeMember>, boolean]>([
  ['a user', { userRole: 'user' }, false],
  ['an owner', { userRole: 'owner' }, false],
  ['a guest by role', { userRole: 'guest' }, true],
  ['a guest in capitals', { userRole: 'Guest' }, true],
  ['an anonymous participant', { userRole: 'anonymous' }, true],
  ['a guest by name', { userPrincipalName: 'ada_x.com#EXT#@acme.onmicrosoft.com' }, true],
  // G1: in a shared channel the activity carries the tenant of the host.
  ['somebody of another tenant', { userRole: 'user', tenantId: 'tenant-2' }, true],
  ['somebody whose tenant the roster leaves empty', { tenantId: '' }, false],
  ['somebody of the same tenant', { userRole: 'user', tenantId: 'TENANT-1' }, false],
  ['a guest by name, small', { userPrincipalName: 'ada_x.com#ext#@acme.onmicrosoft.com' }, true],
])('knows %s', async (_name, member, guest) => {
  const { connector, roster, scope } = await start();
  connector.member('29:ada', member);
  expect(await roster.isGuest(scope('ada'))).toBe(guest);
});

it('asks once an hour for each person of a tenant, also when asked twice at once', async () => {
  const { connector, clock, roster, scope } = await start();
  await Promise.all([roster.isGuest(scope('ada')), roster.isGuest(scope('ada'))]);
  await clock.advance(3_599_999);
  await roster.isGuest(scope('ada'));
  expect(connector.calls).toHaveLength(1);
  await roster.isGuest(scope('bob'));
  await roster.isGuest(scope('ada', 'tenant-2'));
  expect(connector.calls).toHaveLength(3);
  await clock.advance(2);
  await roster.isGuest(scope('ada'));
  expect(connector.calls).toHaveLength(4);
});

it.each([
  ['is forbidden', { status: 403, code: 'BotNotInConversationRoster' }],
  ['does not know the person', { status: 404 }],
  ['fails', { status: 500 }],
  ['answers nonsense', { status: 200, body: { userRole: 7 } }],
  ['breaks off twice', { how: 'reset', times: 2 }],
] as const)(
  'says that a roster is unreadable that %s, and asks again next time',
  async (_name, fault) => {
    const { connector, roster, scope } = await start();
    connector.fault(fault);
    await expect(roster.isGuest(scope('ada'))).rejects.toMatchObject({ code: 'roster-unreadable' });
    expect(await roster.isGuest(scope('ada'))).toBe(false);
    expect(connector.calls).toHaveLength('times' in fault ? 3 : 2);
  },
);

it('finds somebody by the id of a mention', async () => {
  const { connector, roster, scope } = await start();
  connector.member('29:bob', { aadObjectId: 'bob-id', name: 'Bob', userRole: 'guest' });
  connector.member('29:gone', undefined);
  const addresses = ['x@example.com'];
  const found = { objectId: 'bob-id', teamsId: '29:bob', name: 'Bob', addresses, guest: true };
  expect(await roster.find(scope('ada'), '29:bob')).toEqual(found);
  expect(await roster.find(scope('ada'), '29:gone')).toBeUndefined();
  connector.fault({ status: 500, times: 9 });
  await expect(roster.find(scope('ada'), '29:bob')).rejects.toMatchObject({
    code: 'roster-unreadable',
  });
});
