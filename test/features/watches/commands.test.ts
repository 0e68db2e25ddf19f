import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/features/history/store.ts';
import { channel, here, startTalk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { openAlert } from '../alerting/an-alert.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

describe('watch', () => {
  it.each([
    ['watch', { filter: '', quality: { word: 'poor' }, offline: true }],
    [
      'watch field.Site:Denver',
      { filter: 'field.Site:Denver', quality: { word: 'poor' }, offline: true },
    ],
    ['watch lax offline', { filter: 'lax', quality: 'none', offline: true }],
    [
      'WATCH name:lax* below 70 after 10m',
      { filter: 'name:lax*', quality: { below: 70 }, offline: false, afterMs: 600_000 },
    ],
    ['watch fair offline', { filter: '', quality: { word: 'fair' }, offline: true }],
  ])('“%s” is kept for this conversation', async (text, rule) => {
    const talk = await startTalk();
    await talk.speaker().say(text);
    expect(await talk.store.watches.list(here)).toEqual([
      {
        ...here,
        id: expect.any(String),
        number: 1,
        filter: rule.filter,
        rule,
        madeBy: { id: 'alex', name: 'Alex' },
        createdAt: talk.clock.now(),
      },
    ]);
  });

  it.each([
    ['watch below lots', 'score from 1 to 100'],
    ['watch after never', 'duration'],
    ['watch poor fair', 'one bound'],
    ['watch is:nonsense', 'nonsense'],
    ['watch score<abc', 'needs a number'],
    ['watch whenever boise burns', 'No agent matches “whenever boise burns” now'],
    ['watch sort:name', 'I do not know “sort:name”'],
    ['watch field.Foo:bar', 'No agent has the field'],
    ['watch jitter>lots', 'I cannot read “jitter>lots”'],
    [`watch ${'x'.repeat(501)}`, '500 characters'],
  ])('C2: “%s” is refused with a sentence, and nothing is kept', async (text, sentence) => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say(text))).toContain(sentence);
    expect(await talk.store.watches.all('default')).toEqual([]);
  });

  it('shows how many agents it is about now and what it would have sent', async () => {
    const talk = await startTalk();
    const now = talk.clock.now();
    const poor = (minutesAgo: number): Sample => ({
      agentId: 'lax-12',
      sessionId: 'voice-1',
      at: now - minutesAgo * 60_000,
      word: minutesAgo > 60 && minutesAgo < 70 ? 'poor' : 'good',
      score: 50,
    });
    const samples = Array.from({ length: 120 }, (_, index) => poor(120 - index));
    await talk.store.samples.add('default', samples);
    const made = words(await talk.speaker().say('watch'));
    expect(made).toContain('Watching 2 agents');
    expect(made).toContain('1 notification about 1 agent');
    expect(words(await talk.speaker().say('watch name:nobody'))).toContain('No agent matches now');
  });

  it('shows how often its agents were offline, and since when that is known', async () => {
    const talk = await startTalk();
    const now = talk.clock.now();
    for (let ago = 12; ago > 0; ago -= 1) {
      const online = ago === 5 || ago === 6 ? [] : ['lax-12'];
      await talk.store.presence.mark('default', now - ago * 15 * 60_000, new Set(online));
    }
    const made = words(await talk.speaker().say('watch offline'));
    expect(made).toMatch(/Since \d\d:\d\d.*it would have sent about 1 notification about 1 agent/u);
    expect(made).toContain('about 1 time.');
  });

  it('C2: claims nothing of scores where there is no sample yet', async () => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say('watch'))).toContain('There are no samples');
  });

  it.each([
    ['watch “nobody yet”', '“nobody yet”'],
    ['watch name:new-office*', 'name:new-office*'],
    ['watch is:paused', 'is:paused'],
  ])('C2: “%s” waits for agents to come, and says that there are none', async (text, filter) => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say(text))).toContain('No agent matches now');
    expect(await talk.store.watches.list(here)).toMatchObject([{ rule: { filter } }]);
  });

  it.each([
    ['Poor House', 'Poor House'],
    ['Lab: below 70', 'name:"Lab: below 70"'],
    ['Watch after dark', 'Watch after dark'],
  ])('C4: an agent called “%s” is watched by its name', async (name, filter) => {
    const talk = await startTalk();
    talk.simulator.edit.rename('lax-12', name);
    await talk.speaker().say(`watch ${name}`);
    expect(await talk.store.watches.list(here)).toMatchObject([
      { rule: { filter, quality: { word: 'poor' }, offline: true } },
    ]);
  });

  it('makes a watch although PingPlotter does not answer', async () => {
    const talk = await startTalk();
    talk.simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
    expect(words(await talk.speaker().say('watch lax'))).toContain('cannot be read just now');
    expect(await talk.store.watches.list(here)).toHaveLength(1);
  });

  it('does not watch the same twice in one conversation', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await alex.say('watch lax');
    await alex.say('watch lax');
    await alex.say('watch lax offline');
    const there = talk.speaker({ kind: 'group', key: 'group-1' });
    await there.say('watch lax');
    const kept = await talk.store.watches.all('default');
    expect(kept.map(({ conversationKey, number }) => [conversationKey, number])).toEqual([
      ['chat-alex', 1],
      ['chat-alex', 2],
      ['group-1', 1],
    ]);
  });

  it('ends somewhere: a conversation has a hundred watches at most', async () => {
    const talk = await startTalk();
    const rule = { filter: '', quality: 'none', offline: true };
    for (let count = 1; count <= 100; count += 1)
      await talk.store.watches.add({
        ...here,
        filter: '',
        rule: { ...rule, filter: String(count) },
        madeBy: { id: 'alex', name: 'Alex' },
        createdAt: count,
      });
    expect(words(await talk.speaker().say('watch'))).toContain('100 watches here already');
  });

  it.each([
    ['personal', 1],
    ['group', 0],
    ['channel', 0],
  ] as const)('by a viewer in a %s conversation makes %i', async (kind, count) => {
    const talk = await startTalk({ role: 'viewer' });
    const seen = await talk.speaker({ kind, key: 'somewhere' }).say('watch');
    expect(await talk.store.watches.all('default')).toHaveLength(count);
    if (count === 0) expect(words(seen)).toContain('needs the role operator');
  });
});

