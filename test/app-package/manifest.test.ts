import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../src/registry.ts';
import { startBot } from '../fakes/bot.ts';
import { manifestTemplate, projectFile, projectManifest } from './project.ts';

const [bot] = projectManifest.bots;
const lists = bot?.commandLists ?? [];

describe('the commands of the manifest', () => {
  it.each(lists)('for $scopes are the bot’s own, in its order and words', (list) => {
    const named = list.commands.map(({ title }) => title);
    const known = commands.filter(({ name }) => named.includes(name));
    expect(list.commands).toEqual(
      known.map(({ name, summary }) => ({ title: name, description: summary })),
    );
  });

  it.each(['personal', 'team', 'groupChat'])(
    'are twelve in the scope %s, help among them',
    (scope) => {
      const named = lists
        .filter(({ scopes }) => scopes.includes(scope))
        .flatMap((list) => list.commands.map(({ title }) => title));
      expect(named).toHaveLength(12);
      expect(named).toContain('help');
    },
  );
});

describe('the manifest', () => {
  it('offers the bot in 1:1 chats, group chats and all kinds of channels', () => {
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(manifestTemplate).toMatchObject({
      supportsChannelFeatures: 'tier1',
      defaultInstallScope: 'personal',
      defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    });
  });

  it('asks for no more than the bot uses: who people are, as the roster tells', () => {
    expect(manifestTemplate).toMatchObject({ permissions: ['identity'] });
    expect(manifestTemplate).not.toHaveProperty('authorization');
    expect(manifestTemplate).not.toHaveProperty('webApplicationInfo');
  });

  it('has the version of the project', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(projectFile('package.json')));
    expect(projectManifest.version).toBe(version);
  });

  it('has no id of its own, so that nobody uploads somebody else’s', () => {
    expect(manifestTemplate).toMatchObject({
      id: '${{TEAMS_APP_ID}}',
      bots: [{ botId: '${{BOT_ID}}' }],
      validDomains: ['${{BOT_DOMAIN}}'],
    });
  });

  it('names the account that is needed, with a link', () => {
    const { description } = z
      .object({ description: z.object({ full: z.string() }) })
      .parse(manifestTemplate);
    expect(description.full).toMatch(/PingPlotter Cloud account \(https:\/\//u);
  });
});

const Query = z.object({
  id: z.string(),
  type: z.literal('query'),
  initialRun: z.boolean(),
  parameters: z.array(z.object({ name: z.string() })).length(1),
});
const MessageAction = z.object({
  id: z.string(),
  type: z.literal('action'),
  context: z.tuple([z.literal('message')]),
  fetchTask: z.literal(true),
});
const LinkHandler = z.object({
  type: z.literal('link'),
  value: z.object({ domains: z.array(z.string()) }),
});
const Extension = z.object({
  commands: z.tuple([Query, MessageAction]),
  messageHandlers: z.tuple([LinkHandler]),
});

describe('the message extension of the manifest', () => {
  const { composeExtensions } = z
    .object({ composeExtensions: z.array(Extension).length(1) })
    .parse(manifestTemplate);
  const [extension] = composeExtensions;
  const [command, action] = extension?.commands ?? [];
  const [parameter] = command?.parameters ?? [];

  it.each([
    ['what is typed', parameter?.name, 'lax', ['LAX-12']],
    ['its opening', 'initialRun', 'true', ['LAX-12', 'DEN-1']],
  ])('is answered by the bot on %s', async (_when, name, value, titles) => {
    const { alex } = await startBot();
    const { body } = await alex.invoke(
      {
        commandId: command?.id,
        parameters: [{ name, value }],
        queryOptions: { skip: 0, count: 25 },
      },
      { name: 'composeExtension/query' },
    );
    expect(command?.initialRun).toBe(true);
    expect(body).toMatchObject({
      composeExtension: {
        attachments: titles.map((title) => ({ preview: { content: { title } } })),
      },
    });
  });

  it('has an action on messages that the bot answers with a dialog', async () => {
    const { alex } = await startBot();
    const { body } = await alex.invoke(
      {
        commandId: action?.id,
        messagePayload: { body: { contentType: 'text', content: 'lax-12' } },
      },
      { name: 'composeExtension/fetchTask' },
    );
    expect(body).toMatchObject({ task: { type: 'continue' } });
  });

  it.each(extension?.messageHandlers[0].value.domains ?? [])(
    'has links of %s unfurled, which the bot answers',
    async (domain) => {
      const { alex } = await startBot();
      const { body } = await alex.invoke(
        { url: `https://${domain.replace('*', 'share')}/lax-12` },
        { name: 'composeExtension/queryLink' },
      );
      expect(body).toMatchObject({ composeExtension: { attachments: [{}] } });
    },
  );
});
