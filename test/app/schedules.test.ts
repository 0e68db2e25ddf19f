import { describe, expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { smallFleet } from '../simulator/started.ts';
import { aDatabase } from '../store/a-database.ts';
import { boise, scheduledBot as start } from './scheduled-bot.ts';

const hour = 60 * 60_000;

describe('a schedule', () => {
  it('pauses and resumes at its times, in the asker’s zone, over midnight', async () => {
    const { alex, goTo, since, said } = await start();
    const made = await alex.say('pause lax-12 daily 22:00-06:00');
    expect(made.summary).toBe('Schedule #1 is set · pause LAX-12 daily 22:00-06:00');
    expect(wordsOf(made.card)).toContain(
      'It pauses next from 22:00 to 24 Nov, 06:00. Its times are those of Europe/Berlin.',
    );
    expect(since()).toEqual([]);
    await goTo('2026-11-23T20:59:30Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-23T21:00:00Z');
    expect(since()).toEqual(['pause lax-12']);
    const list = wordsOf((await alex.say('schedules')).card);
    expect(list).toMatch(/#1 · daily 22:00-06:00.*LAX-12.*made by Alex Wilber/su);
    expect(list).toContain(
      'in its window until 24 Nov, 06:00 · 1 agent paused · next 24 Nov, 22:00 to 25 Nov, 06:00',
    );
    const card = wordsOf((await alex.say('agent lax-12')).card);
    expect(card).toContain('paused by schedule #1 at 22:00 · resumes by itself at 24 Nov, 06:00');
    await goTo('2026-11-24T04:59:30Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume lax-12']);
    await goTo('2026-11-24T21:00:05Z');
    expect(since()).toEqual(['pause lax-12']);
    // An ordinary beginning and end are no news.
    expect(said()).toEqual([]);
    const audit = wordsOf((await alex.say('audit lax-12')).card);
    expect(audit).toMatch(/by schedule 1.*by schedule 1.*by schedule 1/su);
  });

  it('reads its filter at each start', async () => {
    const { alex, goTo, since, simulator } = await start({
      agents: [...smallFleet, boise('boi-1'), boise('boi-2')],
    });
    const made = await alex.say('pause where field.Site:Boise weekdays 22:00-06:00');
    expect(made.summary).toContain('where field.Site:Boise weekdays 22:00-06:00 · 2 agents now');
    await goTo('2026-11-23T21:00:00Z');
    expect(since()).toEqual(['pause boi-1', 'pause boi-2']);
    simulator.edit.add(boise('boi-3'));
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume boi-1', 'resume boi-2']);
    simulator.edit.drop('boi-1');
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual(['pause boi-2', 'pause boi-3']);
    await goTo('2026-11-25T05:00:00Z');
    since();
    // Friday's window ends on Saturday, and the next is Monday's.
    await goTo('2026-11-27T21:00:00Z');
    expect(since()).toEqual(['pause boi-2', 'pause boi-3']);
    await goTo('2026-11-28T05:00:00Z');
    since();
    await goTo('2026-11-28T21:00:00Z');
    expect(since()).toEqual([]);
  });

  it('that is made inside its window acts at once, and says when that is done', async () => {
    const { alex, goTo, since, said } = await start({ at: '2026-11-23T23:30:00Z' });
    const made = await alex.say('pause lax-12 daily 22:00-06:00');
    expect(wordsOf(made.card)).toContain(
      'This is inside it: pausing begins now and ends at 06:00.',
    );
    await goTo('2026-11-23T23:30:10Z');
    expect(since()).toEqual(['pause lax-12']);
    expect(said()).toEqual([
      'Schedule #1 · 1 agent paused · LAX-12 daily 22:00-06:00 · until 06:00',
    ]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume lax-12']);
  });

  it('gives way to a resume by hand until its window ends', async () => {
    const { alex, goTo, since } = await start();
    await alex.say('pause lax-12 daily 22:00-06:00');
    await goTo('2026-11-23T21:00:00Z');
    await alex.say('resume lax-12 / crm');
    since();
    await goTo('2026-11-23T23:00:00Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume lax-12/voice-1']);
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual(['pause lax-12']);
  });

  it('leaves paused what somebody paused by hand, before it and in it', async () => {
    const { alex, goTo, since } = await start({
      agents: [...smallFleet, boise('boi-1'), boise('boi-2')],
    });
    await alex.say('pause where is:online daily 22:00-06:00');
    await alex.say('pause lax-12 / crm');
    await alex.say('pause boi-1');
    since();
    await goTo('2026-11-23T21:00:00Z');
    expect(since()).toEqual(['pause boi-2', 'pause lax-12']);
    await alex.say('pause boi-2');
    since();
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume lax-12/voice-1']);
  });

  it('keeps paused until its end what would have resumed by itself in it, and not what resumes later', async () => {
    const { alex, goTo, since } = await start({ agents: [...smallFleet, boise('boi-1')] });
    await alex.say('pause where is:online daily 22:00-06:00');
    await alex.say('pause lax-12 until 23:00');
    await alex.say('pause boi-1 until 08:00');
    since();
    await goTo('2026-11-23T21:00:00Z');
    await goTo('2026-11-23T22:30:00Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume lax-12']);
    await goTo('2026-11-24T07:00:00Z');
    expect(since()).toEqual(['resume boi-1']);
  });

  it('that is ended inside its window leaves its agents paused, and offers to resume them', async () => {
    const { alex, goTo, since, said } = await start({ agents: [boise('boi-1'), boise('boi-2')] });
    await alex.say('pause where field.Site:Boise daily 22:00-06:00');
    await goTo('2026-11-23T21:00:00Z');
    since();
    const ended = await alex.say('unschedule 1');
    expect(ended.summary).toContain('Schedule #1 has ended · 2 agents stay paused');
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual([]);
    const pressed = await alex.press(ended.card, 'schedule.resume');
    expect(wordsOf(pressed.card)).toContain('Resuming 2 agents');
    await goTo('2026-11-24T05:01:00Z');
    expect(since()).toEqual(['resume boi-1', 'resume boi-2']);
    expect(said()).toEqual([
      'Schedule #1 · 2 agents resumed · where field.Site:Boise daily 22:00-06:00',
    ]);
    const again = await alex.press(ended.card, 'schedule.resume');
    expect(wordsOf(again.card)).toContain('is being resumed already, or nothing of it is left');
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual([]);
    expect(wordsOf((await alex.say('schedules')).card)).toContain('Nothing is paused here');
  });

  it('is skipped once, and then goes on', async () => {
    const { alex, goTo, since } = await start();
    await alex.say('pause lax-12 daily 22:00-06:00');
    const list = (await alex.say('schedules')).card;
    const skipped = await alex.press(list, 'schedule.skip');
    expect(wordsOf(skipped.card)).toContain(
      '22:00 is skipped · next 24 Nov, 22:00 to 25 Nov, 06:00',
    );
    await alex.press(skipped.card, 'schedule.unskip');
    await alex.press(list, 'schedule.skip', {}, { messageId: 'message-2' });
    await goTo('2026-11-23T21:00:00Z');
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual([]);
    // The card of yesterday skips nothing of today.
    expect(wordsOf((await alex.press(list, 'schedule.skip')).card)).toContain(
      'has begun, or is not',
    );
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual(['pause lax-12']);
  });

  it('whose agent was deleted says so once, and in the list', async () => {
    const { alex, goTo, since, said, simulator } = await start();
    await alex.say('pause lax-12 daily 22:00-06:00');
    simulator.edit.drop('lax-12');
    await goTo('2026-11-23T21:00:00Z');
    expect(said()).toEqual([
      'Schedule #1 · no agent paused · 1 failed · LAX-12 daily 22:00-06:00 · until 24 Nov, 06:00',
    ]);
    expect(wordsOf((await alex.say('schedules')).card)).toContain('its agent was deleted');
    await goTo('2026-11-24T05:00:00Z');
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual([]);
    expect(said()).toEqual([]);
  });
});

