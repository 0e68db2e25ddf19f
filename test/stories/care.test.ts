import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { forSuite } from '../store/a-folder.ts';
import { agentOf, healthyOthers } from './some-agents.ts';
import { cardOf, type Room, verbsOf, type WatchedBot, watchedBot } from './watched-bot.ts';

const suite = forSuite();
const megan = { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-object-id' };
const guest = { id: '29:gus', name: 'Gus', aadObjectId: 'gus-object-id' };
const former = { id: '29:lee', name: 'Lee', aadObjectId: 'lee-object-id' };
const teamsBot = { id: '28:bot', name: 'PingPlotter', aadObjectId: undefined };
const mention = (mentioned: Person) => ({
  entities: [{ type: 'mention', text: `<at>${mentioned.name}</at>`, mentioned }],
});
type Person = Readonly<Record<'id' | 'name', string>>;
let bot: WatchedBot;
let room: Room;

const score = (agent: string, value: number): void =>
  bot.edit.setQuality(agent, `${agent}-crm`, { score: value });
const words = async (typed: string, fields = {}): Promise<string> =>
  wordsOf((await room.say(typed, fields)).card);
const alertCard = async (agent: string): Promise<ReturnType<typeof cardOf>> => {
  await bot.poll(1);
  return cardOf(room.posted(new RegExp(`· ${agent} →`, 'u'))[0]);
};

/** Two alerts so far apart that they share no card. */
beforeAll(async () => {
  bot = await watchedBot({
    agents: [agentOf('one'), agentOf('two'), ...healthyOthers],
    whenDone: suite.whenDone,
  });
  for (const one of [{ ...megan }, { ...megan, id: 'megan@contoso.com' }])
    bot.connector.member(one.id, megan);
  room = bot.room();
  await bot.poll(2);
  await room.say('watch');
  score('one', 20);
  await bot.poll(3);
  await bot.pass(130_000);
  score('two', 30);
  await bot.poll(3);
});
afterAll(() => suite.finish());

describe('alerts', () => {
  it('lists the open problems of this conversation by age and who has them, first those that nobody has', async () => {
    expect(await words('alerts')).toMatch(
      /2 open alerts · 2 not acknowledged[\s\S]*#1 ONE[\s\S]*#2 TWO/u,
    );
    await room.say('ack 1');
    expect(await words('alerts')).toMatch(
      /#2 TWO[\s\S]*since [\s\S]*nobody has it[\s\S]*#1 ONE[\s\S]*acknowledged by Alex Wilber/u,
    );
    expect(await words('alerts unacked')).not.toContain('ONE');
    expect(await words('alerts name:one')).not.toContain('TWO');
    expect(JSON.stringify((await room.say('alerts csv')).card)).toMatch(/TWO[\s\S]*ONE/u);
    await room.say('unack 1');
  });

  it('everywhere is for admins in 1:1', async () => {
    expect(wordsOf((await bot.alex.say('alerts everywhere')).card)).toMatch(
      /Alerts everywhere[\s\S]*#1 ONE/u,
    );
    expect(await words('alerts everywhere')).not.toContain('Alerts everywhere');
  });

  it('acknowledges and mutes several by ticking, and shows the list again', async () => {
    const list = (await room.say('alerts')).card;
    const acked = await room.press(list, 'alerts.ack', { alerts: '1,2' });
    expect(wordsOf(acked.card)).toContain('2 open alerts · 0 not acknowledged');
    const muted = await room.press(list, 'alerts.mute', { alerts: '1,2' });
    expect(wordsOf(muted.card).match(/muted/gu)).toHaveLength(2);
    expect(await words('watches')).toContain('muted until');
    await room.say('unmute all');
    await room.say('unack 1 2');
  });
});

describe('who takes care', () => {
  it('takes on with a time and a note, and gives back: on the card, in the audit log, in the alert’s own entries', async () => {
    expect(await words('ack 1 2 for 4h: ISP ticket 4711')).toMatch(/#1 .*#2 /u);
    const card = await alertCard('ONE');
    expect(wordsOf(card)).toMatch(/Acknowledged by Alex Wilber at .*, until/u);
    expect(wordsOf(card)).toContain('Alex Wilber: ISP ticket 4711');
    expect(await words('unack 1 2')).toBe('#1 given back · #2 given back');
    const back = await alertCard('ONE');
    expect(wordsOf(back)).toContain('Alex Wilber gave it back');
    expect(verbsOf(back)).toContain('alert.ack');
    const audit = wordsOf((await bot.alex.say('audit')).card);
    expect(audit).toMatch(/acknowledged for 4h/u);
    expect(audit).toContain('given back');
  });

  it('writes a note', async () => {
    expect(await words('note 2 the line is being repaired')).toBe('#2 noted');
    expect(wordsOf(await alertCard('TWO'))).toContain('Alex Wilber: the line is being repaired');
  });

  it('hands over, so that “alerts mine” shows it to the other person', async () => {
    expect(await words('assign 2 to <at>Megan Bowen</at>', mention(megan))).toBe(
      '#2 assigned to Megan Bowen',
    );
    expect(wordsOf(await alertCard('TWO'))).toContain('Assigned to Megan Bowen by Alex Wilber');
    const hers = bot.user({
      person: megan,
      conversation: { id: room.id, conversationType: 'channel' },
    });
    expect(wordsOf((await hers.say('alerts mine')).card)).toContain('#2 TWO');
    expect(await words('alerts mine')).not.toMatch(/#\d/u);
    await room.say('ack 1');
    expect(await words('alerts mine')).toContain('#1 ONE');
    expect(await words('alerts mine')).not.toContain('#2 TWO');
    await room.say('unack 1');
  });

  it.each([
    ['a guest', guest, { userRole: 'guest' }, /guest of the tenant/u],
    ['a person who left', former, undefined, /is not in this conversation/u],
    ['this bot', teamsBot, {}, /It takes a person, and I am none[\s\S]*Type it like this/u],
  ])('assigns nothing to %s', async (_, person, member, sentence) => {
    for (const id of [person.id, person.aadObjectId ?? '']) bot.connector.member(id, member);
    expect(await words(`assign 1 to <at>${person.name}</at>`, mention(person))).toMatch(sentence);
    expect(wordsOf(await alertCard('ONE'))).not.toContain('Assigned');
  });

  it('knows no numbers of other conversations, neither typed nor pressed', async () => {
    const other = bot.room();
    for (const typed of ['ack 1', 'unack 1', 'note 1 hello', 'assign 1 to megan@contoso.com'])
      expect(wordsOf((await other.say(typed)).card)).not.toMatch(
        /acknowledged by|noted|assigned/iu,
      );
    const mine = executesOf(await alertCard('ONE')).find(({ verb }) => verb === 'alert.ack');
    if (mine === undefined) throw new Error('no Acknowledge');
    const { card } = await other.execute(mine);
    expect(wordsOf(card)).not.toContain('ONE');
    expect(await words('alerts unacked')).toContain('#1 ONE');
  });
});

describe('alerts since', () => {
  it('shows what began or ended since then, and marks what has ended', async () => {
    score('one', 95);
    await bot.poll(3);
    expect(await words('alerts')).not.toContain('#1 ONE');
    expect(await words('alerts since 1h')).toMatch(/#2 TWO[\s\S]*#1 ONE[\s\S]*ended/u);
    await bot.pass(60_000);
    expect(await words('alerts since 30s')).not.toMatch(/#\d/u);
  });
});
