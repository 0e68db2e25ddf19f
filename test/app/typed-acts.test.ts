import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { type CardContent, executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { sharedBot } from '../fakes/shared-bot.ts';

const targets = (id: string, ...names: readonly string[]) =>
  names.map((name) =>
    simulatedSession({ id: `${id}-${name}`, description: name, host: `${name}.example.com` }),
  );

const agent = (id: string, name: string, ...names: readonly string[]) =>
  simulatedAgent({ id, name, sessions: targets(id, ...names) });

const fleet = [
  agent('a1', 'LAX-1', 'crm', 'dns'),
  agent('a12', 'LAX-12', 'crm', 'dns'),
  agent('bos', 'Boise Warehouse', 'dns'),
  simulatedAgent({ id: 't1', name: 'Call centre seat', template: true, online: false }),
];

/** A change of one target, as it goes upstream. */
const onTarget = (id: string, session: string, action: 'pause' | 'resume'): string =>
  `PUT /agents/${id}/session ${JSON.stringify({ SessionId: session, Action: action })}`;

/** Presses everything that a card offers, each once, and gives what went upstream by it. */
const changesOfAllPresses = async (bot: StartedBot, card: CardContent): Promise<unknown> => {
  const before = bot.changes().length;
  for (const { verb, data } of executesOf(card)) await bot.alex.execute({ verb, data });
  return bot.changes().slice(before);
};

const row = (card: CardContent, title: string) => {
  const found = executesOf(card).find((action) => action.title === title);
  if (found === undefined) throw new Error(`no row ${title}`);
  return found;
};

describe('B1: “which agent?” takes the whole command along', () => {
  it.each([
    ['pause LAX / crm', onTarget('a12', 'a12-crm', 'pause')],
    ['resume LAX / crm', onTarget('a12', 'a12-crm', 'resume')],
    ['pause LAX / crm for 2h', onTarget('a12', 'a12-crm', 'pause')],
    ['pause LAX/crm', onTarget('a12', 'a12-crm', 'pause')],
    ['pause LAX', 'PUT /agents/a12/sessions?action=0'],
    ['resume LAX', 'PUT /agents/a12/sessions?action=1'],
    ['reconnect LAX', 'POST /agents/a12/forcereconnect'],
    ['rename LAX to Reception', 'PUT /agents/a12 {"Name":"Reception"}'],
  ])('“%s”, then LAX-12, changes exactly that', async (text, change) => {
    const bot = await startBot({ agents: fleet });
    const { card } = await bot.alex.say(text);
    expect(bot.changes()).toEqual([]);
    const { verb, data } = row(card, 'LAX-12');
    const inputs = text.startsWith('rename') ? { name: 'Reception' } : {};
    await bot.alex.execute({ verb, data: { ...data, ...inputs } });
    expect(bot.changes()).toEqual([change]);
  });

  it('says on the row what a press does, and holds no name in its data', async () => {
    const bot = await startBot({ agents: fleet });
    const { card } = await bot.alex.say('pause LAX / crm for 2h');
    expect(wordsOf(card)).toContain('Pause crm for 2h');
    const data = JSON.stringify(executesOf(card).map((action) => Object.values(action.data)));
    expect(data).not.toMatch(/"(?:crm|LAX-1|LAX-12)"/u);
  });

  it('pauses for as long as was typed, from the press on; until a time means that time', async () => {
    const clock = fakeClock();
    const bot = await startBot({ agents: fleet, clock });
    const lasting = await bot.alex.say('pause LAX for 2h');
    const fixed = await bot.alex.say('pause LAX / dns until 18:00');
    await clock.advance(3 * 3_600_000);
    const { card } = await bot.alex.execute(row(lasting.card, 'LAX-1'));
    // 16:00 in Berlin when it is pressed.
    expect(wordsOf(card)).toContain('18:00');
    const other = await bot.alex.execute(row(fixed.card, 'LAX-12'));
    expect(wordsOf(other.card)).toContain('18:00');
    expect(bot.changes()).toEqual([
      'PUT /agents/a1/sessions?action=0',
      onTarget('a12', 'a12-dns', 'pause'),
    ]);
  });

  it('offers an agent without that target for a look only', async () => {
    const agents = [agent('a1', 'LAX-1', 'crm'), agent('a12', 'LAX-12', 'dns')];
    const bot = await startBot({ agents });
    const { card } = await bot.alex.say('pause LAX / crm');
    expect(executesOf(card).map(({ title, verb }) => [title, verb])).toEqual([
      ['LAX-1', 'session.pause'],
      ['LAX-12', 'agent.show'],
    ]);
    expect(wordsOf(card)).toContain('no target “crm”');
  });

  it('still reads the buttons that were posted before', async () => {
    const bot = await startBot({ agents: fleet });
    const until = Date.now() + 3_600_000;
    await bot.alex.execute({ verb: 'agent.pause', data: { agent: 'a1', until } });
    await bot.alex.execute({ verb: 'session.pause', data: { agent: 'a1', session: 'a1-crm' } });
    expect(bot.changes()).toHaveLength(2);
  });
});

const unchanged = sharedBot({ agents: fleet });

describe('B2: what cannot be read does nothing', () => {
  it.each([
    ['pause lax-12 for 5x', 'for 5x'],
    ['pause lax-12 2h', '2h'],
    ['pause lax-12 until tomorrow', 'until tomorrow'],
    ['pause lax-12 for 5x for 2h', 'for 5x'],
    ['pause lax-12 for 2h please', 'for 2h please'],
    ['pause lax-12 / crm please', 'please'],
    ['pause lax-12/crm please', 'please'],
    ['pause "lax-12" please', 'please'],
    ['pause "Boise Warehouse" please', 'please'],
    ['pause lax-12\nresume lax-1', 'resume lax-1'],
    ['pause lax 2h', '2h'],
    ['resume lax-12 please', 'please'],
    ['resume lax-12 / crm for 5x', 'for 5x'],
    ['rename lax-12 please to Reception', 'please'],
    ['rename lax-12 Reception', 'Reception'],
    ['rename lax-12 to Reception\nrename lax-1 to Lobby', 'rename lax-1 to Lobby'],
    ['rename lax-12 to "Reception" please', 'please'],
    ['rename lax-12 to Reception please', 'please'],
    ['reconnect lax-12 please', 'please'],
    ['delete lax-12 please', 'please'],
    ['mute lax-12 please for 1h', 'please'],
    ['mute lax-12 for 5x', 'for 5x'],
    ['unmute lax-12 please', 'please'],
    ['undo please', 'please'],
    ['unwatch 2 please', 'please'],
    ['ack 12 please', 'please'],
    ['digest daily at 08:00 please', 'please'],
    ['digest off please', 'please'],
    ['maintenance lax-12 from 22:00 to 23:00 please', 'please'],
    ['maintenance lax-12 please from 22:00 to 23:00', 'please'],
    ['maintenance lax-12 from 01:00 to 02:00 from 22:00 to 23:00', 'from 01:00 to 02:00'],
    ['watch lax-12 for 10m', 'for 10m'],
    ['watch lax-12 below 70 please', 'please'],
    ['watch lax-12\nwatch lax-1', 'watch lax-1'],
    ['grant megan-id please operator', 'please'],
  ])('“%s” is refused in the words that were typed', async (text, words) => {
    const bot = await unchanged();
    const { card } = await bot.alex.say(text);
    expect(wordsOf(card)).toContain(words);
    expect(wordsOf(card)).toMatch(/I cannot read|nothing was/u);
    expect(await changesOfAllPresses(bot, card)).toEqual([]);
    expect(bot.changes()).toEqual([]);
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('Nothing is watched here');
    expect(wordsOf((await bot.alex.say('digest')).card)).toContain('No digest comes here');
  });

  it.each(['pause', 'resume', 'reconnect', 'delete'])(
    '“%s <name> please” says which word it cannot read, and offers no other agent',
    async (command) => {
      const bot = await unchanged();
      const { card } = await bot.alex.say(`${command} lax-12 please`);
      expect(wordsOf(card)).toContain('I cannot read “please”');
      expect(executesOf(card).filter(({ verb }) => verb !== 'command.run')).toEqual([]);
    },
  );

  it.each([
    'pause lxa-12',
    'pause lxa-12 / crm',
    'resume lxa-12',
    'rename lxa-12 to Reception',
    'reconnect lxa-12',
    'delete lxa-12',
    'mute lxa-12 for 1h',
    'unmute lxa-12',
    'pause lax-12 / crn',
  ])('“%s” leads from the guess to the agent’s card', async (text) => {
    const bot = await unchanged();
    const { card } = await bot.alex.say(text);
    expect(row(card, 'LAX-12')).toMatchObject({ verb: 'agent.show', data: { agent: 'a12' } });
    expect(await changesOfAllPresses(bot, card)).toEqual([]);
  });

  it.each([
    ['pause lax-12/crm', [onTarget('a12', 'a12-crm', 'pause')]],
    ['pause lax-12 /crm', [onTarget('a12', 'a12-crm', 'pause')]],
    ['resume lax-12/ crm', [onTarget('a12', 'a12-crm', 'resume')]],
    ['pause lax-12/crm for 2h', [onTarget('a12', 'a12-crm', 'pause')]],
    ['pause lax-12/crm/eu', []],
  ])('“%s” means the target, where only one reading is possible', async (text, changes) => {
    const bot = await startBot({ agents: fleet });
    await bot.alex.say(text);
    expect(bot.changes()).toEqual(changes);
  });

  it('refuses a slash that may stand in the name or before the target', async () => {
    const agents = [agent('a', 'North Hall', 'b'), agent('b', 'North/South Hall', 'crm')];
    const bot = await startBot({ agents });
    const { card } = await bot.alex.say('pause north/south/crm');
    expect(wordsOf(card)).toContain('spaces round the slash');
    expect(bot.changes()).toEqual([]);
  });

  it('reads beside a mention nothing but the person’s name and the role', async () => {
    const bot = await startBot({ agents: fleet });
    const megan = { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-id' };
    bot.connector.member(megan.id, { aadObjectId: 'megan-id' });
    const entities = [{ type: 'mention', text: '<at>Megan</at>', mentioned: megan }];
    const say = (text: string) => bot.alex.say(text, { entities });
    for (const text of ['grant <at>Megan</at> viewer admin', 'grant not <at>Megan</at> admin'])
      expect(wordsOf((await say(text)).card)).toContain('I cannot read');
    expect(wordsOf((await say('grant <at>Megan</at> operator')).card)).toContain('operator');
    expect(wordsOf((await say('revoke <at>Megan</at> please')).card)).toContain('please');
    expect(wordsOf((await say('roles')).card)).toContain('1 grant');
  });
});

describe('B2, B4: a whole name wins over a part of one and over the grammar', () => {
  const agents = [
    agent('road', 'Road', 'crm'),
    agent('nowhere', 'Road to Nowhere', 'crm'),
    agent('room', 'Room', 'crm'),
    agent('room2', 'Room for 2h', 'crm'),
    agent('hall', 'Hall', '12'),
    agent('hall12', 'Hall / 12', 'crm'),
    agent('slash', 'Hall/7', 'crm'),
    agent('where', 'Where it is', 'crm'),
  ];
  const namesakes = sharedBot({ agents });

  it.each([
    ['rename Road to Nowhere to Highway', 'PUT /agents/nowhere {"Name":"Highway"}'],
    ['rename Road to Highway', 'PUT /agents/road {"Name":"Highway"}'],
    ['rename Road to "Yes please"', 'PUT /agents/road {"Name":"Yes please"}'],
    ['pause Room for 2h', 'PUT /agents/room2/sessions?action=0'],
    ['pause Room for 2h for 1h', 'PUT /agents/room2/sessions?action=0'],
    ['pause Room for 1h', 'PUT /agents/room/sessions?action=0'],
    ['resume Room for 2h', 'PUT /agents/room2/sessions?action=1'],
    ['pause Hall / 12', 'PUT /agents/hall12/sessions?action=0'],
    ['pause Hall / 12 / crm', onTarget('hall12', 'hall12-crm', 'pause')],
    ['pause "Hall" / 12', onTarget('hall', 'hall-12', 'pause')],
    ['pause Hall/7/crm', onTarget('slash', 'slash-crm', 'pause')],
    ['pause where it is', 'PUT /agents/where/sessions?action=0'],
  ])('“%s”', async (text, change) => {
    const bot = await startBot({ agents });
    await bot.alex.say(text);
    expect(bot.changes()).toEqual([change]);
  });

  it.each([
    ['rename Road to Nowhere', 'New name'],
    ['mute Room for 2h', 'Type it like this'],
  ])('“%s” changes nothing yet', async (text, words) => {
    const bot = await namesakes();
    expect(wordsOf((await bot.alex.say(text)).card)).toContain(words);
    expect(bot.changes()).toEqual([]);
  });
});

describe('B3: a part begins a word, and commands act on live agents', () => {
  it.each(['pause', 'resume', 'reconnect', 'delete', 'rename'])(
    '“%s all” changes nothing before a press',
    async (command) => {
      const bot = await unchanged();
      const texts = ['all', 'ALL', ...(command === 'rename' ? ['all to X'] : [])];
      if (command === 'pause') texts.push('all / crm', 'all/crm', 'all for 2h', 'all for 5x');
      for (const text of texts) {
        const { card } = await bot.alex.say(`${command} ${text}`);
        expect(wordsOf(card)).toMatch(/every agent|Type it like this|all targets|cannot read/u);
        expect(await changesOfAllPresses(bot, card)).toEqual([]);
      }
    },
  );

  it.each([
    ['pause "all"', 'PUT /agents/all/sessions?action=0'],
    ['pause "all" / crm', onTarget('all', 'all-crm', 'pause')],
    ['rename "all" to X', 'PUT /agents/all {"Name":"X"}'],
    ['reconnect "all"', 'POST /agents/all/forcereconnect'],
  ])('%s means the agent of that name', async (text, change) => {
    const bot = await startBot({ agents: [...fleet, agent('all', 'All', 'crm')] });
    await bot.alex.say(text);
    expect(bot.changes()).toEqual([change]);
    expect(wordsOf((await bot.alex.say('pause all')).card)).toContain('every agent');
    expect(bot.changes()).toHaveLength(1);
  });

  it.each([
    'pause ax-12',
    'pause house',
    'pause seat',
    'resume Call centre seat',
    'reconnect call',
    'rename Call centre seat to X',
    'delete Call centre seat',
    'mute Call centre seat for 1h',
  ])('“%s” acts on nobody', async (text) => {
    const bot = await unchanged();
    const { card } = await bot.alex.say(text);
    expect(wordsOf(card)).toContain('so nothing was done');
    expect(executesOf(card).filter(({ verb }) => verb !== 'agent.show')).toEqual([]);
    expect(bot.changes()).toEqual([]);
  });

  it('shows a template by its name, and leads to it from a command', async () => {
    const bot = await startBot({ agents: fleet });
    expect(wordsOf((await bot.alex.say('agent centre')).card)).toContain('Call centre seat');
    const { card } = await bot.alex.say('delete Call centre seat');
    expect(wordsOf(card)).toContain('template');
    expect(row(card, 'Call centre seat').data).toEqual({ agent: 't1' });
  });
});
