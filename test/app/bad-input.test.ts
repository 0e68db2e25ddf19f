import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import type { Misbehaviour } from '../../src/simulator/fault.ts';
import { startBot } from '../fakes/bot.ts';
import { elementsOf, wordsOf } from '../fakes/card-actions.ts';
import { sharedBot } from '../fakes/shared-bot.ts';

const faults: readonly (readonly [string, Misbehaviour])[] = [
  ['401', { kind: 'status', status: 401 }],
  ['403', { kind: 'status', status: 403 }],
  ['404', { kind: 'status', status: 404 }],
  ['429', { kind: 'status', status: 429, headers: { 'Retry-After': '60' } }],
  ['500', { kind: 'status', status: 500, body: 'secret stack trace' }],
  ['503', { kind: 'status', status: 503 }],
  ['HTML', { kind: 'raw', body: '<html>secret stack trace</html>', contentType: 'text/html' }],
  ['broken JSON', { kind: 'raw', body: '{"a":' }],
  ['null', { kind: 'raw', body: 'null' }],
  ['false', { kind: 'raw', body: 'false' }],
  ['a string', { kind: 'raw', body: '"secret stack trace"' }],
  ['a reset', { kind: 'reset' }],
];

describe.each(faults)('PingPlotter answers %s', (_name, effect) => {
  it('becomes one card with a sentence, for reading and for acting', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('agent lax');
    bot.simulator.fault({ match: {}, effect });
    for (const text of ['agents', 'fields', 'agent lax', 'create x']) {
      const said = await bot.alex.say(text);
      expect(said.card['type']).toBe('AdaptiveCard');
      expect(said.summary).not.toBe('');
      expect(inspect(said, { depth: 20 })).not.toContain('secret');
    }
    const pressed = await bot.alex.press(card, 'session.pause');
    expect([pressed.httpStatus, pressed.statusCode]).toEqual([200, 200]);
    expect(inspect(pressed, { depth: 20 })).not.toContain('secret');
    expect(bot.logged.join('\n')).not.toContain('secret stack trace');
  });
});

describe('a change that PingPlotter refuses', () => {
  it.each([
    ['session.pause', '/agents/lax-12/session', 'TargetManagement'],
    ['agent.reconnect', '/agents/lax-12/forcereconnect', 'AgentManagement'],
  ])('%s with 403 names the permission that the key lacks', async (verb, path, permission) => {
    const bot = await startBot();
    const { card } = await bot.alex.say('agent lax');
    bot.simulator.fault({ match: { path }, effect: { kind: 'status', status: 403 } });
    const pressed = await bot.alex.press(card, verb);
    expect(wordsOf(pressed.card)).toContain(permission);
  });

  it('is not called done when the answer is false', async () => {
    const bot = await startBot();
    bot.simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'raw', body: 'false' } });
    const { card } = await bot.alex.say('rename lax to x');
    expect(wordsOf(card)).not.toContain('Renamed');
    expect(bot.changes()).toHaveLength(1);
  });

  it('is notified as done when only its answer was lost', async () => {
    const bot = await startBot();
    bot.simulator.fault({ match: { method: 'PUT' }, times: 3, effect: { kind: 'reset-after' } });
    const { card } = await bot.alex.say('rename lax to Reception');
    expect(wordsOf(card)).toContain('Reception');
  });

  it('that creates goes upstream once, and an unknown outcome is said', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('create');
    bot.simulator.fault({
      match: { method: 'POST', path: '/agents' },
      effect: { kind: 'reset-after' },
    });
    const pressed = await bot.alex.press(card, 'agent.create', { name: 'One' });
    expect(wordsOf(pressed.card)).toContain('did not say whether it created');
    expect(bot.changes()).toHaveLength(1);
  });

  it('deletes nothing when the agent went offline before an uninstall', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('delete lax');
    bot.simulator.edit.setOnline('lax-12', false);
    const pressed = await bot.alex.press(card, 'agent.delete', { uninstall: 'true' });
    expect(wordsOf(pressed.card)).toContain('went offline');
    expect(bot.changes()).toEqual([]);
  });

  it('deletes nothing for anybody but the one who asked', async () => {
    const bot = await startBot({ environment: { BOT_ADMINS: 'alex-object-id,megan-id' } });
    const { card } = await bot.alex.say('delete lax');
    const megan = bot.user({ person: { id: '29:megan', name: 'Megan', aadObjectId: 'megan-id' } });
    expect(wordsOf((await megan.press(card, 'agent.delete')).card)).toContain('somebody else');
    expect(bot.changes()).toEqual([]);
  });
});

