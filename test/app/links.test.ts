import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

const webUrl = 'https://app.example.com/agents/{agentId}?session={sessionId}';

const Content = z.looseObject({ version: z.string() });
const Unfurled = z.object({
  composeExtension: z.object({
    type: z.literal('result'),
    attachments: z.array(
      z.object({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: Content,
        preview: z.object({ contentType: z.string(), content: z.object({ title: z.string() }) }),
      }),
    ),
    suggestedActions: z.unknown(),
  }),
});

const noCache = { actions: [{ type: 'setCachePolicy', value: '{"type":"no-cache"}' }] };

const unfurl = async (bot: StartedBot, url: unknown, user = bot.alex) => {
  const { httpStatus, body } = await user.invoke({ url }, { name: 'composeExtension/queryLink' });
  expect(httpStatus).toBe(200);
  const { composeExtension } = Unfurled.parse(body);
  expect(composeExtension.suggestedActions).toEqual(noCache);
  return composeExtension.attachments;
};

const nobody = {
  person: { id: '29:nemo', name: 'Nemo', aadObjectId: 'nemo-id' },
} as const;

describe('a link that is pasted into a chat', () => {
  it.each([
    ['https://app.example.com/agents/lax-12?session=voice-1', ['LAX-12', 'Poor 40', 'voice']],
    ['https://app.example.com/agents/lax-12?session=', ['LAX-12', 'Poor 40']],
    ['https://share.pingplotter.cloud/live/lax-12', ['LAX-12', 'Poor 40']],
    ['https://acme.pingplotter.cloud/?s=crm-2', ['DEN-1', 'Offline', 'crm']],
    ['https://share.pingplotter.cloud/5f3a', ['A page of PingPlotter Cloud']],
  ])('%s becomes a small card of version 1.3', async (url, words) => {
    const bot = await startBot({ environment: { PINGPLOTTER_WEB_URL: webUrl } });
    const [one, ...more] = await unfurl(bot, url);
    expect(more).toEqual([]);
    expect(one?.content.version).toBe('1.3');
    for (const word of words) expect(wordsOf(one?.content ?? {})).toContain(word);
    expect(executesOf(one?.content ?? {})).toEqual([]);
    expect(one?.content['actions']).toMatchObject([{ type: 'Action.OpenUrl', url }]);
  });

  it('that somebody made shows its agent or target, by the list of LiveShares', async () => {
    const bot = await startBot();
    const made = async (LinkType: string, EntityId: string): Promise<string> => {
      const answer = await fetch(`${bot.simulator.url}/liveshares`, {
        method: 'POST',
        headers: { 'X-API-KEY': bot.simulator.key, 'Content-Type': 'application/json' },
        body: JSON.stringify({ LinkType, EntityId, Description: '', Notes: '' }),
      });
      return z.object({ ShareUrl: z.string() }).parse(await answer.json()).ShareUrl;
    };
    const [session, agent] = [await made('session', 'crm-1'), await made('agent', 'den-1')];
    const asked = () => bot.simulator.requests.filter(({ path }) => path === '/liveshares').length;
    const before = asked();
    for (const [url, words] of [
      [session, ['LAX-12', 'crm', 'Good 90']],
      [`${agent}/?from=chat`, ['DEN-1', 'Offline']],
      ['https://share.pingplotter.cloud/made-up', ['A page of PingPlotter Cloud']],
    ] as const) {
      const [one] = await unfurl(bot, url);
      for (const word of words) expect(wordsOf(one?.content ?? {})).toContain(word);
    }
    expect(asked()).toBe(before + 1);
  });

  it('says no more than that where the list of LiveShares is refused', async () => {
    const bot = await startBot();
    bot.simulator.fault({
      match: { path: /^\/liveshares/u },
      effect: { kind: 'status', status: 403 },
      times: Number.POSITIVE_INFINITY,
    });
    const [one] = await unfurl(bot, 'https://share.pingplotter.cloud/made-up');
    expect(wordsOf(one?.content ?? {})).toContain('A page of PingPlotter Cloud');
  });

  it('of another host, of an agent of nobody here, or none at all, becomes nothing', async () => {
    const bot = await startBot({ environment: { PINGPLOTTER_WEB_URL: webUrl } });
    for (const url of [
      'https://share.pingplotter.cloud.evil.com/lax-12',
      'https://evil.com/agents/lax-12?session=',
      'http://share.pingplotter.cloud/lax-12',
      'https://app.example.com/agents/nobody?session=',
    ])
      expect(await unfurl(bot, url), url).toEqual([]);
    const { body } = await bot.alex.invoke({ url: 7 }, { name: 'composeExtension/queryLink' });
    expect(body).toMatchObject({ statusCode: 400 });
  });

  it('becomes nothing for who has no role, nor while PingPlotter says nothing', async () => {
    const bot = await startBot({ environment: { DEFAULT_ROLE: 'none' } });
    const link = 'https://share.pingplotter.cloud/lax-12';
    expect(await unfurl(bot, link, bot.user(nobody))).toEqual([]);
    expect(await unfurl(bot, link)).toHaveLength(1);
    expect(bot.connector.activities).toEqual([]);
  });
});

