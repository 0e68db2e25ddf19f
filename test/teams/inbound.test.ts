import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readActivity } from '../../src/teams/activity.ts';
import { activityFault } from '../../src/teams/gate.ts';
import { readIncoming } from '../../src/teams/inbound.ts';
import { aMessage, anActivity, aPress, bot, inChannel, type WireActivity } from './activities.ts';

const url = 'https://smba.trafficmanager.net/emea/';
const read = (wire: WireActivity) => {
  const activity = readActivity(wire);
  if (activity === undefined) throw new Error('no activity');
  return readIncoming(activity, 'correlation-1');
};
const mention = (id: string, name: string) => ({
  type: 'mention',
  text: `<at>${name}</at>`,
  mentioned: { id, name },
});

it('reads a message and who sent it from where', () => {
  expect(read(aMessage(url, 'agents'))).toEqual({
    kind: 'command',
    text: 'agents',
    mentions: [],
    scope: {
      account: '',
      address: {
        tenantId: 'tenant-1',
        serviceUrl: url,
        conversationId: 'a:chat',
        kind: 'personal',
        botId: '28:bot',
        botName: 'PingPlotter',
        channelId: 'msteams',
        replyToId: 'activity-1',
      },
      conversationKey: 'a:chat',
      person: { id: '29:ada', objectId: 'ada-object-id', name: 'Ada Byron' },
      role: 'none',
      locale: 'en-US',
      timeZone: 'America/Denver',
      activityId: 'activity-1',
      correlationId: 'correlation-1',
    },
  });
});

it('cuts the thread from the key of a channel but not from its address', () => {
  expect(read(aMessage(url, 'agents', inChannel))).toMatchObject({
    scope: {
      conversationKey: '19:general@thread.tacv2',
      address: { conversationId: '19:general@thread.tacv2;messageid=1', kind: 'channel' },
    },
  });
});

it.each([
  ['personal', undefined, 'personal'],
  ['groupChat', true, 'group'],
  ['channel', true, 'channel'],
  // F: what comes from outside is no property of an object.
  ['__proto__', undefined, 'personal'],
  ['constructor', true, 'group'],
  [undefined, undefined, 'personal'],
  [undefined, false, 'personal'],
  [undefined, true, 'group'],
])('takes a conversation of type %s, group %s, as %s', (conversationType, isGroup, kind) => {
  const conversation = { id: 'c', tenantId: 'tenant-1', conversationType, isGroup };
  expect(read(aMessage(url, 'agents', { conversation }))).toMatchObject({
    scope: { address: { kind } },
  });
});

it.each([
  [{ localTimezone: 'Europe/Berlin' }, 'Europe/Berlin'],
  [{ localTimezone: undefined }, 'UTC'],
  [{ localTimezone: 'Mars/Olympus' }, 'UTC'],
  [{ localTimezone: '' }, 'UTC'],
  [
    { localTimezone: undefined, entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo' }] },
    'Asia/Tokyo',
  ],
])('reads the time zone of %o as %s', (changes, timeZone) => {
  expect(read(aMessage(url, 'agents', changes))).toMatchObject({ scope: { timeZone } });
});

it.each([
  [{ locale: 'de-DE' }, 'de-DE'],
  [{ locale: 'no such locale' }, 'en-US'],
  [{ locale: undefined, entities: [{ type: 'clientInfo', locale: 'fr-fr' }] }, 'fr-FR'],
])('reads the locale of %o as %s', (changes, locale) => {
  expect(read(aMessage(url, 'agents', changes))).toMatchObject({ scope: { locale } });
});

const toBot = mention(bot.id, bot.name);

it.each<readonly [string, string, readonly unknown[], string]>([
  ['in front', '<at>PingPlotter</at> agents', [toBot], 'agents'],
  ['at the end', 'agents <at>PingPlotter</at>', [toBot], 'agents'],
  ['twice', '<at>PingPlotter</at> agents <at>PingPlotter</at>', [toBot], 'agents'],
  ['with a hard space', '<at>PingPlotter</at>&nbsp;agents\u00a0poor', [toBot], 'agents poor'],
  ['by another name', '<at>Pinger</at> agents', [mention(bot.id, 'Pinger')], 'agents'],
  ['without an entity', '<at>pingplotter</at> agents', [], 'agents'],
  ['with attributes', '<at id="0">PingPlotter</at> agents', [toBot], 'agents'],
  ['alone', '<at>PingPlotter</at>', [toBot], ''],
  [
    'beside another person',
    '<at>PingPlotter</at> revoke <at>Ada Byron</at>',
    [toBot, mention('29:ada', 'Ada Byron')],
    'revoke Ada Byron',
  ],
  ['with a broken entity', '<at>PingPlotter</at> agents', [{ type: 5 }, null, toBot], 'agents'],
])('understands a message that mentions the bot %s', (_name, text, entities, meant) => {
  expect(read(aMessage(url, text, { entities }))).toMatchObject({ kind: 'command', text: meant });
});

const reply =
  '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri">PingPlotter</strong><p itemprop="preview">Poor 41</p></blockquote>';
const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });
const span =
  '<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">PingPlotter</span>';

