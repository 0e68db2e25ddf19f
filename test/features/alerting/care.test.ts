import { describe, expect, it } from 'vitest';
import { channel, here, startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';
import { aDetail, openAlert } from './an-alert.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

describe('who takes care of an alert', () => {
  it('gives it back, and nothing twice', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await talk.speaker().say('ack 1');
    expect(words(await talk.speaker().say('unack 1'))).toContain('#1 given back');
    expect((await talk.store.alerts.find('alert-a'))?.ackedBy).toBeUndefined();
    expect(words(await talk.speaker().say('unack 1'))).toContain('was not acknowledged');
  });

  it('writes notes, which stand on its card', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    expect(words(await talk.speaker().say('note 1 ISP ticket 4711 is open'))).toContain('#1 noted');
    const { card } = (await talk.speaker().execute('alert.show', { alert: 'alert-a' })) ?? {
      card: {},
    };
    expect(wordsOf(card)).toContain('Alex: ISP ticket 4711 is open');
  });

  it.each([
    ['note', 'Type it like this'],
    ['note 1', 'Type it like this'],
    [`note 1 ${'x'.repeat(501)}`, 'at most 500'],
    ['unack 9', 'There is no alert 9 here'],
    ['assign 1 to Megan', 'Type it like this'],
  ])('“%s” is refused', async (text, sentence) => {
    const talk = await startTalk();
    await openAlert(talk.store);
    expect(words(await talk.speaker().say(text))).toContain(sentence);
  });
});