describe('“Open in PingPlotter”', () => {
  const opened = (content: unknown) =>
    [...JSON.stringify(content).matchAll(/"url":"([^"]+)"/gu)].map(([, url]) => url);

  it('stands on the card of an agent, with its worst target', async () => {
    const bot = await startBot({ environment: { PINGPLOTTER_WEB_URL: webUrl } });
    const { card } = await bot.alex.say('agent lax-12');
    expect(opened(card)).toEqual(['https://app.example.com/agents/lax-12?session=voice-1']);
  });

  it('stands nowhere without PINGPLOTTER_WEB_URL', async () => {
    const bot = await startBot();
    expect(opened((await bot.alex.say('agent lax-12')).card)).toEqual([]);
  });
});

const Dialog = z.object({
  task: z.object({
    type: z.literal('continue'),
    value: z.object({
      title: z.string(),
      card: z.object({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: Content,
      }),
    }),
  }),
});

const message = (content: string, contentType = 'html') => ({
  commandId: 'lookUpAgents',
  commandContext: 'message',
  messagePayload: { id: '1700', body: { contentType, content } },
});

describe('the message action “Look up agents”', () => {
  it.each(['composeExtension/fetchTask', 'composeExtension/submitAction'])(
    'lists the agents that a message names, worst first (%s)',
    async (name) => {
      const bot = await startBot();
      const { body } = await bot.alex.invoke(
        message(
          '<div>Is <b>den</b>-1 down?<br><at id="0">Ann</at> says <i title="LAX-1">lax&#45;12</i>&nbsp;is bad<script>x</script></div>',
        ),
        { name },
      );
      const { value } = Dialog.parse(body).task;
      expect(value.title).toBe('Look up agents');
      expect(wordsOf(value.card.content)).toContain('It names 2 agents');
      expect(wordsOf(value.card.content)).toMatch(/LAX-12.*Poor 40.*DEN-1.*Offline/su);
      expect(executesOf(value.card.content)).toEqual([]);
    },
  );

  it('says so where it names none, and what was too long to read', async () => {
    const bot = await startBot();
    const look = async (content: string, contentType?: string) => {
      const { body } = await bot.alex.invoke(message(content, contentType), {
        name: 'composeExtension/fetchTask',
      });
      return wordsOf(Dialog.parse(body).task.value.card.content);
    };
    expect(await look('<p>All is well</p>')).toContain('It names no agent');
    expect(await look('<b title="lax-12">x</b>')).toContain('It names no agent');
    expect(await look('<b>lax-12</b>', 'text')).toContain('It names 1 agent');
    const long = await look(`LAX-12 ${'x '.repeat(60_000)} DEN-1`);
    expect(long).toContain('It names 1 agent');
    expect(long).toContain('its end was not read');
  });

  it('is refused in a sentence for who has no role, and without a message', async () => {
    const bot = await startBot({ environment: { DEFAULT_ROLE: 'none' } });
    const { body } = await bot.user(nobody).invoke(message('lax-12'), {
      name: 'composeExtension/fetchTask',
    });
    expect(body).toEqual({
      task: { type: 'message', value: expect.stringContaining('needs the role') },
    });
    const empty = await bot.alex.invoke({}, { name: 'composeExtension/submitAction' });
    expect(empty.body).toMatchObject({ statusCode: 400 });
  });
});
