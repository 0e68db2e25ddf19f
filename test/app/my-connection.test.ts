import { describe, expect, it } from 'vitest';
import type { SimulatedAgent } from '../../src/simulator/agent.ts';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

const ownedBy = (id: string, owner: string, score = 93): SimulatedAgent =>
  simulatedAgent({
    id,
    name: id.toUpperCase(),
    customFields: [{ name: 'Owner', value: owner }],
    sessions: [simulatedSession({ id: `${id}-crm`, readings: [simulatedReading({ score })] })],
  });

const ann = { id: '29:ann', name: 'Ann', aadObjectId: 'ann-oid' };
const bob = { id: '29:bob', name: 'Bob', aadObjectId: 'bob-oid' };
const channel = { id: '19:general@thread.tacv2;messageid=1', conversationType: 'channel' } as const;

const start = async (
  agents: readonly SimulatedAgent[],
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedBot> => {
  const bot = await startBot({
    agents,
    environment: { AGENT_OWNER_FIELD: 'owner', DEFAULT_ROLE: 'none', ...environment },
  });
  for (const { id, name, aadObjectId } of [ann, bob])
    bot.connector.member(id, {
      aadObjectId,
      name,
      userPrincipalName: `${name}@Example.com`,
    });
  return bot;
};

const chatOf = (bot: StartedBot, person: typeof ann) =>
  bot.user({ person, conversation: { id: `a:${person.name}`, conversationType: 'personal' } });

describe('my connection', () => {
  it.each([
    ['ann@example.com', 93, ['Your connection is fine.', 'fit for calls now', 'PC-1', 'Good 93']],
    [' ANN-OID ', 30, ['Your connection is struggling.', 'not fit for calls', 'Poor 30', '4.']],
  ])('of “%s” with %i is said in plain words to who has no role', async (owner, score, words) => {
    const bot = await start([ownedBy('pc-1', owner, score), ownedBy('pc-2', 'bob@example.com')]);
    const { card } = await chatOf(bot, ann).say('My connection?');
    for (const word of words) expect(wordsOf(card)).toContain(word);
    expect(wordsOf(card)).not.toContain('PC-2');
  });

  it('is read again by “Better now?”, on the same card', async () => {
    const bot = await start([ownedBy('pc-1', 'ann@example.com', 30)]);
    const user = chatOf(bot, ann);
    const { card } = await user.say('my connection');
    const before = bot.simulator.requests.length;
    const again = await user.press(card, 'connection.show', {}, { title: 'Better now\\?' });
    expect(wordsOf(again.card)).toContain('Your connection is struggling.');
    expect(bot.simulator.requests.slice(before).map(({ path }) => path)).toContain(
      '/agents/pc-1/status',
    );
  });

  it('is nobody else’s: not by a forged sender, and not by a forged button', async () => {
    const bot = await start([ownedBy('pc-1', 'ann@example.com'), ownedBy('pc-2', 'ann-oid')]);
    const eve = { id: '29:eve', name: 'Ann', aadObjectId: ann.aadObjectId };
    bot.connector.member(eve.id, { aadObjectId: 'eve-oid', userPrincipalName: 'eve@example.com' });
    const forger = chatOf(bot, eve);
    expect(wordsOf((await forger.say('my connection')).card)).toContain('no computer of yours');
    const pressed = await forger.execute({ verb: 'connection.show', data: { own: 'pc-1' } });
    expect(wordsOf(pressed.card)).toContain('not yours');
    bot.connector.member(eve.id, undefined);
    const stranger = await forger.say('my connection');
    for (const { card } of [pressed, stranger]) expect(wordsOf(card)).not.toMatch(/PC-\d/u);
  });

  it('says so where several are one person’s, and shows the one that is chosen', async () => {
    const bot = await start([ownedBy('pc-1', 'ann@example.com'), ownedBy('pc-2', 'ann-oid', 30)]);
    const user = chatOf(bot, ann);
    const { card } = await user.say('my connection');
    expect(wordsOf(card)).toContain('2 computers are yours alone. Which one?');
    const chosen = await user.execute(
      executesOf(card).find(({ data }) => data['own'] === 'pc-2') ?? { verb: '', data: {} },
    );
    expect(wordsOf(chosen.card)).toContain('Your connection is struggling.');
  });

  it('names no agent that has several owners', async () => {
    const bot = await start([ownedBy('pc-1', 'ann@example.com; bob@example.com')]);
    const { card } = await chatOf(bot, ann).say('my connection');
    expect(wordsOf(card)).toContain('I cannot tell which computer is yours');
    expect(wordsOf(card)).not.toContain('PC-1');
  });

  it('goes to the asker alone in a channel, and is not said there where it cannot', async () => {
    const bot = await start([ownedBy('pc-1', 'ann@example.com', 30)]);
    const there = bot.user({ person: ann, conversation: channel });
    await there.sayAll('my connection');
    const [alone] = bot.connector.activities.filter(({ only }) => only === ann.id);
    expect(wordsOf(alone?.activity.attachments?.[0]?.content ?? {})).toContain('PC-1');
    const open = await start([ownedBy('pc-1', 'ann@example.com')], { PRIVATE_ANSWERS: 'off' });
    const { card } = await open.user({ person: ann, conversation: channel }).say('my connection');
    expect(wordsOf(card)).toContain('Open a chat with me');
    expect(wordsOf(card)).not.toContain('PC-1');
  });

  it('says that it is not set up, and stands in no help then', async () => {
    const bot = await startBot({ environment: { DEFAULT_ROLE: 'none' } });
    const user = chatOf(bot, bob);
    expect(wordsOf((await user.say('my connection')).card)).toContain('is not set up here');
    expect(wordsOf((await user.say('help')).card)).not.toContain('my connection');
    const other = await start([]);
    expect(wordsOf((await chatOf(other, bob).say('help')).card)).toContain('my connection');
  });

  it('shows nothing of whom the roster cannot be asked about', async () => {
    const bot = await start([ownedBy('pc-1', 'ann@example.com')]);
    bot.connector.fault({ status: 500, when: ({ path }) => path.includes('/members/'), times: 9 });
    const { card } = await chatOf(bot, ann).say('my connection');
    expect(wordsOf(card)).not.toContain('PC-1');
  });
});
