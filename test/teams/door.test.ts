import { expect, it, onTestFinished, vi } from 'vitest';
import type { BotIdentity } from '../../src/config/identity.ts';
import { startOpenId } from '../fakes/open-id.ts';
import { droppedActivities, refusedTokens, tenants } from '../fakes/refused.ts';
import { aMessage, anActivity, aPress } from './activities.ts';
import { aCard, startBot } from './start-bot.ts';

const appId = 'app-id';
const answered = async () => ({ kind: 'card', card: aCard('hello') }) as const;

/** botbuilder prints the reason of each refusal by itself. */
const quiet = () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => printed.mockRestore());
};

const startGuarded = async (changes: { readonly allowedTenants?: readonly string[] } = {}) => {
  quiet();
  const openId = await startOpenId();
  onTestFinished(openId.close);
  const identity: BotIdentity = {
    auth: 'required',
    appId,
    tenantId: 'tenant-1',
    settings: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'app-secret',
      MicrosoftAppTenantId: 'tenant-1',
      ToBotFromChannelOpenIdMetadataUrl: openId.metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openId.metadataUrl,
    },
  };
  const handler = vi.fn(answered);
  const bot = await startBot({ handler, identity, ...changes });
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: openId.issuer,
    aud: appId,
    serviceurl: bot.connector.url,
    nbf: seconds - 60,
    exp: seconds + 3600,
  };
  const sendWith = (token: string, activity: unknown = aPress(bot.connector.url, 'agents.page')) =>
    bot.send(activity, { authorization: `Bearer ${token}` });
  return { ...bot, openId, claims, handler, sendWith, seconds };
};

it('lets a genuine token in', async () => {
  const { openId, claims, sendWith, handler } = await startGuarded();
  const answer = await sendWith(openId.sign(claims));
  expect(answer).toMatchObject({ status: 200, body: { statusCode: 200 } });
  expect(handler).toHaveBeenCalledOnce();
});

it.each(refusedTokens)('refuses a token: %s (%s)', async (_name, reason, authorization) => {
  const bot = await startGuarded();
  const answer = await bot.send(aMessage(bot.connector.url, 'agents'), {
    authorization: authorization(bot),
  });
  expect([401, 403]).toContain(answer.status);
  expect(answer.text.length).toBeLessThan(100);
  expect(bot.handler).not.toHaveBeenCalled();
  expect(bot.connector.calls).toEqual([]);
  expect(bot.refused).toEqual([reason]);
});

it('keeps nothing of a thousand tokens with tenants of their own', async () => {
  // botbuilder's own list, which the emulator's path appends to.
  const { ToBotFromBotOrEmulatorTokenValidationParameters } = await import(
    '../../node_modules/botframework-connector/lib/auth/tokenValidationParameters.js'
  );
  const bot = await startGuarded();
  const issuers = () => ToBotFromBotOrEmulatorTokenValidationParameters.issuer?.length;
  const before = issuers();
  const activity = aMessage(bot.connector.url, 'agents');
  for (let index = 0; index < 1000; index += 1) {
    const tid = `tenant-of-stranger-${index}`;
    const iss = index % 2 === 0 ? `https://sts.windows.net/${tid}/` : bot.openId.issuer;
    const token = bot.openId.unsigned({ ...bot.claims, iss, tid, ver: '1.0', appid: appId });
    const authorization = `Bearer ${token.replace(/^[^.]+/, unsignedLookingSigned)}`;
    const answer = await bot.teams.receive({ authorization, body: activity });
    expect(answer.status).toBe(401);
  }
  expect(issuers()).toBe(before);
  expect(bot.handler).not.toHaveBeenCalled();
});

const unsignedLookingSigned = Buffer.from(
  JSON.stringify({ alg: 'RS256', kid: 'published-key' }),
).toString('base64url');

it('asks for a token before it looks at the activity', async () => {
  const bot = await startGuarded();
  expect(await bot.send({})).toMatchObject({ status: 401 });
  expect(await bot.send(anActivity('https://evil.example', {}))).toMatchObject({ status: 401 });
});

it('checks tenants behind a genuine token too', async () => {
  const bot = await startGuarded({ allowedTenants: ['tenant-2'] });
  expect(await bot.sendWith(bot.openId.sign(bot.claims))).toMatchObject({ status: 403 });
  expect(bot.handler).not.toHaveBeenCalled();
});

const loopback = 'http://127.0.0.1:9/';
it.each(droppedActivities)('drops an activity with %s', async (_name, changes, reason) => {
  const handler = vi.fn(answered);
  const bot = await startBot({ handler });
  const answer = await bot.send(aMessage(bot.connector.url, 'agents', changes));
  expect(answer).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } });
  expect(bot.refused).toEqual([reason]);
  expect(bot.lines.filter((line) => line.includes('activity.refused'))).toHaveLength(1);
  expect(handler).not.toHaveBeenCalled();
  expect(bot.connector.calls).toEqual([]);
});

it.each<readonly [string, Readonly<Record<string, unknown>>]>([
  ['a listed host on any port', { serviceUrl: 'https://smba.trafficmanager.net:8443/emea/' }],
  ['a host in capitals', { serviceUrl: 'https://SMBA.trafficmanager.net/' }],
  ['a subdomain of a listed domain', { serviceUrl: 'https://eu.teams.example/' }],
  ['loopback', { serviceUrl: loopback }],
  ['loopback by name', { serviceUrl: 'http://localhost:9/' }],
  ['the tenant in the conversation alone', tenants('tenant-1', undefined)],
  ['the tenant in the channel data alone', tenants(undefined, 'tenant-1')],
  ['the tenant in capitals', tenants('TENANT-1', 'tenant-1')],
  ['the emulator without token checks', { channelId: 'emulator' }],
])('lets in %s', async (_name, changes) => {
  const handler = vi.fn(async () => undefined);
  const bot = await startBot({
    handler,
    serviceHosts: ['smba.trafficmanager.net', '*.teams.example'],
  });
  expect(await bot.send(aMessage(bot.connector.url, 'agents', changes))).toMatchObject({
    status: 200,
  });
  expect(handler).toHaveBeenCalledOnce();
});

it('wants more than the bare domain where any subdomain is listed', async () => {
  const bot = await startBot({ handler: answered, serviceHosts: ['*.teams.example'] });
  const bare = aMessage('https://teams.example/', 'agents');
  expect(await bot.send(bare)).toMatchObject({ status: 403 });
});

it.each([{}, [], null, 'text', 5, { type: 7 }, { type: '' }])(
  'answers 400 to %o, which is no activity',
  async (body) => {
    const bot = await startBot({ handler: answered });
    expect(await bot.send(JSON.stringify(body))).toMatchObject({ status: 400 });
  },
);
