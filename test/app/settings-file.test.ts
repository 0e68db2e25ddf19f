import { expect, it, onTestFinished } from 'vitest';
import { applyDifference } from '../../src/cli/settings/apply.ts';
import { differenceOf } from '../../src/cli/settings/entries.ts';
import { readSettings } from '../../src/cli/settings/read-file.ts';
import { entriesIn } from '../../src/cli/settings/read-store.ts';
import { settingsText } from '../../src/cli/settings/write-file.ts';
import { openStore } from '../../src/store/open.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { pass } from './pass.ts';

const account = 'default';
const pollSeconds = 15;

const start = async () => {
  const url = await aDatabase();
  const clock = fakeClock(Date.parse('2026-11-23T12:00:00Z'));
  const bot = await startBot({
    clock,
    watching: true,
    environment: { POLL_SECONDS: `${pollSeconds}`, DATABASE_URL: url },
  });
  // Another process: nothing that this bot remembers knows of it.
  const beside = await openStore({ url, clock, log: silentLog });
  onTestFinished(() => beside.close());
  const stored = () => entriesIn(beside, account, clock.now());
  return {
    ...bot,
    aPoll: () => pass(clock, pollSeconds * 1000),
    exported: async () => settingsText(new Map([[account, await stored()]]), [], 'schema'),
    import: async (text: string) => {
      const read = readSettings(text, [account]);
      if ('faults' in read) throw new Error(JSON.stringify(read.faults));
      const difference = differenceOf(await stored(), read.entries.get(account) ?? []);
      await beside.transaction((tx) => applyDifference(tx, difference, clock.now()));
    },
  };
};

it('a running bot takes over what is imported, and what is deleted by it, within a poll', async () => {
  const bot = await start();
  const { alex, simulator, aPoll } = bot;
  const robin = bot.user({
    person: { id: '29:robin', name: 'Robin', aadObjectId: 'robin-id' },
  });
  const words = async (typed: string): Promise<string> => wordsOf((await alex.say(typed)).card);
  // All of it has been read once, and may be remembered.
  expect((await robin.say('fleet')).summary).not.toContain('role');
  expect(await words('watches')).not.toContain('field.Site');
  expect(await words('hours lax-12')).not.toContain('08:00-18:00');
  const before = await bot.exported();
  await bot.import(`version: 1
accounts:
  default:
    roles:
      - { tenant: tenant-1, person: robin-id, name: Robin, role: none }
    hours:
      - agent: lax-12
        hours: { kind: ranges, ranges: [{ days: [1], from: '08:00', to: '18:00' }], timeZone: UTC }
    conversations:
      ${alex.conversation.id}:
        watches: [{ rule: { filter: lax-12, quality: { word: poor }, offline: true, always: true } }]
        schedules:
          - where: is:online
            times: { days: [1, 2], from: '22:00', to: '06:00', timeZone: Europe/Berlin }
        maintenance:
          - { filter: den-1, from: 2026-11-23T12:00:00Z, until: 2026-11-24T12:00:00Z }
        digest: { schedule: { time: '08:00', timeZone: Europe/Berlin } }
`);
  await aPoll();
  expect((await robin.say('fleet')).summary).toContain('role');
  expect(await words('watches')).toContain('lax-12');
  expect(await words('hours lax-12')).toContain('08:00-18:00');
  expect(await words('schedules')).toContain('mon,tue 22:00-06:00');
  expect(await words('maintenance')).toContain('den-1');
  expect(await words('digest')).toContain('08:00');
  simulator.edit.setOnline('lax-12', false);
  await aPoll();
  await aPoll();
  await aPoll();
  expect(headlines(bot.connector, alex.conversation.id).join('\n')).toContain('Offline · LAX-12');
  await bot.import(before);
  await aPoll();
  expect(await words('watches')).not.toContain('lax-12 ');
  expect(await words('hours lax-12')).not.toContain('08:00-18:00');
  expect(await words('schedules')).toContain('Nothing is paused here');
  expect(await words('maintenance')).not.toContain('den-1');
  expect((await robin.say('fleet')).summary).not.toContain('role');
  expect(await bot.exported()).toBe(before);
});