describe('card data that is forged or missing', () => {
  const unchanged = sharedBot();

  it.each([
    ['agent.pause', {}],
    ['agent.pause', { agent: 7 }],
    ['agent.pause', null],
    ['agent.delete', { agent: 'lax-12', token: 'made-up' }],
    ['agent.delete', { agent: 'lax-12', uninstall: 'maybe' }],
    ['agent.create', { token: 'made-up', name: 'x' }],
    ['session.pause', { agent: 'lax-12' }],
    ['session.pause', { agent: 'lax-12', session: 'made-up' }],
    ['agent.explode', { agent: 'lax-12' }],
    ['constructor', {}],
    ['agent.show', { agent: '..' }],
    ['change.undo', { change: 'made-up' }],
  ])('%s %j is refused without a change', async (verb, data) => {
    const bot = await unchanged();
    const answer = await bot.alex.invoke({
      action: { type: 'Action.Execute', verb, data },
      trigger: 'manual',
    });
    expect(answer.httpStatus).toBe(200);
    expect(bot.changes()).toEqual([]);
  });

  it('never acts on a refresh', async () => {
    const bot = await unchanged();
    await bot.alex.execute(
      { verb: 'agent.pause', data: { agent: 'lax-12' } },
      { trigger: 'automatic' },
    );
    expect(bot.changes()).toEqual([]);
  });

  it('refuses a body over 256 KB and malformed JSON', async () => {
    const bot = await startBot();
    const big = await bot.alex.post(
      bot.alex.activity({ type: 'message', text: 'x'.repeat(300_000) }),
    );
    expect(big.status).toBe(413);
    const broken = await fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"type":',
    });
    expect(broken.status).toBe(400);
  });
});

describe('hostile names', () => {
  const names = [
    '[click](http://evil.example)',
    '<at>Everyone</at>',
    '${x} ${$root}',
    '{{DATE(2026-01-01T00:00:00Z)}}',
    'a\u202eb\u2066c',
    'x'.repeat(5000),
    '**bold** _it_ # head',
    '<script>alert(1)</script>',
  ];

  it.each(names)('%s is shown as text and renamed to verbatim', async (name) => {
    const agents = [
      simulatedAgent({
        id: 'evil',
        name,
        notes: name,
        machineName: name,
        customFields: [{ name, value: name }],
        sessions: [
          simulatedSession({
            id: 's',
            description: name,
            readings: [simulatedReading({ score: 50 })],
          }),
        ],
      }),
      simulatedAgent({ id: 'plain', name: 'plain' }),
    ];
    const bot = await startBot({ agents });
    for (const text of ['agents', 'agent evil', 'delete evil', 'pause evil']) {
      const { card, summary } = await bot.alex.say(text);
      const shown = JSON.stringify(card);
      expect(shown.length).toBeLessThan(28_000);
      expect(shown).not.toMatch(/\$\{|\{\{DATE|<at>|\u202e/u);
      // Only these render markdown; text runs and titles show it as it is.
      for (const element of elementsOf(card))
        if (element['type'] === 'TextBlock')
          expect(String(element['text'])).not.toMatch(/(?<!\\)\]\(http/u);
      expect(summary).not.toMatch(/\u202e|<at>/u);
    }
    const { card } = await bot.alex.say('agent plain');
    const form = await bot.alex.press(card, 'agent.rename');
    // A form takes what could be typed; a name that is longer can only come from PingPlotter.
    const typed = name.slice(0, 1000);
    const renamed = await bot.alex.press(form.card, 'agent.rename', { name: typed });
    expect(renamed.statusCode).toBe(200);
    expect(bot.changes().at(-1)).toBe(`PUT /agents/plain ${JSON.stringify({ Name: typed })}`);
  });

  it('an empty name has words of its own, and nobody can give one', async () => {
    const bot = await startBot({ agents: [simulatedAgent({ id: 'empty', name: '' })] });
    expect(wordsOf((await bot.alex.say('agents')).card)).toContain('no name');
    const refused = await bot.alex.execute({
      verb: 'agent.rename',
      data: { agent: 'empty', name: ' ' },
    });
    expect(wordsOf(refused.card)).toContain('A name is needed');
    expect(bot.changes()).toEqual([]);
  });
});
