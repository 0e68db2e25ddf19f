import { expect, it } from 'vitest';
import { builtBot } from '../processes/bot-process.ts';
import { appId, startGuarded } from './guarded-bot.ts';

const password = 'app-password-never-to-be-seen';
it('says nothing of the app password while nobody lets the bot sign in with it', async () => {
  const bot = await startGuarded(builtBot, {
    environment: {
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppPassword: password,
      // Refused before anything leaves this machine: a login has to be https.
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/tenant-1',
      DEFAULT_ROLE: 'operator',
    },
  });
  const alex = bot.user();
  for (const text of ['help', 'pause lax-12', 'health'])
    expect(await alex.sayAll(text)).toEqual([]);
  const { httpStatus, body } = await alex.invoke({
    action: { type: 'Action.Execute', verb: 'agents.page', data: {} },
    trigger: 'manual',
  });
  expect(httpStatus).toBe(200);
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  const said = [JSON.stringify(body), metrics, bot.printed()].join('\n');
  expect(bot.connector.calls).toEqual([]);
  expect(said).toContain('delivery.attempt-failed');
  expect(said).not.toContain(password);
});

it('says nothing of the database’s password when the database cannot be reached', async () => {
  const { exitCode, printed } = await builtBot.failedStart({
    PORT: '0',
    HOST: '127.0.0.1',
    PINGPLOTTER_BASE_URL: 'http://127.0.0.1:9',
    PINGPLOTTER_API_KEY: 'api-key-never-to-be-seen',
    MicrosoftAppId: appId,
    MicrosoftAppPassword: password,
    MicrosoftAppTenantId: 'tenant-1',
    DATABASE_URL: 'postgres://bot:database-password-never-to-be-seen@127.0.0.1:9/bot',
  });
  expect(exitCode).toBe(1);
  expect(printed).toContain('DATABASE_URL');
  expect(printed).not.toMatch(/never-to-be-seen|\bat \w/u);
});
