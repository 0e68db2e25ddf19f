import { expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { createTeamsUser, type TeamsUser } from '../fakes/teams-user.ts';
import { boise, scheduledBot } from './scheduled-bot.ts';

const chat = (id: string) => ({ id, conversationType: 'personal' }) as const;
const person = (name: string) => ({ id: `29:${name}`, name, aadObjectId: name });

it('a schedule is listed, skipped and ended where it was made, by who may', async () => {
  const bot = await scheduledBot({
    agents: [boise('boi-1'), boise('boi-2')],
    environment: { DEFAULT_ROLE: 'viewer' },
  });
  const { goTo, since } = bot;
  // Teams bounds what is sent in one conversation within seconds.
  const patient = (user: TeamsUser): TeamsUser => ({
    ...user,
    say: async (text, fields) => {
      await bot.clock.advance(2000);
      return user.say(text, fields);
    },
  });
  const alex = patient(bot.alex);
  const room = { id: '19:ops@thread.tacv2', conversationType: 'channel' } as const;
  const olga = patient(bot.user({ person: person('olga'), conversation: room }));
  const vera = patient(bot.user({ person: person('vera'), conversation: room }));
  const elsewhere = patient(bot.user({ person: person('olga'), conversation: chat('a:olga') }));
  await bot.user({ conversation: room }).say('grant olga operator');
  await elsewhere.say('whoami');
  const made = await olga.say('pause where field.Site:Boise daily 22:00-06:00');
  expect(made.summary).toContain('Schedule #1 is set');
  const { card } = await olga.say('schedules');
  const verbs = (of: object) => executesOf({ ...of }).map(({ verb }) => verb);
  expect(verbs(card)).toEqual(expect.arrayContaining(['schedule.skip', 'schedule.end']));

  // A viewer reads, and no more: neither typed, nor by the buttons of somebody else's card.
  expect(wordsOf((await vera.say('schedules')).card)).toContain('#1 · daily 22:00-06:00');
  for (const text of ['unschedule 1', 'pause boi-1 daily 22:00-06:00'])
    expect(wordsOf((await vera.say(text)).card), text).toContain('operator');
  const data = { agent: 'boi-1', days: [1], from: '22:00', to: '06:00' };
  const presses = [
    ...executesOf(card).filter(({ verb }) => verb.startsWith('schedule.')),
    { verb: 'schedule.create', data },
  ];
  expect(presses).toHaveLength(3);
  for (const { verb, data: of } of presses)
    expect(wordsOf((await vera.execute({ verb, data: of })).card), verb).toContain('operator');

  // Nor do its buttons and its number mean anything in another conversation, even to an admin.
  for (const user of [elsewhere, alex]) {
    for (const { verb, data: of } of presses.slice(0, 2))
      expect(wordsOf((await user.execute({ verb, data: of })).card), verb).toContain('has ended');
    expect(wordsOf((await user.say('unschedule 1')).card)).toContain('There is no schedule 1 here');
    expect(wordsOf((await user.say('schedules')).card)).toContain('Nothing is paused here');
  }
  const forged = { verb: 'schedule.create', data: { ...data, from: '06:00' } };
  expect(wordsOf((await olga.execute(forged)).card)).toContain('From 06:00 to 06:00 is no time');

  await goTo('2026-11-23T21:00:00Z');
  expect(since()).toEqual(['pause boi-1', 'pause boi-2']);
  const ended = await olga.press((await olga.say('schedules')).card, 'schedule.end');
  const resume = executesOf(ended.card).find(({ verb }) => verb === 'schedule.resume');
  if (resume === undefined) throw new Error('nothing to resume');
  expect(wordsOf((await vera.execute(resume)).card)).toContain('operator');
  for (const user of [elsewhere, alex])
    expect(wordsOf((await user.execute(resume)).card)).toContain('is being resumed already');
  await goTo('2026-11-24T05:00:00Z');
  expect(since()).toEqual([]);
  await olga.execute(resume);
  await goTo('2026-11-24T05:01:00Z');
  expect(since()).toEqual(['resume boi-1', 'resume boi-2']);
});

it('a filter that somebody means ill pauses nobody, and is shown as text', async () => {
  const bot = await scheduledBot({ agents: [boise('boi-1')], watching: false });
  const typed = [
    [`where ${'x'.repeat(501)}`, /500/u],
    [`where ${'is:poor '.repeat(120)}`, /characters/u],
    ['where field.Site:"<at>Everyone</at>"', /&lt;at|<at>|‹|Everyone/u],
    // It may match somebody later: then it is set, and says that nobody is meant now.
    ['where name:/(a+)+$/', / 0 agents now/u],
    ['where "); drop table schedules;--', /No agent matches|cannot read|quote/iu],
    ['where is:nonsense', /nonsense/u],
    ['where *', /schedule is for one agent|every agent|1 agent now|No agent/u],
  ] as const;
  for (const [place, [subject, says]] of typed.entries()) {
    await bot.clock.advance(2000);
    const user = createTeamsUser({
      botUrl: bot.url,
      connector: bot.connector,
      conversation: chat(`a:room-${place}`),
    });
    const { card, summary } = await user.say(`pause ${subject} daily 22:00-06:00`);
    expect(wordsOf(card), subject).toMatch(says);
    expect(`${summary}${JSON.stringify(card)}`).not.toContain('<at>Everyone</at>');
  }
  expect(bot.changes()).toEqual([]);
});