it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
  [
    '<quoted messageId="1772050244572"/> ack 1',
    { entities: [{ type: 'quotedReply', quotedReply: { messageId: '1772050244572' } }] },
    'ack 1',
  ],
  ['<quoted messageId="1">Poor 41</quoted><at>PingPlotter</at> ack 1', {}, 'ack 1'],
  [`${reply}ack 1`, {}, 'ack 1'],
  ['PingPlotter Poor 41\n\nack 1', html(`${reply}<p>ack 1</p>`), 'ack 1'],
  ['PingPlotter Poor 41 ack 1', html(`${reply}<p>${span}&nbsp;ack&nbsp;1</p>`), 'ack 1'],
  ['&gt; Poor 41\n> so it is\nack 1', {}, 'ack 1'],
  // Nothing is quoted there.
  ['agents score>5', html('<p>agents score&gt;5</p>'), 'agents score>5'],
  ['agent <b>x</b>', {}, 'agent <b>x</b>'],
  ['agent <quoted', {}, 'agent <quoted'],
])('C18: takes off what %j quotes', (text, more, meant) => {
  expect(read(aMessage(url, text, more))).toMatchObject({ kind: 'command', text: meant });
});

it('C18: reads a message of quotations that are never closed once', () => {
  const text = '<blockquote>'.repeat(9000);
  expect(read(aMessage(url, text, html(text)))).toMatchObject({ kind: 'command' });
});

it.each([
  ['&lt;b&gt; &amp;amp; &quot;x&quot; &#39;y&#39; &#x41;', '<b> &amp; "x" \'y\' A'],
  ['&unknown; &#0; &#99999999;', '&unknown; \ufffd \ufffd'],
  ['a\u200bgents\ufeff', 'agents'],
  [
    'rename lax to \u{1f469}\u200d\u{1f4bb} \u200fx',
    'rename lax to \u{1f469}\u200d\u{1f4bb} \u200fx',
  ],
  ['rename lax to <at>Everyone</at>', 'rename lax to <at>Everyone</at>'],
  ['  agents  ', 'agents'],
])('reads the text %s as %s', (text, meant) => {
  expect(read(aMessage(url, text))).toMatchObject({ text: meant });
});

it('cuts a text that is longer than any command', () => {
  const incoming = read(aMessage(url, 'x'.repeat(100_000)));
  expect(incoming).toMatchObject({ kind: 'command', text: 'x'.repeat(28_000) });
});

it.each<readonly [string, WireActivity]>([
  ['flat', { verb: 'agent.pause', agentId: 'a1', msteams: { type: 'x' } }],
  ['nested', { action: { verb: 'agent.pause', data: { agentId: 'a1' } } }],
])('reads a submitted card, %s', (_name, value) => {
  const incoming = read(anActivity(url, { value, replyToId: 'card-1', text: undefined }));
  expect(incoming).toMatchObject({
    kind: 'action',
    verb: 'agent.pause',
    data: { agentId: 'a1' },
    trigger: 'manual',
    messageId: 'card-1',
  });
  expect(incoming).not.toHaveProperty('data.msteams');
});

