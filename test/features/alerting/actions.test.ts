import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/platform/errors.ts';
import type { Collections } from '../../../src/store/open.ts';
import { channel, here, type Seen, startTalk, type Talk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { aDetail, openAlert } from './an-alert.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

/** What the audit log has, the oldest first. */
const kept = async ({ store }: Talk): Promise<readonly string[]> =>
  (await store.audit.list({ account: 'default', limit: 10 }))
    .map(({ personName, after, detail }) => [personName, after, detail].join(' '))
    .toReversed();

const megan = { name: 'Megan', key: here.conversationKey };

describe('ack', () => {
  it('takes an alert on by its number, says who did, and updates the shared message', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    const seen = await talk.speaker().say('ack 1');
    expect(words(seen)).toBe('#1 Acknowledged by Alex at 13:00');
    expect(await talk.store.alerts.find('alert-a')).toMatchObject({
      ackedBy: { id: 'alex', name: 'Alex' },
      ackedAt: talk.clock.now(),
    });
    expect(
      (await talk.waiting()).map(({ card, kind, payload }) => ({ card, kind, payload })),
    ).toEqual([
      { card: 'alert-a', kind: 'update', payload: { kind: 'alert', alertId: 'alert-a' } },
    ]);
  });

  it('leaves it with who was first', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await talk.speaker().say('ack 1');
    await talk.waiting();
    expect(words(await talk.speaker(megan).say('ack #1'))).toContain('Acknowledged by Alex');
    expect(words(await talk.speaker(megan).say('ack 1, 1'))).toContain('Acknowledged by Alex');
    await talk.speaker(megan).execute('alert.ack', { alert: 'alert-a' });
    expect(await talk.waiting()).toEqual([]);
    expect(await kept(talk)).toEqual(['Alex acknowledged #1']);
  });

  it('takes several, and answers for each of them', async () => {
    const talk = await startTalk();
    const over = await openAlert(talk.store);
    await talk.store.alerts.save([{ ...over, closedAt: 5 }]);
    await openAlert(talk.store, { id: 'alert-b' });
    await openAlert(talk.store, { id: 'alert-c' });
    await talk.speaker(megan).say('ack 3');
    const told = words(await talk.speaker().say('ack 1 2 3 9'));
    expect(told).toContain('#1 is over');
    expect(told).toContain('#2 acknowledged by Alex');
    expect(told).toContain('#3 was acknowledged by Megan before');
    expect(told).toContain('#9 is not known here');
    expect(await kept(talk)).toEqual(['Megan acknowledged #3', 'Alex acknowledged #2']);
  });

  it('keeps and reports what was done when the store fails at another one', async () => {
    let acknowledged = 0;
    const shaky = (alerts: Collections['alerts']): Collections['alerts'] => ({
      ...alerts,
      acknowledge: (...asked) => {
        acknowledged += 1;
        if (acknowledged === 2) throw new AppError('store-down', 'down');
        return alerts.acknowledge(...asked);
      },
    });
    const talk = await startTalk({
      broken: (store) => ({
        ...store,
        transaction: (work) => store.transaction((tx) => work({ ...tx, alerts: shaky(tx.alerts) })),
      }),
    });
    for (const id of ['alert-a', 'alert-b', 'alert-c']) await openAlert(talk.store, { id });
    const told = words(await talk.speaker().say('ack 1 2 3'));
    expect(told).toContain('#1 acknowledged by Alex · #2 failed, try it again · #3 acknowledged');
    expect(await kept(talk)).toEqual(['Alex acknowledged #1 #3']);
  });

  it('takes on all that share a card', async () => {
    const talk = await startTalk();
    for (const id of ['alert-a', 'alert-b', 'alert-c'])
      await openAlert(talk.store, {
        id,
        agentId: `agent-${id}`,
        groupId: 'group-a',
        detail: aDetail({ agentName: id }),
      });
    const seen = await talk.speaker().say('ack 2');
    expect(words(seen)).toContain('3 agents');
    expect(words(seen)).toContain('Acknowledged by Alex');
    const members = await talk.store.alerts.inGroup('group-a');
    expect(members.map(({ ackedBy }) => ackedBy?.name)).toEqual(['Alex', 'Alex', 'Alex']);
    expect((await talk.waiting()).map(({ card, payload }) => ({ card, payload }))).toEqual([
      { card: 'group-a', payload: { kind: 'group', groupId: 'group-a' } },
    ]);
  });

  it('takes a note with it', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    expect(words(await talk.speaker().say('ack 1: on it, ticket 4711'))).toContain(
      'Acknowledged by Alex',
    );
    expect(await talk.store.alerts.find('alert-a')).toMatchObject({
      ackedBy: { name: 'Alex' },
      notes: [
        { by: 'Alex', text: '', at: talk.clock.now(), act: 'ack' },
        { by: 'Alex', text: 'on it, ticket 4711', at: talk.clock.now() },
      ],
    });
  });

  it.each([
    ['ack', 'Type it like this'],
    ['ack all', 'Type it like this'],
    ['ack 12', 'There is no alert 12 here'],
  ])('“%s” is refused with a sentence', async (text, sentence) => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await openAlert(talk.store, { id: 'alert-b' });
    expect(words(await talk.speaker().say(text))).toContain(sentence);
  });

  it('is for operators, and for the conversation that was notified', async () => {
    const viewers = await startTalk({ role: 'viewer' });
    await openAlert(viewers.store);
    expect(words(await viewers.speaker().say('ack 1'))).toContain('needs the role operator');
    const talk = await startTalk();
    await openAlert(talk.store);
    const there = await talk.speaker(channel).execute('alert.ack', { alert: 'alert-a' });
    expect(words(there)).toContain('not known any more');
    expect((await talk.store.alerts.find('alert-a'))?.ackedBy).toBeUndefined();
  });
});

