import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedSession } from '../../../src/simulator/agent.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { openAlert } from '../../features/alerting/an-alert.ts';
import { channel, startTalk, type Talk, type TalkOptions } from '../talk.ts';

const agent = (id: string, name: string, site: string, online = true) =>
  simulatedAgent({
    id,
    name,
    online,
    customFields: [{ name: 'Site', value: site }],
    sessions: [simulatedSession({ id: `${id}-crm`, description: 'crm', host: 'crm.example' })],
  });

const agents = [
  agent('a1', 'LAX-1', 'Boise'),
  agent('a12', 'LAX-12', 'Boise'),
  agent('den', 'Denver', 'Denver', false),
  agent('house', 'Watch House', 'London'),
  agent('help', 'Help', 'London'),
];

const started = (options: TalkOptions = {}): Promise<Talk> => startTalk({ agents, ...options });

/** All that a sentence could have changed, upstream and in the store. */
const effectOf = async ({ store, clock, changes }: Talk): Promise<readonly unknown[]> => {
  const alert = await store.alerts.find('alert-a');
  return [
    ...changes(),
    ...(await store.watches.all('default')),
    ...(await store.mutes.active('default', clock.now())),
    ...(await store.maintenance.list('default', clock.now())),
    ...(alert?.ackedBy === undefined ? [] : ['acknowledged']),
    await store.digests.find({ account: 'default', conversationKey: 'chat-alex' }),
  ].filter((one) => one !== undefined);
};

describe('a question in plain words is answered at once, and says as what', () => {
  it.each([
    ['which agents are bad?', 'agents is:poor OR is:offline'],
    ['who is offline', 'agents is:offline'],
    ['anything wrong?', 'agents is:poor OR is:offline'],
    ['show me the poor ones in boise', 'agents is:poor boise'],
    ['is lax-12 ok?', 'agent lax-12'],
    ['how is lax-12', 'agent lax-12'],
    ['why is lax-12 slow?', 'why lax-12'],
    ['what is wrong with lax-12', 'why lax-12'],
    ['agents in boise', 'agents boise'],
    ['what can you do?', 'help'],
    ['any alerts?', 'alerts'],
    ['who am i?', 'whoami'],
    ['tell me when boise goes down', 'watch boise offline'],
    [
      'tell me when boise is worse than usual for 15 minutes',
      'watch boise worse than usual after 15m',
    ],
    ['alert me if lax-12 gets worse than normal', 'watch lax-12 worse than usual'],
    ['subscribe', 'watch'],
    ['which agents are in ‘new york’ ${x} [a](b)', undefined],
  ])('%s', async (sentence, command) => {
    const talk = await started();
    const seen = await talk.speaker().say(sentence);
    const runs = JSON.stringify(seen?.card['body']);
    if (command !== undefined) {
      expect(wordsOf(seen?.card ?? {})).toContain('Understood as');
      expect(runs).toContain(`"text":"${command}"`);
    }
    expect(await effectOf(talk)).toEqual([]);
  });
});