it.each(['manual', 'automatic'])('reads a %s card action', (trigger) => {
  expect(read(aPress(url, 'agent.pause', {}, trigger))).toMatchObject({
    kind: 'action',
    verb: 'agent.pause',
    data: { agentId: 'a1' },
    trigger,
    messageId: 'card-1',
  });
});

const search = (name: string, value: unknown) => anActivity(url, { type: 'invoke', name, value });

it.each<readonly [unknown, WireActivity]>([
  [
    { queryText: ' lax ', queryOptions: { skip: 5, top: 3 }, dataset: 'agents' },
    { query: 'lax', skip: 5, top: 3 },
  ],
  [{ dataset: 'agents' }, { query: '', skip: 0, top: 15 }],
  [
    { queryText: '', dataset: 'agents', queryOptions: { top: 500, skip: -1 } },
    { skip: 0, top: 15 },
  ],
])('reads a typeahead %o', (value, expected) => {
  expect(read(search('application/search', value))).toMatchObject({
    kind: 'search',
    surface: 'typeahead',
    dataset: 'agents',
    ...expected,
  });
});

it.each<readonly [unknown, WireActivity]>([
  [
    {
      commandId: 'agents',
      parameters: [{ name: 'query', value: 'lax' }],
      queryOptions: { skip: 10, count: 5 },
    },
    { query: 'lax', skip: 10, top: 5 },
  ],
  [
    { commandId: 'agents', parameters: [{ name: 'initialRun', value: 'true' }] },
    { query: '', skip: 0, top: 25 },
  ],
])('reads a query of the message extension %o', (value, expected) => {
  expect(read(search('composeExtension/query', value))).toMatchObject({
    kind: 'search',
    surface: 'extension',
    dataset: 'agents',
    ...expected,
  });
});

const sentCard = (verb: string, content: (card: object) => unknown = (card) => card) => ({
  text: '<span class="ac-card">LAX-12 Poor 38</span>',
  attachments: [
    { contentType: 'text/html', content: '<span class="ac-card"></span>' },
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: content({ refresh: { action: { verb, data: { agent: 'a1', onlyReads: true } } } }),
    },
  ],
});

it.each<readonly [string, WireActivity]>([
  ['as it is', sentCard('agent.show')],
  ['as a text', sentCard('agent.show', (card) => JSON.stringify(card))],
])(
  'G12: a card of the extension that is sent to the bot, %s, shows its agent',
  (_name, changes) => {
    expect(read(anActivity(url, changes))).toMatchObject({
      kind: 'action',
      verb: 'agent.show',
      data: { agent: 'a1' },
      trigger: 'manual',
    });
  },
);

it.each<readonly [string, WireActivity]>([
  ['that acts', sentCard('agent.pause')],
  ['that cannot be read', sentCard('agent.show', () => '{')],
  ['without an agent', sentCard('agent.show', () => ({}))],
])('G12: a card %s is no press', (_name, changes) => {
  expect(read(anActivity(url, changes)).kind).toBe('command');
});

it.each<readonly [string, WireActivity, string]>([
  ['an installation', { type: 'installationUpdate', action: 'add' }, 'installed'],
  ['a removal', { type: 'installationUpdate', action: 'remove' }, 'removed'],
  [
    'the bot among new members',
    { type: 'conversationUpdate', membersAdded: [{}, bot] },
    'installed',
  ],
  [
    'the bot among former members',
    { type: 'conversationUpdate', membersRemoved: [bot] },
    'removed',
  ],
])('reads %s', (_name, changes, kind) => {
  expect(read(anActivity(url, changes))).toMatchObject({ kind });
});

