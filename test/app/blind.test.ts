import { expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';
import { pass, passUntil } from './pass.ts';

const channel = {
  id: '19:general@thread.tacv2;messageid=1700',
  conversationType: 'channel',
} as const;
const megan = {
  person: { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-object-id' },
  conversation: { id: 'a:personal-megan', conversationType: 'personal' },
} as const;

const start = async () => {
  const clock = fakeClock();
  const bot = await startBot({ clock, watching: true, environment: { POLL_SECONDS: '5' } });
  bot.simulator.edit.setQuality('lax-12', 'voice-1', { score: 95 });
  return {
    ...bot,
    clock,
    there: bot.user({ conversation: channel }),
    megan: bot.user(megan),
    /** What was posted to a conversation after its own answers. */
    toldIn: (conversationId: string, answers: number) =>
      headlines(bot.connector, conversationId).slice(answers),
    polls: () => bot.simulator.requests.filter(({ path }) => path === '/agents').length,
  };
};

it('says once in each watching conversation that it is blind, and once that it is over', async () => {
  const { simulator, clock, alex, there, megan, toldIn, polls } = await start();
  await alex.say('watch');
  await there.say('watch lax');
  await there.say('watch den');
  await megan.say('help');
  const told = () => [
    toldIn(alex.conversation.id, 1),
    toldIn(there.conversation.id, 2),
    toldIn(megan.conversation.id, 1),
  ];
  const mend = simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
  const blind = 'Monitoring is blind';
  await passUntil(clock, () => toldIn(alex.conversation.id, 1).length > 0);
  await pass(clock, 60_000);
  expect(told()).toEqual([[blind], [blind], []]);

  mend();
  const before = polls();
  await passUntil(clock, () => polls() > before + 3);
  const noOutage = 'Monitoring sees again';
  expect(told()).toEqual([[blind, noOutage], [blind, noOutage], []]);
});

it('goes blind with the third poll that fails, and not before', async () => {
  const { simulator, clock, alex, toldIn } = await start();
  await alex.say('watch');
  const failedSweeps = async (times: number): Promise<void> => {
    const match = { method: 'GET', path: '/agents' };
    simulator.fault({ match, times, effect: { kind: 'status', status: 400 } });
    await pass(clock, 30_000);
  };
  await failedSweeps(2);
  expect(toldIn(alex.conversation.id, 1)).toEqual([]);
  await failedSweeps(3);
  expect(toldIn(alex.conversation.id, 1)).toEqual(['Monitoring is blind', 'Monitoring sees again']);
});

it('notifies an admin once in their own chat that the key is refused, and goes on by itself', async () => {
  const { simulator, clock, alex, megan, there, toldIn } = await start();
  await alex.say('help');
  await megan.say('watch');
  await there.say('help');
  const mend = simulator.fault({ match: {}, effect: { kind: 'status', status: 401 } });
  await passUntil(clock, () => toldIn(alex.conversation.id, 1).length > 0);
  await pass(clock, 60_000);
  expect(toldIn(alex.conversation.id, 1)).toEqual(['PingPlotter refuses the key']);

  mend();
  await passUntil(clock, () => toldIn(alex.conversation.id, 1).length > 1);
  await pass(clock, 20_000);
  expect(toldIn(alex.conversation.id, 1)).toEqual([
    'PingPlotter refuses the key',
    'PingPlotter accepts the key again',
  ]);
  expect(toldIn(there.conversation.id, 1)).toEqual([]);
  expect(toldIn(megan.conversation.id, 1)).not.toContain('PingPlotter refuses the key');
  simulator.edit.setQuality('lax-12', 'voice-1', { score: 20 });
  await passUntil(clock, () =>
    toldIn(megan.conversation.id, 1).includes('Poor 20 · LAX-12 → voice'),
  );
});