describe('watches', () => {
  it('shows what is watched and what is held back, in this conversation only', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await alex.say('watch lax offline');
    await alex.say('mute lax for 1h');
    await alex.say('maintenance den from 22:00 to 23:00');
    await talk.speaker({ kind: 'group', key: 'group-1' }).say('watch den');
    const shown = words(await alex.say('watches'));
    expect(shown).toContain('Offline, lax');
    expect(shown).toContain('LAX-12');
    expect(shown).toContain('muted until 14:00');
    expect(shown).toContain('maintenance from 22:00 to 23:00');
    expect(shown).not.toContain('Poor or offline');
  });

  it('shows them although PingPlotter does not answer', async () => {
    const talk = await startTalk();
    await talk.speaker().say('watch');
    await talk.clock.advance(60_000);
    talk.simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
    expect(words(await talk.speaker().say('watches'))).toContain('Poor or offline');
  });
});

describe('the list of watches', () => {
  it('has End beside each, and stays the list', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await alex.say('watch name:lax*');
    await alex.say('watch name:den* offline');
    const list = await alex.say('watches');
    const ends = executesOf(list?.card ?? {}).filter(({ verb }) => verb === 'watch.end');
    expect(ends.map(({ title, tooltip }) => [title, tooltip])).toEqual([
      ['End', 'End watch 1'],
      ['End', 'End watch 2'],
    ]);
    const after = await alex.press(list?.card ?? {}, 'watch.end');
    expect(words(after)).toContain('Watches here');
    expect(after?.summary).toContain('Watch 1 has ended: Poor or offline, name:lax*');
    expect(words(after)).toContain('Watch 1 has ended');
    expect((await talk.store.watches.all('default')).map(({ number }) => number)).toEqual([2]);
    const form = await alex.press(after?.card ?? {}, 'watch.edit');
    expect(words(form)).toContain('name:den*');
  });
});