describe('a bot that was down', () => {
  const plan = async () => {
    const database = await aDatabase();
    const before = await start({ watching: false, database });
    await before.alex.say('pause lax-12 daily 22:00-06:00');
    return database;
  };

  it('acts when it is up while the window is still open, and says so', async () => {
    const { alex, goTo, since, said } = await start({
      at: '2026-11-23T23:40:00Z',
      database: await plan(),
    });
    await alex.say('whoami');
    await goTo('2026-11-23T23:40:10Z');
    expect(since()).toEqual(['pause lax-12']);
    expect(said()).toEqual([
      expect.stringMatching(/begun only at 00:40 instead of 23 Nov, 22:00/u),
    ]);
  });

  it('leaves a window that passed meanwhile', async () => {
    const { alex, goTo, since, said } = await start({
      at: '2026-11-24T05:30:00Z',
      database: await plan(),
    });
    await goTo('2026-11-24T05:31:00Z');
    expect(since()).toEqual([]);
    expect(wordsOf((await alex.say('schedules')).card)).toContain('next 22:00 to 25 Nov, 06:00');
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual(['pause lax-12']);
    expect(said()).toEqual([]);
  });

  it('resumes late what it had paused, and says so', async () => {
    const database = await aDatabase();
    const before = await start({ database });
    await before.alex.say('pause lax-12 daily 22:00-06:00');
    await before.goTo('2026-11-23T21:00:00Z');
    expect(before.since()).toEqual(['pause lax-12']);
    const { alex, goTo, since, said } = await start({ at: '2026-11-24T07:00:00Z', database });
    await alex.say('whoami');
    await goTo('2026-11-24T07:00:10Z');
    expect(since()).toEqual(['resume lax-12']);
    expect(said()).toEqual([expect.stringMatching(/ended only at 08:00 instead of 06:00/u)]);
  });
});