describe('the buttons of an alert', () => {
  it('acknowledge, show and mute', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await openAlert(talk.store);
    const shown = await alex.execute('alert.show', { alert: 'alert-a' }, 'automatic');
    expect(words(shown)).toContain('is Poor');
    const acked = await alex.press(shown?.card ?? {}, 'alert.ack');
    expect(words(acked)).toContain('Acknowledged by Alex');
    const muted = await alex.press(acked?.card ?? {}, 'alert.mute');
    expect(muted?.summary).toBe('1 agent muted here until 14:00');
    expect(words(muted)).toContain('muted here until 14:00');
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([
      {
        ...here,
        agentId: 'lax-12',
        until: talk.clock.now() + 3_600_000,
        by: { id: 'alex', name: 'Alex' },
      },
    ]);
    const unmuted = await alex.press(muted?.card ?? {}, 'alert.unmute');
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([]);
    expect(unmuted?.summary).toBe('1 agent unmuted here');
    expect(words(unmuted)).toContain('is Poor');
    expect(words(unmuted)).not.toContain('muted here until');
  });

  it('end no mute of all agents', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await openAlert(talk.store);
    await alex.say('mute all for 1h');
    const shown = await alex.execute('alert.show', { alert: 'alert-a' });
    const refused = await alex.press(shown?.card ?? {}, 'alert.unmute');
    expect(words(refused)).toContain('All agents are muted here, not this one alone.');
    expect(words(refused)).toContain('is Poor');
    expect(await talk.store.mutes.active('default', talk.clock.now())).toHaveLength(1);
  });

  it('mute every agent of a group', async () => {
    const talk = await startTalk();
    for (const id of ['alert-a', 'alert-b', 'alert-c'])
      await openAlert(talk.store, { id, agentId: `agent-${id}`, groupId: 'group-a' });
    const muted = await talk.speaker().execute('alert.mute', { alert: 'group-a', for: '2h' });
    expect(muted?.summary).toBe('3 agents muted here until 15:00');
    const mutes = await talk.store.mutes.active('default', talk.clock.now());
    expect(mutes.map(({ agentId }) => agentId).sort()).toEqual([
      'agent-alert-a',
      'agent-alert-b',
      'agent-alert-c',
    ]);
  });

  it('do not update a message that was never posted', async () => {
    const talk = await startTalk();
    await openAlert(talk.store);
    await talk.store.cardMessages.forget(here, 'message-alert-a');
    await talk.speaker().execute('alert.ack', { alert: 'alert-a' });
    expect(await talk.waiting()).toEqual([]);
  });

  it.each([
    ['alert.mute', { alert: 'alert-a', for: 'ever' }, 'is no duration'],
    ['alert.show', { alert: 'alert-x' }, 'not known any more'],
    ['alert.ack', {}, 'nothing was done'],
  ])('%s with %o is refused with a sentence', async (verb, data, sentence) => {
    const talk = await startTalk();
    await openAlert(talk.store);
    expect(words(await talk.speaker().execute(verb, data))).toContain(sentence);
    expect(await talk.waiting()).toEqual([]);
  });
});