describe('unwatch', () => {
  it('ends the watch with that number and closes its alerts', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await alex.say('watch');
    await alex.say('watch lax');
    const [, second] = await talk.store.watches.list(here);
    await openAlert(talk.store, { watchId: second?.id ?? '' });
    await openAlert(talk.store, { id: 'alert-b' });
    expect(words(await alex.say('unwatch 2'))).toContain('Watch 2 has ended');
    expect((await talk.store.watches.list(here)).map(({ number }) => number)).toEqual([1]);
    expect((await talk.store.alerts.current('default')).map(({ id }) => id)).toEqual(['alert-b']);
    expect((await talk.waiting()).map(({ card, kind }) => [card, kind])).toEqual([
      ['alert-a', 'update'],
    ]);
  });

  it.each([
    ['unwatch', 'Type it like this'],
    ['unwatch two', 'Type it like this'],
    ['unwatch 1 2', 'Type it like this'],
    ['unwatch 7', 'There is no watch 7 here'],
  ])('“%s” is refused with a sentence', async (text, sentence) => {
    const talk = await startTalk();
    await talk.speaker().say('watch');
    expect(words(await talk.speaker().say(text))).toContain(sentence);
    expect(await talk.store.watches.list(here)).toHaveLength(1);
  });

  it('of a channel is for operators, even one that a viewer made when they were more', async () => {
    const talk = await startTalk({ role: 'viewer' });
    const conversation = { account: 'default', conversationKey: channel.key };
    const rule = { filter: '', quality: 'none', offline: true };
    const draft = { ...conversation, filter: '', rule, createdAt: 1 };
    await talk.store.watches.add({ ...draft, madeBy: { id: 'alex', name: 'Alex' } });
    const alex = talk.speaker(channel);
    expect(words(await alex.say('unwatch 1'))).toContain('needs the role operator');
    expect(await talk.store.watches.list(conversation)).toHaveLength(1);
  });
});

