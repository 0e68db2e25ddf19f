import { describe, expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { sharedBot } from '../fakes/shared-bot.ts';

const channel = {
  id: '19:general@thread.tacv2;messageid=1700',
  conversationType: 'channel',
} as const;

describe('talking to people', () => {
  const unchanged = sharedBot();

  it.each([
    'hi',
    'Hello!',
    'HELP',
    'help pause',
    'whoami',
    '???',
    'agnets',
    'lax',
    'x'.repeat(3000),
  ])('answers “%s” with one card and a summary', async (text) => {
    const bot = await unchanged();
    const { card, summary } = await bot.alex.say(text);
    expect(card['type']).toBe('AdaptiveCard');
    expect(summary).not.toBe('');
  });

  it('suggests the nearest command and agents', async () => {
    const bot = await unchanged();
    const { card } = await bot.alex.say('agnets');
    expect(wordsOf(card)).toContain('Understood as');
    const { card: agents } = await bot.alex.say('lax');
    expect(executesOf(agents)).toContainEqual(
      expect.objectContaining({ verb: 'agent.show', data: { agent: 'lax-12' } }),
    );
  });

  it('strips its mentions wherever they stand and ignores edits', async () => {
    const bot = await startBot();
    const there = bot.user({ conversation: channel });
    const entities = [{ type: 'mention', text: '<at>PingPlotter</at>', mentioned: there.bot }];
    const { card } = await there.say('<at>PingPlotter</at>&nbsp;agent lax <at>PingPlotter</at>', {
      entities,
    });
    expect(wordsOf(card)).toContain('voice');
    const before = bot.connector.activities.length;
    await there.post(
      there.activity({
        type: 'messageUpdate',
        text: 'delete lax',
        channelData: { tenant: { id: 'tenant-1' }, eventType: 'editMessage' },
      }),
    );
    expect(bot.connector.activities.length).toBe(before);
  });

  it('acts once on an activity that comes twice, and on a button pressed twice at once', async () => {
    const bot = await startBot();
    const activity = bot.alex.activity({ type: 'message', text: 'reconnect lax' });
    await Promise.all([bot.alex.post(activity), bot.alex.post(activity)]);
    await bot.alex.post(activity);
    expect(bot.connector.activities).toHaveLength(1);
    const { card } = await bot.alex.say('agent lax');
    const answers = await Promise.all([
      bot.alex.press(card, 'session.pause'),
      bot.alex.press(card, 'session.pause'),
    ]);
    expect(answers[0]?.card).toEqual(answers[1]?.card);
    expect(bot.changes()).toEqual([
      'POST /agents/lax-12/forcereconnect',
      'PUT /agents/lax-12/session {"SessionId":"voice-1","Action":"pause"}',
    ]);
  });

  it.each([
    ['that is not allowed', {}],
    ['that is allowed too', { ALLOWED_TENANTS: 'tenant-1, partner-tenant' }],
  ])(
    'G1: takes who belongs to another tenant %s by the roster for a guest',
    async (_name, more) => {
      const environment = { DEFAULT_ROLE: 'operator', BOT_ADMINS: 'eve', ...more };
      const bot = await startBot({ environment });
      const eve = { id: '29:eve', name: 'Eve', aadObjectId: 'eve' };
      bot.connector.member(eve.id, { ...eve, userRole: 'user', tenantId: 'partner-tenant' });
      const there = bot.user({ person: eve, conversation: channel });
      await there.say('pause lax-12');
      await there.say('delete lax-12');
      expect(bot.changes()).toEqual([]);
      expect(wordsOf((await there.say('whoami')).card).toLowerCase()).toContain('viewer');
    },
  );

  it.each([
    ['without', undefined],
    ['with an empty', ''],
  ])('B7: takes nothing for a repeat that comes %s activity id', async (_name, id) => {
    const clock = fakeClock();
    const bot = await startBot({ clock });
    const nameless = { id };
    const pause = { verb: 'session.pause', data: { agent: 'lax-12', session: 'voice-1' } };
    const together = await Promise.all([
      bot.alex.execute(pause, nameless),
      bot.alex.execute(pause, nameless),
    ]);
    expect(together[0].card).toEqual(together[1].card);
    const paused = 'PUT /agents/lax-12/session {"SessionId":"voice-1","Action":"pause"}';
    expect(bot.changes()).toEqual([paused]);
    await clock.advance(60_000);
    await bot.alex.execute({ ...pause, verb: 'session.resume' }, nameless);
    const resumed = paused.replace('"pause"', '"resume"');
    expect(bot.changes()).toEqual([paused, resumed]);
    const reconnect = bot.alex.activity({ type: 'message', text: 'reconnect lax', ...nameless });
    await bot.alex.post(reconnect);
    await bot.alex.post(reconnect);
    const reconnected = 'POST /agents/lax-12/forcereconnect';
    expect(bot.changes()).toEqual([paused, resumed, reconnected, reconnected]);
  });

  it('welcomes once for each installation', async () => {
    const bot = await startBot();
    const added = { membersAdded: [bot.alex.bot] };
    await bot.alex.post(bot.alex.activity({ type: 'installationUpdate', action: 'add' }));
    await bot.alex.post(bot.alex.activity({ type: 'conversationUpdate', ...added }));
    expect(bot.connector.activities).toHaveLength(1);
    // What Alex may do, from the first card on.
    expect(JSON.stringify(bot.connector.activities)).toMatch(/Fleet.*Tell me when…/u);
    await bot.alex.post(bot.alex.activity({ type: 'installationUpdate', action: 'remove' }));
    await bot.alex.post(bot.alex.activity({ type: 'installationUpdate', action: 'add' }));
    expect(bot.connector.activities).toHaveLength(2);
  });

  it('asks which one when several match, and the press acts', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('pause 1');
    expect(executesOf(card).map(({ verb, data }) => [verb, data])).toEqual(
      expect.arrayContaining([
        ['agent.pause', { agent: 'lax-12' }],
        ['agent.pause', { agent: 'den-1' }],
      ]),
    );
    expect(bot.changes()).toEqual([]);
    await bot.alex.press(card, 'agent.pause');
    expect(bot.changes()).toHaveLength(1);
  });

  it('keeps the new name when a rename has to ask which one', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('rename 1 to New Name');
    await bot.alex.press(card, 'agent.rename', { name: 'New Name' });
    expect(bot.changes()[0]).toContain('{"Name":"New Name"}');
  });

  it('takes back a rename and a pause, once, and only for who did it', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('rename lax to Reception');
    await bot.alex.press(card, 'change.undo');
    await bot.alex.say('pause lax / crm');
    const megan = bot.user({ person: { id: '29:megan', name: 'Megan', aadObjectId: 'megan-id' } });
    expect(wordsOf((await megan.say('undo')).card)).toContain('nothing of yours');
    await bot.alex.say('undo');
    expect(wordsOf((await bot.alex.say('undo')).card)).toContain('nothing of yours');
    expect(bot.changes()).toEqual([
      'PUT /agents/lax-12 {"Name":"Reception"}',
      'PUT /agents/lax-12 {"Name":"LAX-12"}',
      'PUT /agents/lax-12/session {"SessionId":"crm-1","Action":"pause"}',
      'PUT /agents/lax-12/session {"SessionId":"crm-1","Action":"resume"}',
    ]);
  });

  it('updates the message for everybody else in a channel, but not for a look', async () => {
    const bot = await startBot();
    const there = bot.user({ conversation: channel });
    const { card, messageId } = await there.say('agent lax');
    await there.press(card, 'agent.show', {}, { messageId });
    expect(bot.connector.updates).toEqual([]);
    const { card: paused } = await there.press(card, 'session.pause', {}, { messageId });
    expect(wordsOf(paused)).toContain('by Alex Wilber');
    expect(bot.connector.updates.map(({ id }) => id)).toEqual([messageId]);
    expect(bot.connector.updates[0]?.conversationId).toBe(channel.id);
  });

  it('keeps a paused session that vanishes from the status, even when the key may not list sessions', async () => {
    const bot = await startBot({
      pausedSessionsVanish: true,
      permissions: ['TargetManagement', 'AgentManagement', 'SessionManagement'],
    });
    const { card } = await bot.alex.say('agent lax');
    const paused = await bot.alex.press(card, 'session.pause');
    const again = await bot.alex.say('agent lax');
    for (const shown of [paused.card, again.card]) expect(wordsOf(shown)).toContain('voice');
    await bot.alex.press(again.card, 'session.resume');
    expect(bot.changes().at(-1)).toBe(
      'PUT /agents/lax-12/session {"SessionId":"voice-1","Action":"resume"}',
    );
  });
});