const button = (seen: Seen | undefined, title: string) => {
  const found = executesOf(seen?.card ?? {}).find((one) => one.title === title);
  if (found === undefined) throw new Error(`no button ${title}`);
  return found;
};

describe('C8: what is opened from an alert leads back to it', () => {
  it('the agent, also after a change of it', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await openAlert(talk.store);
    const alert = await alex.execute('alert.show', { alert: 'alert-a' });
    const open = button(alert, 'Open');
    const agent = await alex.execute(open.verb, open.data);
    const paused = await alex.press(agent?.card ?? {}, 'agent.pause');
    for (const seen of [agent, paused]) {
      const back = button(seen, 'Back to alert');
      expect(words(await alex.execute(back.verb, back.data))).toContain('is Poor');
    }
  });

  it('the list of a group, and the agents opened from that', async () => {
    const talk = await startTalk();
    const alex = talk.speaker();
    await openAlert(talk.store, { groupId: 'group-a' });
    const list = await alex.execute('agents.page', { filter: 'lax', page: 1, alert: 'group-a' });
    expect(button(list, 'Back to alert').data).toEqual({ alert: 'group-a' });
    const open = button(list, 'Open LAX-12');
    const back = button(await alex.execute(open.verb, open.data), 'Back to list');
    const again = await alex.execute(back.verb, back.data);
    expect(words(await alex.execute('alert.show', button(again, 'Back to alert').data))).toContain(
      'Poor',
    );
  });
});

describe('G3, G4: an alert’s card stays', () => {
  it('when somebody without a role, or nobody’s hand, asks for it again', async () => {
    const talk = await startTalk({ role: 'none' });
    await openAlert(talk.store);
    const there = talk.speaker();
    expect(await there.execute('alert.show', { alert: 'alert-a' }, 'automatic')).toBeUndefined();
    const viewers = await startTalk({ role: 'viewer' });
    viewers.simulator.fault({ match: {}, effect: { kind: 'status', status: 403 }, times: 99 });
    const list = { filter: '', page: 1 };
    expect(await viewers.speaker().execute('agents.page', list, 'automatic')).toBeUndefined();
    expect(words(await viewers.speaker().execute('agents.page', list))).not.toBe('');
  });

  it.each([
    ['alert.ack', {}],
    ['alert.mute', { for: '1h' }],
    ['alert.unmute', {}],
    ['alert.unack', {}],
  ])('when a viewer presses %s, with the refusal on it', async (verb, more) => {
    const talk = await startTalk({ role: 'viewer' });
    await openAlert(talk.store);
    const seen = await talk.speaker().execute(verb, { alert: 'alert-a', ...more });
    expect(seen?.summary).toContain('needs the role operator; yours is viewer');
    expect(words(seen)).toContain('needs the role operator');
    expect(words(seen)).toContain('is Poor');
    expect((await talk.store.alerts.find('alert-a'))?.ackedBy).toBeUndefined();
    expect(await talk.store.mutes.active('default', talk.clock.now())).toEqual([]);
    const [entry] = await talk.store.audit.list({ account: 'default', limit: 1 });
    expect(entry).toMatchObject({ action: verb, result: 'not-allowed' });
  });
});

it('G4: an alert’s card stays when a viewer in a channel wants to change its watch', async () => {
  const talk = await startTalk({ role: 'viewer' });
  const { watchId } = await openAlert(talk.store, { conversationKey: channel.key });
  const seen = await talk
    .speaker(channel)
    .execute('watch.edit', { watch: watchId, alert: 'alert-a' });
  expect(words(seen)).toContain('needs the role operator');
  expect(words(seen)).toContain('is Poor');
});

describe('a group', () => {
  it('of one agent has no common cause', async () => {
    const talk = await startTalk();
    await talk.speaker().say('agents');
    await openAlert(talk.store, { groupId: 'group-a' });
    await openAlert(talk.store, {
      id: 'alert-b',
      sessionId: 'crm-1',
      groupId: 'group-a',
      detail: aDetail({ target: { name: 'crm' } }),
    });
    const shown = words(await talk.speaker().execute('alert.show', { alert: 'group-a' }));
    expect(shown).toMatch(/1 agent is Poor[\s\S]*No clear cause/u);
  });
});
