import { describe, expect, it, vi } from 'vitest';
import type { Handler, Incoming, Reply } from '../../src/chat/turn.ts';
import { conversationWindows } from '../../src/delivery/send-windows.ts';
import { fakeClock } from '../fakes/clock.ts';
import { aGate } from '../fakes/gate.ts';
import { aMessage, anActivity, aPress, inChannel } from './activities.ts';
import { aCard, startBot } from './start-bot.ts';

const card = (summary: string, everyone?: string): Reply => ({
  kind: 'card',
  card: aCard(summary),
  ...(everyone === undefined ? {} : { everyone: aCard(everyone) }),
});
const cardBody = (summary: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: aCard(summary).content,
});

/** A bot whose handler answers only once it is told to, on a clock that moves only when told to. */
const startSlow = async (reply: Reply | undefined) => {
  const clock = fakeClock();
  const done = aGate();
  const begun = aGate();
  const handler: Handler = async () => {
    begun.open();
    await done.opened;
    return reply;
  };
  const bot = await startBot({ handler, clock });
  return { ...bot, clock, done, begun };
};

describe('a command', () => {
  it('is answered with one card, without text, in reply to the message', async () => {
    const seen: Incoming[] = [];
    const handler: Handler = async (incoming) => {
      seen.push(incoming);
      return card('3 agents');
    };
    const { connector, send } = await startBot({ handler });
    expect(await send(aMessage(connector.url, 'agents'))).toMatchObject({ status: 200, text: '' });
    expect(seen).toMatchObject([{ kind: 'command', text: 'agents' }]);
    expect(connector.activities).toHaveLength(1);
    expect(connector.activities[0]).toMatchObject({
      conversationId: 'a:chat',
      replyTo: 'activity-1',
      activity: {
        type: 'message',
        summary: '3 agents',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: aCard('3 agents').content,
          },
        ],
      },
    });
    expect(connector.activities[0]?.activity).not.toHaveProperty('text');
  });

  it('shows typing after a while, an interim card at 8 s, and its answer in that card', async () => {
    const bot = await startSlow(card('3 agents'));
    const { connector, clock, done } = bot;
    const answered = bot.send(aMessage(connector.url, 'agents'));
    await bot.begun.opened;
    await clock.untilAsleep(2);
    await clock.advance(1499);
    expect(connector.calls).toEqual([]);
    await clock.advance(1);
    await connector.waitFor(({ activities }) => activities.length === 1);
    expect(connector.activities[0]?.activity.type).toBe('typing');
    await clock.advance(6500);
    await connector.waitFor(({ activities }) => activities.length === 2);
    expect(connector.messages('a:chat').map(({ summary }) => summary)).toEqual(['still working']);
    await clock.advance(1500);
    expect(await answered).toMatchObject({ status: 200 });
    done.open();
    await connector.waitFor(({ updates }) => updates.length === 1);
    expect(connector.messages('a:chat').map(({ summary }) => summary)).toEqual(['3 agents']);
  });

  it('shows no typing when the answer is quick', async () => {
    const clock = fakeClock();
    const { connector, send } = await startBot({ handler: async () => card('quick'), clock });
    await send(aMessage(connector.url, 'agents'));
    await clock.advance(60_000);
    expect(connector.activities.map(({ activity }) => activity.type)).toEqual(['message']);
  });

  it('posts its late answer again when the interim card is gone', async () => {
    const bot = await startSlow(card('3 agents'));
    const { connector, clock } = bot;
    connector.fault({
      status: 404,
      code: 'ActivityNotFoundInConversation',
      when: ({ method }) => method === 'PUT',
    });
    void bot.send(aMessage(connector.url, 'agents'));
    await bot.begun.opened;
    await clock.untilAsleep(2);
    await clock.advance(8000);
    await connector.waitFor(({ activities }) => activities.length === 2);
    bot.done.open();
    await connector.waitFor(({ activities }) => activities.length === 3);
    expect(connector.activities[2]?.activity.summary).toBe('3 agents');
  });

  it('is still answered while the bot drains', async () => {
    const bot = await startSlow(card('3 agents'));
    const answered = bot.send(aMessage(bot.connector.url, 'agents'));
    await bot.begun.opened;
    const drained = bot.teams.drain(5000);
    bot.done.open();
    await drained;
    await answered;
    expect(bot.connector.messages('a:chat')).toHaveLength(1);
  });

  it('is told to give up when draining takes too long', async () => {
    const clock = fakeClock();
    const signals: AbortSignal[] = [];
    const handler: Handler = (_incoming, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const bot = await startBot({ handler, clock });
    const answered = bot.send(aMessage(bot.connector.url, 'agents'));
    await clock.untilAsleep(2);
    const drained = bot.teams.drain(5000);
    await clock.advance(10_000);
    await Promise.all([drained, answered]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

it('answers twelve commands at once, all of them, within the limits of Teams', async () => {
  const clock = fakeClock();
  const { connector, send } = await startBot({ handler: async () => card('3 agents'), clock });
  const answers = Array.from({ length: 12 }, (_, index) =>
    send(aMessage(connector.url, 'agents', { id: `activity-${index}` })),
  );
  while (connector.activities.length < 12) await clock.advance(100);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(
    Array.from({ length: 12 }, () => 200),
  );
  const times = connector.activities.map(({ at }) => at);
  for (const { max, ms } of conversationWindows) {
    for (const start of times) {
      const inside = times.filter((at) => at >= start && at < start + ms - 100);
      expect(inside.length).toBeLessThanOrEqual(max);
    }
  }
});

it('welcomes by a message of its own', async () => {
  const { connector, send } = await startBot({ handler: async () => card('hello') });
  await send(anActivity(connector.url, { type: 'installationUpdate', action: 'add' }));
  expect(connector.activities).toHaveLength(1);
  expect(connector.activities[0]).not.toHaveProperty('replyTo');
});

it.each([
  ['a removal', { type: 'installationUpdate', action: 'remove' }],
  ['what it ignores', { type: 'messageReaction' }],
])('says nothing to %s', async (_name, changes) => {
  const handler = vi.fn(async () => card('hello'));
  const { connector, send } = await startBot({ handler });
  expect(await send(anActivity(connector.url, changes))).toMatchObject({ status: 200 });
  expect(handler).toHaveBeenCalledOnce();
  expect(connector.calls).toEqual([]);
});

describe('a pressed button', () => {
  it('is answered in the response', async () => {
    const { connector, send } = await startBot({ handler: async () => card('paused') });
    const answer = await send(aPress(connector.url, 'agent.pause'));
    expect(answer).toMatchObject({ status: 200, body: cardBody('paused') });
    expect(connector.calls).toEqual([]);
  });

  it('updates the card of everybody else first, in a channel', async () => {
    const { connector, send } = await startBot({ handler: async () => card('yours', 'ours') });
    const answer = await send(aPress(connector.url, 'agent.pause', inChannel));
    expect(answer.body).toEqual(cardBody('yours'));
    expect(connector.updates).toMatchObject([{ id: 'card-1', activity: { summary: 'ours' } }]);
  });

  it('updates nothing in a chat of two', async () => {
    const { connector, send } = await startBot({ handler: async () => card('yours', 'ours') });
    await send(aPress(connector.url, 'agent.pause'));
    expect(connector.calls).toEqual([]);
  });

  it('does not wait for a slow update of everybody else', async () => {
    const clock = fakeClock();
    const handler = async () => card('yours', 'ours');
    const { connector, send } = await startBot({ handler, clock });
    connector.fault({ how: 'hang' });
    const answered = send(aPress(connector.url, 'agent.pause', inChannel));
    await connector.waitFor(({ calls }) => calls.length === 1);
    await clock.advance(2000);
    expect((await answered).body).toEqual(cardBody('yours'));
  });

  it('shows the interim card at 8 s and later the answer in the message', async () => {
    const bot = await startSlow(card('paused'));
    const { connector, clock } = bot;
    const answered = bot.send(aPress(connector.url, 'agent.pause'));
    await bot.begun.opened;
    await clock.untilAsleep(2);
    await clock.advance(8000);
    expect((await answered).body).toEqual(cardBody('still working'));
    await connector.waitFor(({ activities }) => activities.length === 1);
    expect(connector.activities[0]?.activity.type).toBe('typing');
    bot.done.open();
    await connector.waitFor(({ updates }) => updates.length === 1);
    expect(connector.updates).toMatchObject([{ id: 'card-1', activity: { summary: 'paused' } }]);
  });

  it('leaves a card alone whose refresh takes too long', async () => {
    const bot = await startSlow(card('fresh'));
    const answered = bot.send(aPress(bot.connector.url, 'agent.show', {}, 'automatic'));
    await bot.begun.opened;
    await bot.clock.untilAsleep(1);
    await bot.clock.advance(8000);
    expect((await answered).body).toMatchObject({ statusCode: 500, value: { code: 'Busy' } });
    expect(bot.connector.calls).toEqual([]);
    bot.done.open();
  });

  it('that came as a message gets its answer in the card', async () => {
    const { connector, send } = await startBot({ handler: async () => card('paused') });
    const value = { verb: 'agent.pause', agentId: 'a1' };
    await send(anActivity(connector.url, { value, replyToId: 'card-1' }));
    expect(connector.updates).toMatchObject([{ id: 'card-1', activity: { summary: 'paused' } }]);
    expect(connector.activities).toEqual([]);
  });

  it('that came as a message of unknown origin gets a new card', async () => {
    const { connector, send } = await startBot({ handler: async () => card('paused') });
    await send(anActivity(connector.url, { value: { verb: 'agent.pause' } }));
    expect(connector.messages('a:chat')).toHaveLength(1);
  });
});

const search = (url: string, name: string, value: unknown) =>
  anActivity(url, { type: 'invoke', name, value });
const hits: Reply = {
  kind: 'hits',
  hits: [
    { title: 'LAX-01', subtitle: 'Good, 98', value: 'a1', card: aCard('LAX-01') },
    { title: 'LAX-02', subtitle: 'Poor, 40', value: 'a2' },
  ],
};

it('answers a typeahead', async () => {
  const { connector, send } = await startBot({ handler: async () => hits });
  const answer = await send(search(connector.url, 'application/search', { dataset: 'agents' }));
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.body).toEqual({
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: {
      results: [
        { title: 'LAX-01', value: 'a1' },
        { title: 'LAX-02', value: 'a2' },
      ],
    },
  });
});

it('answers a query of the message extension with previews', async () => {
  const { connector, send } = await startBot({ handler: async () => hits });
  const value = { commandId: 'agents', parameters: [{ name: 'query', value: 'lax' }] };
  const answer = await send(search(connector.url, 'composeExtension/query', value));
  const thumbnail = (title: string, text: string) => ({
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title, text },
  });
  expect(answer.body).toEqual({
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: aCard('LAX-01').content,
          preview: thumbnail('LAX-01', 'Good, 98'),
        },
        { ...thumbnail('LAX-02', 'Poor, 40'), preview: thumbnail('LAX-02', 'Poor, 40') },
      ],
    },
  });
});

