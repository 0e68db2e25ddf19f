import { afterAll, beforeAll, expect, it } from 'vitest';
import { droppedActivities, refusedTokens, tenants } from '../fakes/refused.ts';
import { builtBot } from '../processes/bot-process.ts';
import { forSuite } from '../store/a-folder.ts';
import { aMessage, anActivity, aPress, type WireActivity } from '../teams/activities.ts';
import { type GuardedBot, startGuarded } from './guarded-bot.ts';

const { whenDone, finish } = forSuite();
let bot: GuardedBot;

beforeAll(async () => {
  bot = await startGuarded(builtBot, {
    whenDone,
    environment: {
      ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net, 127.0.0.1, *.teams.example',
      DEFAULT_ROLE: 'viewer',
    },
  });
}, 60_000);
afterAll(finish);

const send = async (
  body: unknown,
  headers: Readonly<Record<string, string>> = { authorization: bot.authorization },
) => {
  const response = await fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
};

/** With a token that is good for the service address which the activity names, whatever it is. */
const sendGenuine = (activity: WireActivity) => {
  const token = bot.openId.sign(bot.claims({ serviceurl: activity['serviceUrl'] }));
  return send(activity, { authorization: `Bearer ${token}` });
};

const refusals = async (reason: string): Promise<number> => {
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  const line = metrics.split('\n').find((one) => one.includes(`reason="${reason}"`)) ?? '';
  return Number(line.split(' ').at(-1) ?? 0);
};

const logLines = (reason: string): number =>
  bot
    .printed()
    .split('\n')
    .filter((line) => line.includes('activity.refused') && line.includes(`"${reason}"`)).length;

/** Refused for that reason, with a constant body, one log line and a count, and not a word to anybody. */
const expectRefused = async (
  reason: string,
  statuses: readonly number[],
  ask: () => Promise<{ readonly status: number; readonly text: string }>,
): Promise<void> => {
  const [countedBefore, loggedBefore] = [await refusals(reason), logLines(reason)];
  const [calls, changes] = [bot.connector.calls.length, bot.changes().length];
  const answer = await ask();
  expect(statuses).toContain(answer.status);
  expect(answer.text).toMatch(/^\{"error":\{"code":"(Unauthorized|Forbidden)"\}\}$/u);
  expect(await refusals(reason)).toBe(countedBefore + 1);
  expect(logLines(reason)).toBe(loggedBefore + 1);
  expect(bot.connector.calls.length).toBe(calls);
  expect(bot.changes().length).toBe(changes);
};

it('lets a genuine message in, and answers it with a token of its own', async () => {
  const { card } = await bot.user().say('whoami');
  expect(card['type']).toBe('AdaptiveCard');
  expect(bot.connector.calls.at(-1)?.authorization).toBe(`Bearer ${bot.identity.token}`);
});

it.each(['tenant-1', 'TENANT-1'])('lets in a token that names its tenant, as %s', async (tid) => {
  const authorization = `Bearer ${bot.openId.sign(bot.claims({ tid }))}`;
  expect(await send(silent({}), { authorization })).toEqual({ status: 200, text: '' });
});

it.each(refusedTokens)('refuses a token: %s', async (_name, reason, authorization) => {
  const { openId, connector } = bot;
  const seconds = Math.floor(Date.now() / 1000);
  const header = authorization({ openId, claims: bot.claims(), seconds });
  await expectRefused(reason, [401, 403], () =>
    send(aMessage(connector.url, 'agents'), { authorization: header }),
  );
});

it('refuses a message without the header', async () => {
  await expectRefused('no bearer token', [401, 403], () =>
    send(aMessage(bot.connector.url, 'agents'), {}),
  );
});

it('A13: refuses a message without the header before it reads the body', async () => {
  const large = JSON.stringify({ type: 'message', text: 'x'.repeat(512 * 1024) });
  for (const body of ['{"type":', '', large])
    await expectRefused('no bearer token', [401], () => send(body, {}));
});

it.each<readonly [string, (b: GuardedBot) => WireActivity]>([
  ['a message', ({ connector }) => aMessage(connector.url, 'agents')],
  ['a press', ({ connector }) => aPress(connector.url, 'agent.pause')],
  ['an installation', ({ connector }) => anActivity(connector.url, { type: 'installationUpdate' })],
  ['no activity', () => ({})],
])('refuses a token that was forged for %s', async (_name, activity) => {
  const authorization = `Bearer ${bot.openId.sign(bot.claims({ aud: 'another-bot' }))}`;
  await expectRefused('token audience', [401, 403], () => send(activity(bot), { authorization }));
});

it.each([
  ...droppedActivities,
  ['the emulator', { channelId: 'emulator' }, 'channel'] as const,
  [
    'a loopback host that is not listed',
    { serviceUrl: 'http://localhost:9/' },
    'service host',
  ] as const,
])('drops an activity with %s', async (_name, changes, reason) => {
  const activity = aMessage(bot.connector.url, 'agents', changes);
  await expectRefused(reason, [403], () => sendGenuine(activity));
});

/** Of a kind that is not answered, for Teams' own hosts are no place for a test to write to. */
const silent = (changes: WireActivity): WireActivity =>
  anActivity(bot.connector.url, { type: 'typing', ...changes });

it.each<readonly [string, WireActivity]>([
  ['a listed host on any port', { serviceUrl: 'https://smba.trafficmanager.net:8443/emea/' }],
  ['a host in capitals', { serviceUrl: 'https://SMBA.trafficmanager.net/' }],
  ['a subdomain of a listed domain', { serviceUrl: 'https://eu.teams.example/' }],
  ['plain http on a listed loopback host', {}],
  ['the tenant in the conversation alone', tenants('tenant-1', undefined)],
  ['the tenant in the channel data alone', tenants(undefined, 'tenant-1')],
  ['the tenant in capitals', tenants('TENANT-1', 'tenant-1')],
])('lets in an activity with %s', async (_name, changes) => {
  expect(await sendGenuine(silent(changes))).toEqual({ status: 200, text: '' });
});

const limit = 256 * 1024;

it.each<readonly [string, number, string]>([
  ['malformed JSON', 400, '{"type":'],
  ['no body', 400, ''],
  ['a text', 400, '"text"'],
  ['a list', 400, '[]'],
  ['an activity without a type', 400, '{}'],
  ['a body over the limit', 413, JSON.stringify({ type: 'message', text: 'x'.repeat(limit) })],
])('answers a genuine token with %s by %d', async (_name, status, body) => {
  const calls = bot.connector.calls.length;
  const answer = await send(body);
  expect(answer.status).toBe(status);
  expect(answer.text.length).toBeLessThan(100);
  expect(bot.connector.calls.length).toBe(calls);
});

it('refuses every token, and never breaks, while the keys of the issuer cannot be had', async () => {
  const nowhere = 'http://127.0.0.1:9/openid';
  const alone = await startGuarded(builtBot, {
    environment: {
      ToBotFromChannelOpenIdMetadataUrl: nowhere,
      ToBotFromEmulatorOpenIdMetadataUrl: nowhere,
    },
  });
  const { status } = await alone
    .user()
    .post(alone.user().activity({ type: 'message', text: 'hi' }));
  expect([401, 403]).toContain(status);
  expect(alone.connector.calls).toEqual([]);
});