describe('roles', () => {
  const viewer = { DEFAULT_ROLE: 'viewer', BOT_ADMINS: '' };

  it('shows a viewer no acting buttons in a 1:1 chat and refuses them at the click', async () => {
    const bot = await startBot({ environment: viewer });
    const { card } = await bot.alex.say('agent lax');
    expect(executesOf(card).map(({ verb }) => verb)).not.toContain('agent.pause');
    const pressed = await bot.alex.execute({ verb: 'agent.pause', data: { agent: 'lax-12' } });
    expect(pressed.httpStatus).toBe(200);
    expect(wordsOf(pressed.card)).toContain('needs the role operator');
    await bot.alex.say('delete lax');
    expect(bot.changes()).toEqual([]);
  });

  it('holds guests to viewer, even if they are listed as admins', async () => {
    const bot = await startBot();
    bot.connector.member('29:alex', { userPrincipalName: 'alex_contoso.com#EXT#@acme.example' });
    expect(wordsOf((await bot.alex.say('pause lax')).card)).toContain('needs the role operator');
    expect(bot.changes()).toEqual([]);
  });

  it('refuses to act, but goes on reading, while the roster cannot be read', async () => {
    const bot = await startBot();
    bot.connector.member('29:alex', undefined);
    expect(wordsOf((await bot.alex.say('agent lax')).card)).toContain('voice');
    const refused = await bot.alex.say('pause lax');
    expect(wordsOf(refused.card)).not.toContain('needs the role');
    expect(bot.changes()).toEqual([]);
  });
});