describe('what would change something leads to buttons that say exactly what they do', () => {
  it.each<readonly [string, readonly string[]]>([
    ['please pause lax-12', ['Pause LAX-12']],
    ['can you pause lax-12 for 2h', ['Pause LAX-12 for 2h']],
    ['stop lax-12', ['Pause LAX-12', 'Mute LAX-12 for 1h']],
    ['restart lax-12', ['Reconnect LAX-12']],
    ['start lax-12', ['Resume LAX-12']],
    ['snooze lax-12 for 1h', ['Mute LAX-12 for 1h']],
    ['please mute everything', ['Mute all here for 1h']],
    ['please mute boise until tomorrow', ['Mute boise here until tomorrow 08:00']],
    ['please mute watch house until tomorrow', ['Mute Watch House until tomorrow 08:00']],
    ['ack 1 on it', ['Acknowledge #1: on it']],
    ['acknowledge 1', ['Acknowledge #1']],
    ['pause lax-1 and lax-12', ['Pause LAX-1', 'Pause LAX-12']],
    ['pause lax-1 and resume lax-12', ['Pause LAX-1', 'Resume LAX-12']],
    ['pause lax-1; resume lax-12', ['Pause LAX-1', 'Resume LAX-12']],
    ['please rename lax-12 to Front Desk', ['Rename LAX-12']],
    ['pause everything in boise', ['Pause 2 agents', 'Cancel']],
    ['please pause everything', ['Pause 5 agents', 'Cancel']],
    ['stop', ['Mute all for 1 h', 'All watches']],
    ['unsubscribe', ['All watches']],
    ['be quiet', ['All watches']],
  ])('%s', async (sentence, titles) => {
    const talk = await started();
    await openAlert(talk.store);
    if (sentence === 'stop') await talk.speaker().say('watch offline');
    const before = await effectOf(talk);
    const seen = await talk.speaker().say(sentence);
    const shown = executesOf(seen?.card ?? {}).map(({ title }) => title);
    expect(shown).toEqual(expect.arrayContaining([...titles]));
    expect(shown.length).toBeLessThanOrEqual(5);
    expect(await effectOf(talk)).toEqual(before);
    expect(JSON.stringify(executesOf(seen?.card ?? {}).map(({ data }) => data))).not.toMatch(
      /lax|front desk/iu,
    );
  });

  it('does what the button says at the press, once the role is checked', async () => {
    const talk = await started();
    await openAlert(talk.store);
    const alex = talk.speaker();
    const pause = await alex.say('please pause lax-12');
    await alex.press(pause?.card ?? {}, 'agent.pause');
    expect(talk.changes()).toEqual(['PUT /agents/a12/sessions?action=0']);
    const ack = await alex.say('ack 1 on it');
    await alex.press(ack?.card ?? {}, 'command.run');
    const alert = await talk.store.alerts.find('alert-a');
    expect(alert?.ackedBy?.name).toBe('Alex');
    expect(JSON.stringify(alert)).toContain('on it');
  });

  it('offers nothing to who may not', async () => {
    const talk = await started({ role: 'viewer' });
    expect((await talk.speaker().say('please pause lax-12'))?.summary).toContain('Not allowed');
    for (const where of [talk.speaker(), talk.speaker({ ...channel })]) {
      const offered = await where.say('please mute boise until tomorrow');
      const typed = await where.say('maintenance boise from now to 18:00');
      expect(offered?.summary).toContain('“maintenance” needs the role operator; yours is viewer');
      expect(offered?.summary).toBe(typed?.summary);
    }
    const shared = talk.speaker({ ...channel });
    expect((await shared.say('please pause lax-12'))?.summary).toContain('Not allowed');
    expect((await shared.say('send a report every day at 8:00'))?.summary).toContain('Not allowed');
    const nobody = await started({ role: 'none' });
    const told = await nobody.speaker().say('is lax-12 ok?');
    expect(wordsOf(told?.card ?? {})).not.toContain('LAX-12');
    expect(talk.changes()).toEqual([]);
  });

  it('takes no names or unknown words along in a button that runs a command', async () => {
    const talk = await started();
    const seen = await talk.speaker().execute('command.run', { command: 'pause', rest: 'lax-12' });
    expect(talk.changes()).toEqual([]);
    expect(seen?.summary).not.toContain('Paused');
  });
});

describe('names', () => {
  it.each([
    ['watch house', 'Watch House'],
    ['is watch house ok?', 'Watch House'],
    ['is "help" ok?', 'Help'],
  ])('%s', async (sentence, name) => {
    const talk = await started();
    expect((await talk.speaker().say(sentence))?.summary).toContain(name);
    expect(await effectOf(talk)).toEqual([]);
  });

  it('acts at once in the table’s own form, also on a name with “and” in it', async () => {
    const talk = await startTalk({
      agents: [...agents, agent('fish', 'Fish and Chips', 'London')],
    });
    await talk.speaker().say('pause fish and chips');
    expect(talk.changes()).toEqual(['PUT /agents/fish/sessions?action=0']);
  });
});

describe('what is not understood', () => {
  it.each([
    ['welche agenten sind offline?', 'I understand English'],
    ['どのエージェントがオフラインですか', 'I understand English'],
    ['🤷🤷🤷', 'I did not understand'],
    [`${'asdf qwer '.repeat(100)}`, 'I did not understand'],
    ['name\tstate\nLAX-12\tPoor\nLAX-1\tGood', ''],
  ])('%s', async (sentence, words) => {
    const talk = await started();
    const seen = await talk.speaker().say(sentence);
    expect(wordsOf(seen?.card ?? {})).toContain(words);
    expect(executesOf(seen?.card ?? {}).length).toBeGreaterThan(0);
    expect(await effectOf(talk)).toEqual([]);
  });

  it('“stop” is understood while PingPlotter is down', async () => {
    const talk = await started();
    talk.simulator.fault({ match: {}, effect: { kind: 'status', status: 403 }, times: 99 });
    expect((await talk.speaker().say('stop'))?.summary).toContain('What should stop here?');
  });
});
