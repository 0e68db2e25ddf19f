import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isVerb, readVerbData } from '../../src/chat/define-action.ts';
import { actions } from '../../src/registry.ts';
import type { Verb } from '../../src/ui/action.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { postText } from '../fakes/post-json.ts';
import { anyCharacter } from '../shared/any-character.ts';

const verbNames = Object.keys(actions).filter((name): name is Verb => isVerb(actions, name));
const json = fc.jsonValue({ maxDepth: 3 });
const anyText = fc.oneof(fc.string(), fc.string({ unit: anyCharacter, maxLength: 300 }));

/** Pressed buttons that no card of the bot has. */
const badPress = fc.oneof(
  fc
    .record({ verb: fc.constantFrom(...verbNames), data: json })
    .filter(({ verb, data }) => readVerbData(actions, verb, data) === undefined),
  fc.record({ verb: anyText.filter((verb) => !isVerb(actions, verb.trim())), data: json }),
  fc.record({ verb: json.filter((verb) => typeof verb !== 'string') }),
);

const badValue = fc.oneof(
  fc.record({
    action: badPress,
    trigger: fc.oneof(fc.constantFrom('manual', 'automatic'), json),
  }),
  json,
);

const invoke = fc.record({
  type: fc.constant('invoke'),
  name: fc.oneof(
    { weight: 5, arbitrary: fc.constant('adaptiveCard/action') },
    { weight: 1, arbitrary: fc.constantFrom('task/fetch', 'composeExtension/submitAction') },
    { weight: 1, arbitrary: anyText.filter((name) => !/^(application|composeE)/u.test(name)) },
  ),
  value: badValue,
  replyToId: json,
});

/** No text, so nothing to answer; what a submit would carry is no button of the bot's. */
const message = fc.record({
  type: fc.constantFrom('message', 'messageUpdate', 'messageReaction', 'event', 'typing'),
  text: json.filter((text) => typeof text !== 'string'),
  value: json.filter((value) => value !== null),
  entities: json,
  attachments: json,
});

/** Well-formed around a wrong core, or with one part of the envelope broken too. */
const broken = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'id',
        'from',
        'recipient',
        'conversation',
        'channelData',
        'serviceUrl',
        'channelId',
        'locale',
        'localTimezone',
        'membersAdded',
        'timestamp',
      ),
      json,
    ),
  },
);

const activity = fc.tuple(fc.oneof(invoke, message), broken).map(([core, more]) => ({
  ...core,
  ...more,
}));

const post = async ({ url }: StartedBot, body: string): Promise<number> =>
  (await postText(`${url}/api/messages`, body)).status;

const batch = 50;

const postAll = async (bot: StartedBot, bodies: readonly string[]): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let start = 0; start < bodies.length; start += batch)
    statuses.push(
      ...(await Promise.all(bodies.slice(start, start + batch).map((body) => post(bot, body)))),
    );
  return statuses;
};

it('meets 600 malformed activities without a 5xx, a crash or a call to PingPlotter', async () => {
  const bot = await startBot({ environment: { DEFAULT_ROLE: 'operator' } });
  const before = bot.simulator.requests.length;
  const bodies = fc.sample(activity, { numRuns: 600, seed: 4 }).map((fields, index) => {
    const person = { id: `29:p${index}`, name: 'P', aadObjectId: `p${index}` };
    const conversation = { id: `a:${index}`, conversationType: 'personal' } as const;
    return JSON.stringify(bot.user({ person, conversation }).activity(fields));
  });
  const statuses = await postAll(bot, bodies);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(300);
  expect(bot.simulator.requests.slice(before)).toEqual([]);
  expect(bot.logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
}, 120_000);

it('meets bodies that are no activity at all', async () => {
  const bot = await startBot();
  const noise = fc.oneof(
    json.map((value) => JSON.stringify(value)),
    anyText,
    activity.map((fields) => JSON.stringify(fields).slice(0, -1)),
  );
  const statuses = await postAll(bot, fc.sample(noise, { numRuns: 200, seed: 5 }));
  expect(statuses.filter((status) => ![400, 403].includes(status))).toEqual([]);
  expect(bot.simulator.requests).toEqual([]);
  expect(bot.connector.calls).toEqual([]);
}, 60_000);

it.each(['__proto__', 'constructor', 'toString'])('F: “%s” is no button', async (verb) => {
  expect(isVerb(actions, verb)).toBe(false);
  const bot = await startBot();
  const { card } = await bot.alex.execute({ verb, data: {} });
  expect(wordsOf(card)).toContain('no longe');
});