describe('the form of a watch', () => {
  const filledIn = {
    filter: 'lax',
    bound: 'below',
    below: '65',
    offline: 'true',
    after: '5m',
    quietFrom: '22:00',
    quietTo: '07:00',
  };

  it('opens by its button and makes a watch with quiet hours in the time zone of who made it', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const list = await alex.say('watches');
    const form = await alex.press(list?.card ?? {}, 'watch.create');
    expect(words(form)).toContain('New watch');
    const shown = await alex.press(form?.card ?? {}, 'watch.create', filledIn);
    expect(await talk.store.watches.list(here)).toEqual([]);
    await alex.press(shown?.card ?? {}, 'watch.create', filledIn);
    const [kept] = await talk.store.watches.list(here);
    expect(kept?.rule).toEqual({
      filter: 'lax',
      quality: { below: 65 },
      offline: true,
      afterMs: 300_000,
      quiet: { from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'Europe/Berlin' },
    });
  });

  it.each([
    [{ below: '' }, 'score from 1 to 100'],
    [{ below: '40 poor' }, 'one bound'],
    [{ after: 'soon' }, 'duration'],
    [{ after: '5m lax' }, 'does not belong there'],
    [{ bound: 'none', offline: 'false' }, 'something to tell about'],
    [{ quietTo: '' }, 'a beginning and an end'],
    [{ quietTo: '25:00' }, 'a beginning and an end'],
    [{ quietTo: '22:00' }, 'must not end when they begin'],
    [{ filter: 'is:nonsense' }, 'nonsense'],
  ])('keeps what was filled in and says what is wrong with %o', async (wrong, sentence) => {
    const talk = await startTalk();
    const answer = await talk.speaker().execute('watch.create', { ...filledIn, ...wrong });
    expect(words(answer)).toContain(sentence);
    expect(words(answer)).toContain('New watch');
    expect(await talk.store.watches.all('default')).toEqual([]);
  });

  it('changes a watch under its number, and leaves quiet hours that nobody touched', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const made = await alex.press(
      (await alex.execute('watch.create', filledIn))?.card ?? {},
      'watch.create',
      filledIn,
    );
    const away = talk.speaker({ timeZone: 'America/New_York' });
    const form = await away.press(made?.card ?? {}, 'watch.edit');
    expect(words(form)).toContain('Change watch 1');
    const otherwise = { ...filledIn, bound: 'poor', below: '' };
    const shown = await away.press(form?.card ?? {}, 'watch.edit', otherwise);
    const changed = await away.press(shown?.card ?? {}, 'watch.edit', otherwise);
    expect(words(changed)).toContain('watch 1, changed');
    const [kept] = await talk.store.watches.list(here);
    expect(kept?.rule).toMatchObject({
      quality: { word: 'poor' },
      quiet: { timeZone: 'Europe/Berlin' },
    });
  });

  it('shows first what it would have sent in the last week, and again what was changed since', async () => {
    const talk = await startTalk();
    const now = talk.clock.now();
    await talk.store.samples.add(
      'default',
      Array.from({ length: 30 }, (_, index) => ({
        agentId: 'lax-12',
        sessionId: 'voice-1',
        at: now - (30 - index) * 60_000,
        word: index > 10 && index < 20 ? ('poor' as const) : ('good' as const),
        score: 50,
      })),
    );
    const alex = talk.speaker();
    const poor = { filter: 'lax', bound: 'poor', offline: 'false' };
    const shown = await alex.execute('watch.create', poor);
    expect(words(shown)).toContain('Not saved yet: Poor, lax. 1 agent now.');
    expect(words(shown)).toContain('it would have sent 1 notification about 1 agent');
    const other = await alex.press(shown?.card ?? {}, 'watch.create', { ...poor, filter: 'den' });
    expect(words(other)).toContain('Not saved yet: Poor, den. 1 agent now.');
    expect(words(other)).toContain('no samples of these agents');
    expect(await talk.store.watches.list(here)).toEqual([]);
    await alex.press(other?.card ?? {}, 'watch.create', { ...poor, filter: 'den' });
    expect(await talk.store.watches.list(here)).toMatchObject([{ filter: 'den' }]);
  });

  it('is saved by who saw what it would be, and by nobody else', async () => {
    const talk = await startTalk();
    const shown = await talk.speaker(channel).execute('watch.create', filledIn);
    const megan = talk.speaker({ ...channel, name: 'Megan' });
    const hers = await megan.press(shown?.card ?? {}, 'watch.create', filledIn);
    expect(words(hers)).toContain('Not saved yet');
    expect(await talk.store.watches.all('default')).toEqual([]);
    await megan.press(hers?.card ?? {}, 'watch.create', filledIn);
    expect(await talk.store.watches.all('default')).toMatchObject([{ madeBy: { name: 'Megan' } }]);
  });

  it('can be saved where the agents cannot be read', async () => {
    const talk = await startTalk();
    talk.simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
    const every = { filter: '', bound: 'poor', offline: 'true' };
    const shown = await talk.speaker().execute('watch.create', every);
    expect(words(shown)).toContain('The agents cannot be read just now');
    await talk.speaker().press(shown?.card ?? {}, 'watch.create', every);
    expect(await talk.store.watches.all('default')).toHaveLength(1);
  });

  it('is refused to a viewer in a channel, and to everybody in another conversation', async () => {
    const talk = await startTalk({ role: 'viewer' });
    const made = await talk.speaker().say('watch');
    const edit = executesOf(made?.card ?? {}).find(({ verb }) => verb === 'watch.edit');
    const elsewhere = await talk
      .speaker({ key: 'chat-megan', name: 'Megan' })
      .execute('watch.edit', edit?.data);
    expect(words(elsewhere)).toContain('This watch has ended');
    const there = await talk.speaker(channel).execute('watch.create', filledIn);
    expect(words(there)).toContain('needs the role operator');
    expect(await talk.store.watches.all('default')).toHaveLength(1);
  });

  it('ends and tests a watch by its buttons', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    const made = await alex.say('watch');
    const [kept] = await talk.store.watches.list(here);
    expect((await alex.press(made?.card ?? {}, 'watch.test'))?.summary).toContain(
      'A test is on its way',
    );
    expect((await talk.waiting()).map(({ kind, payload }) => [kind, payload])).toEqual([
      ['post', { kind: 'test', watchId: kept?.id, by: 'Alex' }],
    ]);
    await alex.press(made?.card ?? {}, 'watch.end');
    expect(await talk.store.watches.list(here)).toEqual([]);
    expect(words(await alex.press(made?.card ?? {}, 'watch.end'))).toContain('has ended');
  });
});
