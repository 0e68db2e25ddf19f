import { describe, expect, it } from 'vitest';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

/** Every endpoint of the Agents API, reached from a chat by a command and, where it acts, by a button. */
describe('the eleven endpoints', () => {
  it('lists agents and asks all their states at once', async () => {
    const bot = await startBot();
    const { card, summary } = await bot.alex.say('agents');
    expect(
      bot.simulator.requests.map(({ method, path, query, body }) => ({
        method,
        path,
        query,
        body,
      })),
    ).toEqual([
      {
        method: 'GET',
        path: '/agents',
        query: { includeTemplates: 'false', includeDeleted: 'false' },
        body: '',
      },
      {
        method: 'POST',
        path: '/agents/status',
        query: {},
        body: '{"AgentUniqueIds":["lax-12","den-1"]}',
      },
    ]);
    expect(wordsOf(card)).toMatch(/LAX-12[\s\S]*DEN-1/);
    expect(summary).toContain('1 Poor');
  });

  it('opens one agent by command and by its row', async () => {
    const bot = await startBot();
    const { card: list, messageId } = await bot.alex.say('agents');
    const pressed = await bot.alex.press(list, 'agent.show', {}, { messageId });
    const typed = await bot.alex.say('agent lax');
    for (const card of [pressed.card, typed.card])
      expect(wordsOf(card)).toMatch(/LAX-12[\s\S]*voice[\s\S]*crm/);
    const asked = bot.simulator.requests
      .slice(2, 5)
      .map(({ method, path, query, body }) => ({ method, path, query, body }));
    expect(asked).toEqual(
      expect.arrayContaining([
        { method: 'GET', path: '/agents/lax-12', query: {}, body: '' },
        { method: 'POST', path: '/agents/lax-12/status', query: {}, body: '{}' },
        { method: 'GET', path: '/sessions', query: { agentUniqueId: 'lax-12' }, body: '' },
      ]),
    );
  });

  it('shows custom fields, templates and deleted agents', async () => {
    const bot = await startBot();
    await bot.alex.say('fields');
    const { card } = await bot.alex.say('templates');
    await bot.alex.say('deleted');
    expect(wordsOf(card)).toContain('Laptop standard');
    expect(bot.simulator.requests.map(({ path, query }) => [path, query])).toEqual([
      ['/agents/customfields', {}],
      ['/agents', { includeTemplates: 'true', includeDeleted: 'false' }],
      ['/agents', { includeTemplates: 'false', includeDeleted: 'true' }],
    ]);
  });

  it('pauses and resumes one session and all of them, by command and by button', async () => {
    const bot = await startBot();
    const paused = await bot.alex.say('pause lax / crm');
    await bot.alex.say('resume lax-12 / crm');
    await bot.alex.say('pause LAX-12');
    const { card } = await bot.alex.say('resume lax-12');
    expect(wordsOf(paused.card)).toContain('by Alex Wilber at');
    const one = await bot.alex.press(card, 'session.pause');
    await bot.alex.press(one.card, 'session.resume');
    const all = await bot.alex.press(card, 'agent.pause');
    await bot.alex.press(all.card, 'agent.resume');
    expect(bot.changes()).toEqual([
      'PUT /agents/lax-12/session {"SessionId":"crm-1","Action":"pause"}',
      'PUT /agents/lax-12/session {"SessionId":"crm-1","Action":"resume"}',
      'PUT /agents/lax-12/sessions?action=0',
      'PUT /agents/lax-12/sessions?action=1',
      'PUT /agents/lax-12/session {"SessionId":"voice-1","Action":"pause"}',
      'PUT /agents/lax-12/session {"SessionId":"voice-1","Action":"resume"}',
      'PUT /agents/lax-12/sessions?action=0',
      'PUT /agents/lax-12/sessions?action=1',
    ]);
  });

  it('renames by command and by form', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('rename lax-12 to LAX Reception');
    expect(wordsOf(card)).toContain('LAX-12 → LAX Reception');
    const form = await bot.alex.press(card, 'agent.rename');
    const renamed = await bot.alex.press(form.card, 'agent.rename', { name: '  Front  desk ' });
    expect(wordsOf(renamed.card)).toContain('Front desk');
    expect(bot.changes()).toEqual([
      'PUT /agents/lax-12 {"Name":"LAX Reception"}',
      'PUT /agents/lax-12 {"Name":"  Front  desk "}',
    ]);
  });

  it('reconnects by command and by button', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('agent lax');
    await bot.alex.press(card, 'agent.reconnect');
    await bot.alex.say('reconnect lax');
    expect(bot.changes()).toEqual([
      'POST /agents/lax-12/forcereconnect',
      'POST /agents/lax-12/forcereconnect',
    ]);
  });

  it('creates an agent and a template through the form, each once', async () => {
    const bot = await startBot();
    const { card: form } = await bot.alex.say('create LAX 13');
    const made = await bot.alex.press(form, 'agent.create', {
      name: 'LAX 13',
      kind: 'agent',
      target1: '192.168.0.1 Router',
      known: '203.0.113.31,gone.example,192.168.0.1',
      seconds1: '2,5',
      configuration1: 'icmp',
      target2: 'crm.example.com',
      seconds2: '1m',
    });
    expect(wordsOf(made.card)).toContain('LAX 13');
    const again = await bot.alex.press(form, 'agent.create', { name: 'LAX 13', kind: 'agent' });
    expect(wordsOf(again.card)).toContain('used already');
    const { card: second } = await bot.alex.say('create');
    const refused = await bot.alex.press(second, 'agent.create', {
      name: 'Standard',
      target1: 'x.example',
      seconds1: '5000',
    });
    expect(wordsOf(refused.card)).toContain('must be a number of seconds from 0.1 to 3,600');
    await bot.alex.press(refused.card, 'agent.create', { name: 'Standard', kind: 'template' });
    // A form of an older version asked for milliseconds.
    const { card: older } = await bot.alex.say('create');
    const data = { name: 'Old', target1: 'x.example', interval1: '5000' };
    await bot.alex.press(older, 'agent.create', data);
    expect(bot.changes()).toEqual([
      'POST /agents {"Name":"LAX 13","Targets":[{"Target":"203.0.113.31 voice"},{"Target":"gone.example"},{"Target":"192.168.0.1 Router","ConfigurationId":"icmp","TraceIntervalInMs":2500},{"Target":"crm.example.com","TraceIntervalInMs":60000}],"IsTemplate":false}',
      'POST /agents {"Name":"Standard","IsTemplate":true}',
      'POST /agents {"Name":"Old","Targets":[{"Target":"x.example","TraceIntervalInMs":5000}],"IsTemplate":false}',
    ]);
  });

  it('deletes only after its confirmation, with a body, once', async () => {
    const bot = await startBot();
    const { card: confirmation } = await bot.alex.say('delete lax');
    expect(wordsOf(confirmation)).toContain('LAX-12');
    expect(bot.changes()).toEqual([]);
    const gone = await bot.alex.press(confirmation, 'agent.delete', { uninstall: 'true' });
    expect(wordsOf(gone.card)).toContain('LAX-12');
    expect(bot.changes()).toEqual(['DELETE /agents {"UniqueId":"lax-12","ShouldUninstall":true}']);
    const request = bot.simulator.requests.find(({ method }) => method === 'DELETE');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-api-key': bot.simulator.key,
    });
  });

  it('offers a button for each act on the agent card', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('agent lax-12');
    expect(executesOf(card).map(({ verb }) => verb)).toEqual(
      expect.arrayContaining([
        'session.pause',
        'agent.pause',
        'agent.reconnect',
        'agent.rename',
        'agent.delete',
        'agent.show',
      ]),
    );
  });
});