describe('alerts', () => {
  it('lists what is open, first what nobody has, and what ended since', async () => {
    const talk = await startTalk();
    await openAlert(talk.store, { detail: aDetail({ agentName: 'AAA' }) });
    const over = await openAlert(talk.store, {
      id: 'b',
      agentId: 'boi',
      detail: aDetail({ agentName: 'BBB' }),
    });
    await openAlert(talk.store, { id: 'c', agentId: 'den', detail: aDetail({ agentName: 'CCC' }) });
    await talk.store.alerts.save([
      { ...over, closedAt: talk.clock.now(), detail: aDetail({ agentName: 'BBB', state: 'over' }) },
    ]);
    await talk.speaker().say('ack 1');
    const listed = words(await talk.speaker().say('alerts'));
    expect(listed).toMatch(/#3 CCC[\s\S]*#1 AAA/u);
    expect(listed).toContain('2 open alerts · 1 not acknowledged');
    expect(listed).not.toContain('BBB');
    expect(words(await talk.speaker().say('alerts since 1h'))).toContain('#2 BBB');
    expect(words(await talk.speaker().say('alerts unacked'))).not.toContain('AAA');
    expect(words(await talk.speaker().say('alerts mine'))).not.toContain('CCC');
  });

  it('acknowledges several that were ticked, and shows the list again', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await openAlert(talk.store, { id: 'b', agentId: 'boi' });
    const seen = await talk.speaker().execute('alerts.ack', { alerts: '1,2' });
    expect(words(seen)).toContain('2 open alerts · 0 not acknowledged');
  });

  it('acts on those that were ticked alone, also where others share their card, whose card counts them', async () => {
    let between = () => {};
    const talk = await startTalk({
      broken: (store) => ({
        ...store,
        transaction: (work) => {
          between();
          return store.transaction(work);
        },
      }),
    });
    // What is taken on together is taken on at one time.
    between = () => talk.clock.setWall(7);
    for (const [id, agentId] of [
      ['a', 'lax-12'],
      ['b', 'boi'],
      ['c', 'den'],
    ] as const)
      await openAlert(talk.store, {
        id,
        agentId,
        groupId: 'group-a',
        detail: aDetail({ agentName: agentId }),
      });
    const alex = talk.speaker();
    expect(words(await alex.execute('alerts.ack', { alerts: '1,3' }))).toContain(
      '3 open alerts · 1 not acknowledged',
    );
    const card = words(await alex.execute('alert.show', { alert: 'group-a' }));
    expect(card).toContain('2 of 3 acknowledged');
    expect(card).toContain('Alex acknowledged #1, #3');
    await alex.execute('alerts.mute', { alerts: '2' });
    const mutes = await talk.store.mutes.active('default', talk.clock.now());
    expect(mutes.map(({ agentId }) => agentId)).toEqual(['boi']);
    expect(words(await alex.execute('alerts.ack', { alerts: '2' }))).toContain(
      '0 not acknowledged',
    );
  });

  it('says of the ticked which have ended or were taken on meanwhile, and does the others', async () => {
    const talk = await startTalk();
    const over = await openAlert(talk.store);
    await openAlert(talk.store, { id: 'b', agentId: 'boi' });
    await openAlert(talk.store, { id: 'c', agentId: 'den' });
    const detail = aDetail({ state: 'over' });
    await talk.store.alerts.save([{ ...over, closedAt: talk.clock.now(), detail }]);
    await talk.speaker({ name: 'Megan', key: here.conversationKey }).say('ack 3');
    const acked = words(await talk.speaker().execute('alerts.ack', { alerts: '1,2,3' }));
    expect(acked).toContain('#1 is over · #3 was acknowledged by Megan before');
    expect(acked).toContain('2 open alerts · 0 not acknowledged');
    const muted = words(await talk.speaker().execute('alerts.mute', { alerts: '1,2' }));
    expect(muted).toContain('#1 is over');
    const mutes = await talk.store.mutes.active('default', talk.clock.now());
    expect(mutes.map(({ agentId }) => agentId)).toEqual(['boi']);
    expect(words(await talk.speaker().execute('alerts.mute', { alerts: '1' }))).toContain(
      'is over',
    );
  });

  it('stand in the order of the age that they show, and of one minute the worst first', async () => {
    const talk = await startTalk();
    const at = (minutes: number) => talk.clock.now() - minutes * 60_000;
    for (const [name, minutes, score] of [
      ['YOUNG', 5, 20],
      ['OLD', 90, 45],
      ['FAIR', 30, 60],
      ['WORST', 30, 10],
    ] as const)
      await openAlert(talk.store, {
        id: name,
        agentId: name,
        detail: aDetail({ agentName: name, since: at(minutes), shown: { word: 'poor', score } }),
      });
    expect(words(await talk.speaker().say('alerts'))).toMatch(
      /OLD[\s\S]*WORST[\s\S]*FAIR[\s\S]*YOUNG/u,
    );
  });

  it('mutes all that were ticked, or none where one is unknown', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await openAlert(talk.store, { id: 'b', agentId: 'boi' });
    const muted = async () =>
      (await talk.store.mutes.active('default', talk.clock.now())).map(({ agentId }) => agentId);
    await talk.speaker().execute('alerts.mute', { alerts: '1,9' });
    expect(await muted()).toEqual([]);
    await talk.speaker().execute('alerts.mute', { alerts: '1,2' });
    expect((await muted()).toSorted()).toEqual(['boi', 'lax-12']);
  });

  it.each(['alerts.ack', 'alerts.mute'])(
    'G4: the page of the list stays when a viewer presses %s on it',
    async (verb) => {
      const talk = await startTalk({ role: 'viewer' });
      for (let number = 1; number <= 12; number += 1)
        await openAlert(talk.store, { id: `alert-${number}`, agentId: `agent-${number}` });
      const pressed = { asked: 'open', page: 2, alerts: '1' };
      const seen = await talk.speaker().execute(verb, pressed);
      expect(seen?.summary).toContain('needs the role operator; yours is viewer');
      expect(words(seen)).toContain('page 2 of 2');
      expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([]);
      expect((await talk.store.alerts.find('alert-1'))?.ackedBy).toBeUndefined();
    },
  );

  it('acts on the page that is shown, and shows it again', async () => {
    const talk = await startTalk();
    for (let number = 1; number <= 12; number += 1)
      await openAlert(talk.store, { id: `alert-${number}`, agentId: `agent-${number}` });
    const alex = talk.speaker();
    const second = await alex.execute('alerts.page', { asked: 'unacked', page: 2 });
    const untouched = await alex.press(second?.card ?? {}, 'alerts.ack', { alerts: '' });
    expect(words(untouched)).toContain('Tick at least one alert');
    expect(words(untouched)).toContain('page 2 of 2');
    const taken = await alex.press(second?.card ?? {}, 'alerts.ack', { alerts: '1' });
    expect(words(taken)).toContain(
      '11 open alerts · 11 not acknowledged · “unacked” · page 2 of 2',
    );
    const muted = await alex.press(second?.card ?? {}, 'alerts.mute', { alerts: '2' });
    expect(words(muted)).toContain('“unacked” · page 2 of 2');
  });

  it('shows those of all conversations to admins in a 1:1 chat alone, typed or pressed', async () => {
    const asked = { asked: 'everywhere', page: 1 };
    const admins = await startTalk({ admins: ['alex'] });
    expect(words(await admins.speaker().execute('alerts.page', asked))).toContain(
      'Alerts everywhere',
    );
    expect(words(await admins.speaker(channel).say('alerts everywhere'))).toContain('everywhere');
    const there = words(await admins.speaker(channel).execute('alerts.page', asked));
    expect(there).not.toContain('Alerts everywhere');
    const operators = await startTalk({ role: 'operator' });
    expect(words(await operators.speaker().execute('alerts.page', asked))).toContain(
      'needs the role admin',
    );
  });

  it('says that nothing was found, not that all is well', async () => {
    const talk = await startTalk();
    expect(words(await talk.speaker().say('alerts'))).toContain('No alert is open here.');
    expect(words(await talk.speaker().say('alerts mine'))).toContain(
      'No alert is open for what was asked: “mine”',
    );
  });

  it('shows five hundred ten at a time', async () => {
    const talk = await startTalk();
    await talk.store.alerts.open(
      Array.from({ length: 500 }, (_, index) => ({
        ...here,
        id: `many-${index}`,
        watchId: 'w',
        agentId: `agent-${index}`,
        sessionId: '',
        openedAt: index,
        detail: aDetail({ agentName: `AGENT-${index}` }),
      })),
    );
    const listed = words(await talk.speaker().say('alerts'));
    expect(listed).toContain('page 1 of 50');
    expect(listed.match(/#\d+ AGENT/gu)?.length).toBeLessThanOrEqual(20);
    const second = words(await talk.speaker().execute('alerts.page', { asked: '', page: 2 }));
    expect(second).toContain('#11 AGENT-10');
  });
});
