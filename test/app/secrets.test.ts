import { expect, it, onTestFinished, vi } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { executesOf } from '../fakes/card-actions.ts';
import { startOpenId } from '../fakes/open-id.ts';

const key = 'key-4f9b21c0-never-to-be-seen';
const webhookSecret = 'hook-77aa-never-to-be-seen';
const password = 'app-password-never-to-be-seen';

/** Everything that a bot said to anybody but PingPlotter, which is handed the key. */
const saidBy = async (
  { url, connector, logged }: Awaited<ReturnType<typeof startBot>>,
  bodies: readonly string[],
): Promise<string> => {
  const pages = ['/metrics', '/readyz', '/healthz', '/nowhere'].map(async (path) =>
    (await fetch(`${url}${path}`)).text(),
  );
  const { calls, activities, updates } = connector;
  return [
    JSON.stringify({ calls, activities, updates }),
    ...logged,
    ...bodies,
    ...(await Promise.all(pages)),
  ].join('\n');
};

it('never says the key or the webhook secret, whatever is typed, pressed and answered', async () => {
  const bot = await startBot({
    key,
    environment: { LOG_LEVEL: 'debug', WEBHOOK_SECRET: webhookSecret },
  });
  const { alex, simulator } = bot;
  const bodies: string[] = [];
  let others = 0;
  /** Somebody else each time: nobody may ask for so much at once. */
  const pressAll = async (card: Readonly<Record<string, unknown>>): Promise<void> => {
    others += 1;
    const name = `other-${others}`;
    const person = { id: `29:${name}`, name, aadObjectId: name };
    const conversation = { id: `a:${name}`, conversationType: 'personal' } as const;
    const other = bot.user({ person, conversation });
    for (const action of executesOf(card)) bodies.push(JSON.stringify(await other.execute(action)));
  };
  const typed = ['help', 'agents', 'agent lax', 'pause lax for 1h', 'watch is:vpn', 'health'];
  const changing = ['rename lax to X', 'reconnect lax', 'undo', 'roles', 'audit', 'fields'];
  for (const text of [...typed, ...changing]) await pressAll((await alex.say(text)).card);
  const echo = `<html>X-API-KEY: ${key}</html>`;
  for (const effect of [
    { kind: 'status', status: 401, body: echo },
    { kind: 'status', status: 403, body: JSON.stringify({ Message: key }) },
    { kind: 'status', status: 500, body: echo },
    { kind: 'raw', body: echo },
    { kind: 'reset' },
  ] as const) {
    const mend = simulator.fault({ match: {}, effect });
    for (const text of ['agents', 'agent lax', 'rename lax to Y', 'templates', 'health'])
      await alex.sayAll(text);
    await pressAll({
      action: { type: 'Action.Execute', verb: 'agent.show', data: { agent: 'a' } },
    });
    mend();
  }
  for (const secret of [webhookSecret, 'wrong'])
    for (const query of ['', `?X-Webhook-Secret=${webhookSecret}`]) {
      const headers = { 'X-Webhook-Secret': secret };
      const hook = `${bot.url}/api/webhooks/pingplotter${query}`;
      bodies.push(await (await fetch(hook, { method: 'POST', headers })).text());
    }
  const said = await saidBy(bot, bodies);
  expect(bodies.length).toBeGreaterThan(20);
  expect(said).toContain('LAX');
  expect(said).not.toContain(key);
  expect(said).not.toContain(webhookSecret);
});

it('never says the app password or a token, good or bad', async () => {
  const openId = await startOpenId();
  onTestFinished(openId.close);
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => printed.mockRestore());
  const bot = await startBot({
    environment: {
      BOT_AUTH: 'required',
      LOG_LEVEL: 'debug',
      DEFAULT_ROLE: 'viewer',
      BOT_ADMINS: 'somebody-else',
      ALLOWED_SERVICE_HOSTS: '127.0.0.1',
      MicrosoftAppId: 'app-id',
      MicrosoftAppPassword: password,
      MicrosoftAppTenantId: 'tenant-1',
      ToBotFromChannelOpenIdMetadataUrl: openId.metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openId.metadataUrl,
    },
  });
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: openId.issuer,
    aud: 'app-id',
    serviceurl: bot.connector.url,
    nbf: seconds - 60,
    exp: seconds + 3600,
  };
  const tokens = [
    openId.sign(claims),
    openId.forge(claims),
    openId.unsigned(claims),
    openId.confuse(claims),
    openId.sign({ ...claims, exp: seconds - 3600 }),
    openId.sign({ ...claims, aud: 'other' }),
  ];
  const value = {
    action: { type: 'Action.Execute', verb: 'agents.page', data: {} },
    trigger: 'manual',
  };
  const statuses: number[] = [];
  const bodies: string[] = [];
  for (const token of tokens) {
    const response = await fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(
        bot.alex.activity({ type: 'invoke', name: 'adaptiveCard/action', value }),
      ),
    });
    statuses.push(response.status);
    bodies.push(await response.text());
  }
  expect(statuses).toEqual([200, 401, 401, 401, 401, 401]);
  expect(bodies[0]).toContain('LAX');
  const said = await saidBy(bot, bodies);
  expect(said).not.toContain(password);
  for (const token of tokens)
    for (const part of token.split('.').filter(({ length }) => length > 40))
      expect(said).not.toContain(part);
});

it('shows the link to an installer to an admin in their own chat and to nobody else', async () => {
  const bot = await startBot();
  const create = async (user: typeof bot.alex): Promise<string> => {
    const { card } = await user.say('create New One');
    const filled = { name: 'New One', target1: 'example.com' };
    return JSON.stringify((await user.press(card, 'agent.create', filled)).card);
  };
  const conversation = { id: '19:group@thread.v2', conversationType: 'groupChat' } as const;
  expect(await create(bot.alex)).toContain('Action.OpenUrl');
  expect(await create(bot.user({ conversation }))).not.toContain('Action.OpenUrl');
  const { calls, activities, updates } = bot.connector;
  expect(JSON.stringify({ calls, activities, updates })).not.toContain('Action.OpenUrl');
});
