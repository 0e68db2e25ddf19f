import { expect, it, onTestFinished } from 'vitest';
import {
  chooseFirstAccount,
  demoAccounts,
  firstAccount,
  startSecondCompany,
} from '../../src/cli/demo-accounts.ts';
import {
  playgroundConversations,
  playgroundPerson,
  playgroundTenant,
} from '../../src/cli/playground.ts';
import { startBot } from '../fakes/bot.ts';
import { started } from '../simulator/started.ts';
import { aDatabase } from '../store/a-database.ts';
import { aFolder } from '../store/a-folder.ts';

it('the demo of several accounts opens with the first one everywhere, and use shows the other', async () => {
  const { simulator: first } = await started();
  const second = await startSecondCompany();
  onTestFinished(second.close);
  const databaseUrl = await aDatabase();
  await chooseFirstAccount(databaseUrl);
  const bot = await startBot({
    environment: {
      PINGPLOTTER_BASE_URL: '',
      PINGPLOTTER_API_KEY: '',
      DATABASE_URL: databaseUrl,
      BOT_ADMINS: playgroundPerson.aadObjectId,
      ...(await demoAccounts(aFolder(), first, second)),
    },
  });
  const [personal = ''] = playgroundConversations;
  const alexIn = (id: string) =>
    bot.user({
      tenantId: playgroundTenant,
      person: playgroundPerson,
      conversation: { id, conversationType: id === personal ? 'personal' : 'channel' },
    });
  for (const id of playgroundConversations)
    expect((await alexIn(id).say('agent lax-12')).summary, id).toContain(`${firstAccount} · `);
  expect(JSON.stringify(await alexIn(personal).say('accounts'))).toContain('fabrikam');
  await alexIn(personal).say('use fabrikam');
  const agents = JSON.stringify(await alexIn(personal).say('agents'));
  expect(agents).toContain('LDS-Till-1');
  expect(agents).not.toContain('LAX-12');
  const names = new Set(first.fleet.agents().map(({ name }) => name));
  const own = second.fleet.agents().filter(({ template }) => !template);
  expect(own.filter(({ name }) => names.has(name))).toEqual([]);
});