describe('what is typed for a schedule', () => {
  it('does nothing where it cannot be read, and says why', async () => {
    const { alex, clock, since, user } = await start({ watching: false });
    // Teams bounds what is said in one conversation, and in a tenant, within seconds.
    const speakers = ['a:one', 'a:two', 'a:three'].map((id) =>
      user({ conversation: { id, conversationType: 'personal' } }),
    );
    const typed = [
      ['pause lax-12 daily 08:00-08:00', 'From 08:00 to 08:00 is no time, or a whole day'],
      ['pause lax-12 daily 22:00', 'Days and both times of a schedule stand at its end'],
      ['pause lax-12 daily 22:00-06:00 please', 'I cannot read'],
      ['pause lax-12 daily 22:00-06:00 for 2h', 'I cannot read'],
      ['pause where site daily 25:00-06:00', 'I cannot read'],
      ['pause all daily 22:00-06:00', 'A schedule is for one agent or for those of a filter'],
      ['pause where daily 22:00-06:00', 'Type it like this'],
      ['pause lax-12 / crm daily 22:00-06:00', 'A schedule pauses all targets of an agent'],
      ['pause where nowhere daily 22:00-06:00', 'No agent matches'],
      ['pause nobody daily 22:00-06:00', 'There is no agent called'],
      ['unschedule 7', 'There is no schedule 7 here'],
      ['schedules please', 'Type it like this'],
    ] as const;
    for (const [place, [text, sentence]] of typed.entries()) {
      await clock.advance(100);
      expect([text, wordsOf((await speakers[place % 3]?.say(text))?.card ?? {})]).toEqual([
        text,
        expect.stringContaining(sentence),
      ]);
    }
    expect(wordsOf((await alex.say('schedules')).card)).toContain('Nothing is paused here');
    expect(since()).toEqual([]);
  });

  it('means an agent by its whole name before it means days', async () => {
    const named = (id: string, name: string) => ({ ...boise(id), name });
    const { alex, since } = await start({
      agents: [named('r-1', 'Sat, Sun Radio'), named('r-2', 'Lobby daily 22:00-06:00')],
    });
    const made = await alex.say('pause Sat, Sun Radio sat,sun 22:00-06:00');
    expect(made.summary).toContain('pause Sat, Sun Radio sat,sun 22:00-06:00');
    await alex.say('pause Sat, Sun Radio');
    await alex.say('pause Lobby daily 22:00-06:00');
    expect(since()).toEqual(['pause r-1', 'pause r-2']);
  });

  it('asks which agent, and takes the whole command along', async () => {
    const { alex } = await start({ agents: [boise('boi-1'), boise('boi-2')] });
    const { card } = await alex.say('pause boi mon-fri 18:00-07:00');
    const [first] = executesOf(card).filter(({ verb }) => verb === 'schedule.create');
    expect(first?.data).toEqual({
      agent: 'boi-1',
      days: [1, 2, 3, 4, 5],
      from: '18:00',
      to: '07:00',
    });
    const made = await alex.execute({ verb: 'schedule.create', data: first?.data ?? {} });
    expect(wordsOf(made.card)).toContain('pause BOI-1 weekdays 18:00-07:00');
  });

  it('is listed everywhere for admins in their own chat alone', async () => {
    const { alex, user } = await start();
    const conversation = { id: '19:ops@thread.tacv2', conversationType: 'channel' } as const;
    const channel = user({ conversation });
    await channel.say('pause lax-12 daily 22:00-06:00');
    const person = { id: '29:bea', name: 'Bea', aadObjectId: 'bea-object-id' };
    const bea = user({ person, conversation: { id: 'a:bea', conversationType: 'personal' } });
    expect(wordsOf((await alex.say('schedules')).card)).toContain('Nothing is paused here');
    const all = await alex.say('schedules everywhere');
    expect(wordsOf(all.card)).toContain('#1 · daily 22:00-06:00');
    expect(executesOf(all.card).map(({ verb }) => verb)).not.toContain('schedule.end');
    expect(wordsOf((await channel.say('schedules everywhere')).card)).toContain('in your own chat');
    expect(wordsOf((await bea.say('schedules everywhere')).card)).toContain('admin');
    // Its number means nothing in another conversation.
    expect(wordsOf((await alex.say('unschedule 1')).card)).toContain('There is no schedule 1 here');
  });
});

describe('on a day when the clocks change', () => {
  it.each([
    // 02:30 does not exist: an hour later.
    [
      'spring',
      '2026-03-28T20:00:00Z',
      'daily 02:30-05:00',
      '2026-03-29T01:30:00Z',
      '2026-03-29T03:00:00Z',
    ],
    // 02:30 comes twice: the first one counts, for an end too.
    [
      'autumn',
      '2026-10-24T20:00:00Z',
      'daily 23:00-02:30',
      '2026-10-24T21:00:00Z',
      '2026-10-25T00:30:00Z',
    ],
  ])('in %s it begins and ends once', async (_, at, times, from, until) => {
    const { alex, goTo, since } = await start({ at });
    await alex.say(`pause lax-12 ${times}`);
    await goTo(new Date(Date.parse(from) - 30_000).toISOString());
    expect(since()).toEqual([]);
    await goTo(from);
    expect(since()).toEqual(['pause lax-12']);
    await goTo(new Date(Date.parse(until) - 30_000).toISOString());
    expect(since()).toEqual([]);
    await goTo(until);
    expect(since()).toEqual(['resume lax-12']);
    await goTo(new Date(Date.parse(until) + 2 * hour).toISOString());
    expect(since()).toEqual([]);
  });
});