it('finds nothing rather than let a search time out', async () => {
  const bot = await startSlow(hits);
  const value = { dataset: 'agents', queryText: 'lax' };
  const answered = bot.send(search(bot.connector.url, 'application/search', value));
  await bot.begun.opened;
  await bot.clock.untilAsleep(1);
  await bot.clock.advance(4500);
  expect((await answered).body).toMatchObject({ statusCode: 200, value: { results: [] } });
  bot.done.open();
});

it('G11: says in the message extension that there is no answer yet', async () => {
  const bot = await startSlow(hits);
  const answered = bot.send(search(bot.connector.url, 'composeExtension/query', {}));
  await bot.begun.opened;
  await bot.clock.untilAsleep(1);
  await bot.clock.advance(4500);
  expect((await answered).body).toMatchObject({
    composeExtension: { type: 'message', text: expect.stringContaining('takes too long') },
  });
  bot.done.open();
});

it.each<readonly [string, string, unknown]>([
  ['an unknown invoke', 'task/fetch', {}],
  ['an action without a verb', 'adaptiveCard/action', { action: {} }],
  ['an action that is none', 'adaptiveCard/action', 'x'],
  ['a typeahead without a dataset', 'application/search', {}],
])('answers %s with HTTP 200 and the error in the body', async (_name, name, value) => {
  const { connector, send } = await startBot({ handler: async () => undefined });
  expect(await send(search(connector.url, name, value))).toMatchObject({
    status: 200,
    body: { statusCode: 400, type: 'application/vnd.microsoft.error' },
  });
});

it('answers an action with nothing to show by words', async () => {
  const { connector, send } = await startBot({ handler: async () => undefined });
  expect((await send(aPress(connector.url, 'agent.pause'))).body).toMatchObject({
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
  });
});

it('hides what went wrong from Teams and tells the log', async () => {
  const handler: Handler = async () => {
    throw new Error('disk on fire');
  };
  const { connector, send, lines } = await startBot({ handler });
  const pressed = await send(aPress(connector.url, 'agent.pause'));
  expect(pressed).toMatchObject({ status: 200, body: { statusCode: 500 } });
  expect(pressed.text).not.toContain('fire');
  expect(await send(aMessage(connector.url, 'agents'))).toMatchObject({ status: 200, text: '' });
  expect(connector.calls).toEqual([]);
  expect(lines.filter((line) => line.includes('disk on fire'))).toHaveLength(2);
});
