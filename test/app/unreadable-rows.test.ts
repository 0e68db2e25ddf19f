import { expect, it } from 'vitest';
import { connect } from '../../src/store/sql/connect.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { passUntil } from './pass.ts';

it('goes on watching, telling and listing beside rows that cannot be read, and says so (G2)', async () => {
  const url = await aDatabase();
  const clock = fakeClock();
  const bot = await startBot({
    clock,
    watching: true,
    environment: { DATABASE_URL: url, POLL_SECONDS: '5' },
  });
  const { alex, simulator, connector } = bot;
  simulator.edit.setQuality('lax-12', 'voice-1', { score: 95 });
  await alex.say('watch den');
  await alex.say('watch lax');
  await alex.say('pause den');
  await alex.say('resume den');
  const raw = await connect(url, silentLog);
  await raw.db.updateTable('watches').set({ madeBy: '{' }).where('number', '=', 1).execute();
  await raw.db.updateTable('audit').set({ entry: '{' }).where('seq', '=', 1).execute();
  await raw.close();

  simulator.edit.setQuality('lax-12', 'voice-1', { score: 20 });
  await passUntil(clock, () =>
    headlines(connector, alex.conversation.id).includes('Poor 20 · LAX-12 → voice'),
  );
  expect(wordsOf((await alex.say('audit')).card)).toContain('resume');
  const health = wordsOf((await alex.say('health')).card);
  expect(health).toContain('unreadable rows');
  expect(health).toContain('watches 1, audit 1');
  expect(bot.logged.filter((line) => line.includes('store.row-unreadable'))).toHaveLength(2);
});