it.each<readonly [string, WireActivity]>([
  ['an upgrade', { type: 'installationUpdate', action: 'add-upgrade' }],
  ['other new members', { type: 'conversationUpdate', membersAdded: [{ id: '29:bob' }] }],
  [
    'a renamed channel',
    { type: 'conversationUpdate', channelData: { eventType: 'channelRenamed' } },
  ],
  ['an edited message', { type: 'messageUpdate', text: 'agents' }],
  ['an edit sent as a message', { text: 'agents', channelData: { eventType: 'editMessage' } }],
  ['a reaction', { type: 'messageReaction' }],
  ['its own message', { text: 'agents', from: bot }],
  ["another bot's message", { text: 'agents', from: { id: '28:other', role: 'bot' } }],
  ['a message from nobody', { text: 'agents', from: undefined }],
  ['a message from nowhere', { text: 'agents', conversation: { tenantId: 'tenant-1' } }],
  [
    'a press of nobody',
    {
      type: 'invoke',
      name: 'adaptiveCard/action',
      from: undefined,
      value: { action: { verb: 'agent.pause' } },
    },
  ],
  ['a submit without a verb', { value: { agentId: 'a1' } }],
  ['an action without a verb', { type: 'invoke', name: 'adaptiveCard/action', value: {} }],
  ['a typeahead without a dataset', { type: 'invoke', name: 'application/search', value: {} }],
  ['an unknown invoke', { type: 'invoke', name: 'task/fetch' }],
  ['an unknown type', { type: 'event' }],
])('ignores %s and says why', (_name, changes) => {
  const incoming = read(anActivity(url, changes));
  expect(incoming.kind).toBe('ignored');
  expect(incoming).toHaveProperty('reason', expect.stringMatching(/^(a|an|no) /));
});

describe('whatever comes in', () => {
  const names = ['adaptiveCard/action', 'application/search', 'composeExtension/query'];
  const hostile = fc.record(
    {
      type: fc.constantFrom('message', 'invoke', 'installationUpdate', 'conversationUpdate', 'x'),
      name: fc.oneof(fc.constantFrom(...names), fc.anything()),
      id: fc.anything(),
      text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.anything()),
      value: fc.oneof(fc.anything(), fc.record({ action: fc.anything(), verb: fc.anything() })),
      from: fc.oneof(fc.constant({ id: '29:x' }), fc.anything()),
      recipient: fc.anything(),
      conversation: fc.oneof(fc.constant({ id: 'c', tenantId: 't' }), fc.anything()),
      channelData: fc.anything(),
      entities: fc.oneof(fc.anything(), fc.array(fc.anything())),
      membersAdded: fc.anything(),
      locale: fc.anything(),
      localTimezone: fc.anything(),
      serviceUrl: fc.anything(),
      channelId: fc.anything(),
    },
    { requiredKeys: ['type'] },
  );

  it('is read without a fault', () => {
    fc.assert(
      fc.property(hostile, (wire) => {
        const incoming = read(wire);
        expect(['command', 'action', 'search', 'installed', 'removed', 'ignored']).toContain(
          incoming.kind,
        );
        if (incoming.kind === 'command') expect(incoming.text.length).toBeLessThanOrEqual(4000);
      }),
    );
  });

  it('is judged at the door without a fault, and no stranger gets in', () => {
    const rules = {
      tokenChecks: true,
      allowedTenants: ['tenant-1'],
      serviceHosts: ['smba.example'],
    };
    fc.assert(
      fc.property(hostile, (wire) => {
        const activity = readActivity(wire);
        expect(activity === undefined ? 'none' : activityFault(activity, rules)).toBeDefined();
      }),
    );
  });
});

it('hands over who is mentioned: each person once, the bot never', () => {
  const mention = (id: string, name: string, more: object = {}) => ({
    type: 'mention',
    text: `<at>${name}</at>`,
    mentioned: { id, name, ...more },
  });
  const entities = [
    mention('28:bot', 'PingPlotter'),
    mention('29:megan', 'Megan &amp; Co'),
    mention('29:megan', 'Megan'),
    mention('29:adele', 'Adele', { aadObjectId: 'adele-id' }),
    mention('', 'Nobody'),
    { type: 'mention' },
  ];
  expect(read(aMessage(url, 'grant', { entities }))).toMatchObject({
    mentions: [
      { id: '29:megan', name: 'Megan & Co' },
      { id: '29:adele', objectId: 'adele-id', name: 'Adele' },
    ],
  });
});
