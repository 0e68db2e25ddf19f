import { describe, expect, it, vi } from 'vitest';
import { executesOf } from '../fakes/card-actions.ts';
import type { TeamsUser } from '../fakes/teams-user.ts';
import { startTwoAccounts, type TwoAccounts } from './two-accounts.ts';

const acmeFleet = 'acme · 6 Poor · 11 Good';
const globexFleet = 'globex · 8 Poor · 15 Good';

const words = (value: unknown): string => JSON.stringify(value);

/** Somebody in a channel of that name. */
const inChannel = (bot: TwoAccounts, id: string, name = 'root', tenantId = 'tenant-1'): TeamsUser =>
  bot.user({
    tenantId,
    person: { id: `29:${name}`, name, aadObjectId: name },
    conversation: { id, conversationType: 'channel' },
  });

const start = (environment: Readonly<Record<string, string>> = {}) =>
  startTwoAccounts({
    environment: { BOT_ADMINS: 'root', ALLOWED_TENANTS: 'tenant-1', ...environment },
  });

describe('with several accounts', () => {
  it('a conversation sees the one bound to it, else that of its tenant, else the one that is chosen', async () => {
    const bot = await start();
    const lone = inChannel(bot, '19:lone', 'lou', 'tenant-globex');
    expect((await lone.say('agents')).summary).toContain(globexFleet);

    const bound = inChannel(bot, '19:bound');
    expect((await bound.say('agents')).summary).toContain('globex · ');
    expect(words(await bound.say('use acme'))).toContain('bound this conversation to globex');
    // It counts for a tenant of its account alone.
    const elsewhere = inChannel(bot, '19:bound', 'ann', 'tenant-acme');
    expect((await elsewhere.say('agents')).summary).toContain('acme · ');

    const root = inChannel(bot, '19:free');
    const asked = await root.say('agents');
    expect(asked.summary).toContain('use ‹account›');
    expect(words(asked.card)).toContain('acme, globex');
    for (const text of ['help', 'whoami', 'accounts'])
      expect((await root.say(text)).summary, text).not.toContain('Which account');
    expect((await root.say('use Acme')).summary).toBe('acme · Now at acme');
    const list = await root.say('agents');
    expect(list.summary).toContain(acmeFleet);
    expect(words(list.card)).not.toContain('globex');

    // A button of the account before is unknown, and so is what it names.
    await root.say('use globex');
    const shown = executesOf(list.card).find(({ verb }) => verb === 'agent.show');
    if (shown === undefined) throw new Error('no agent on the list');
    const pressed = await root.execute(shown);
    expect(words(pressed.value)).toContain('unknown here');
    expect(words(pressed.value)).not.toContain('acme');
    const { acc: _, ...unmarked } = shown.data as Record<string, unknown>;
    const forged = await root.execute({ verb: 'agent.pause', data: unmarked });
    expect(words(forged.value)).not.toContain('acmebox');
    expect(bot.simulators.acme.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
    expect((await root.say('agents')).summary).toContain(globexFleet);
  });

  it('in a 1:1 chat everybody chooses, elsewhere operators do, by the default role before that', async () => {
    const bot = await start({ DEFAULT_ROLE: 'viewer' });
    const vera = { id: '29:vera', name: 'Vera', aadObjectId: 'vera' };
    const alone = bot.user({
      person: vera,
      conversation: { id: 'a:vera', conversationType: 'personal' },
    });
    expect((await alone.say('use nobody')).summary).toContain('No such account');
    expect((await alone.say('use acme')).summary).toContain('Now at acme');
    const card = (await alone.say('accounts')).card;
    const chosen = words(card).match(/"title":"globex","value":"([^"]+)"/u)?.[1];
    const pressed = await alone.press(card, 'account.use', { mark: chosen });
    expect(words(pressed.value)).toContain('globex');
    expect((await alone.say('agents')).summary).toContain('globex · ');

    const channel = inChannel(bot, '19:free', 'vera');
    expect((await channel.say('use acme')).summary).toContain('Not allowed');
    await inChannel(bot, '19:free').say('use globex');
    await inChannel(bot, '19:free').say('grant vera operator');
    // The role is of that account, and of the next one she has none.
    expect((await channel.say('use acme')).summary).toContain('Now at acme');
    expect((await channel.say('use globex')).summary).toContain('Not allowed');
    // Who is listed is an admin of all.
    expect((await inChannel(bot, '19:free').say('whoami')).summary).toContain('Admin');
  });

  it('takes over a new key and a new account, and no file that is at fault', async () => {
    const bot = await start();
    const lou = inChannel(bot, '19:lone', 'lou', 'tenant-globex');
    expect((await lou.say('agents')).summary).toContain('globex · ');
    const stranger = inChannel(bot, '19:new', 'nia', 'tenant-new');
    await expect(stranger.say('agents')).rejects.toThrow('403');

    bot.writeKey('globex', 'wrong-key');
    bot.readAccounts();
    expect((await lou.say('agents')).summary).toContain('refused the key');
    bot.write((text) => text.replace('name: acme', 'name: globex'));
    bot.readAccounts();
    expect(bot.logged.join('\n')).toMatch(/line 7, column 5.*accounts\.refused/u);
    expect((await lou.say('agents')).summary).toContain('refused the key');

    bot.writeKey('globex', 'key-of-globex');
    bot.write((text) =>
      `${text}${text.slice(text.indexOf('  - name: acme'), text.indexOf('  - name: globex'))}`
        .replace(/name: acme(?![\s\S]*name: acme)/u, 'name: initech')
        .replace(/tenant-acme(?![\s\S]*tenant-acme)/u, 'tenant-new'),
    );
    bot.readAccounts();
    expect((await lou.say('agents')).summary).toContain(globexFleet);
    expect((await stranger.say('agents')).summary).toContain(acmeFleet.replace('acme', 'initech'));
  });

  it('health says what is wrong with the file, and how each account is to who is an admin of all, in 1:1', async () => {
    const bot = await start({ DEFAULT_ROLE: 'viewer' });
    const healthOf = async (user: TeamsUser): Promise<string> => {
      const { card } = await user.say('health');
      return words(card);
    };
    const personal = (name: string): TeamsUser =>
      bot.user({
        person: { id: `29:${name}`, name, aadObjectId: name },
        conversation: { id: `a:${name}`, conversationType: 'personal' },
      });
    const root = personal('root');
    const vera = personal('vera');
    for (const one of [root, vera, inChannel(bot, '19:free')]) await one.say('use acme');
    expect(await healthOf(root)).not.toContain('File of accounts');
    bot.write((text) => text.replace('name: acme', 'name: globex'));
    bot.readAccounts();
    expect(await healthOf(root)).toContain('line 7, column 5: should be a name that no other');
    expect(await healthOf(root)).not.toContain('key-of-');
    expect(await healthOf(vera)).toContain('goes by the accounts that it held before');
    expect(await healthOf(vera)).not.toContain('line 7');
    bot.write();
    bot.readAccounts();
    expect(await healthOf(root)).not.toContain('File of accounts');

    expect(await healthOf(root)).toContain('globex');
    await root.say('grant vera admin');
    expect(await healthOf(vera)).not.toContain('globex');
    expect(await healthOf(inChannel(bot, '19:free'))).not.toContain('globex');
  });

  it('what is measured and logged of polls and calls says of which account it is', async () => {
    const bot = await startTwoAccounts({ watching: true });
    const isPolled = (name: string) => (line: string) =>
      line.includes('"poll.done"') && line.includes(`"account":"${name}"`);
    await vi.waitUntil(() => ['acme', 'globex'].every((name) => bot.logged.some(isPolled(name))));
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    expect(metrics).toContain('bot_agents{account="acme"} 17');
    expect(metrics).toContain('bot_agents{account="globex"} 23');
    expect(metrics).toContain('bot_sweep_seconds_count{outcome="read",account="globex"} 1');
    expect(metrics).toMatch(/bot_pingplotter_call_seconds_count\{.*outcome="ok",account="acme"\}/u);
  });

  it('a webhook is of the account that its address names, else of the first', async () => {
    const bot = await startTwoAccounts({ environment: { WEBHOOK_SECRET: 'w' } });
    const hook = async (path: string, secret = 'w') => {
      const url = `${bot.url}/api/webhooks/pingplotter${path}?AgentUniqueId=x`;
      return (await fetch(url, { method: 'POST', headers: { 'X-Webhook-Secret': secret } })).status;
    };
    expect(await hook('')).toBe(202);
    expect(await hook('/globex')).toBe(202);
    expect(await hook('/Globex')).toBe(202);
    expect(await hook('/nobody')).toBe(404);
    expect(await hook('/globex', 'wrong')).toBe(401);
    expect(await hook('/nobody', 'wrong')).toBe(401);
  });
});
