import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupBy } from '../../src/shared/grouped.ts';
import { type CardContent, executesOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import type { TeamsUser } from '../fakes/teams-user.ts';
import { pass, passUntil } from './pass.ts';
import { counts, startTwoAccounts } from './two-accounts.ts';

type Name = 'acme' | 'globex';
const otherOf = { acme: 'globex', globex: 'acme' } as const;

/** What nothing but an agent, a target or a number of that account holds. */
const tellTale = (name: Name): RegExp => {
  const poor = Math.ceil(counts[name] / 3);
  const good = counts[name] - poor;
  return new RegExp(
    `${name}box|${name}target|${name}-id|${name}-session|"account":"${name}"|\\b${counts[name]} agents|\\b${poor} Poor|\\b${good} Good`,
    'u',
  );
};

const texts = [
  'agents',
  'agents is:poor',
  'agents box',
  'agents csv',
  'fields',
  'templates',
  'deleted',
  'alerts',
  'watches',
  'watch',
  'ack 1',
  'health',
  'audit',
  'roles',
  'whoami',
  'accounts',
  'help',
  'filters',
  'save filter few = is:poor',
  'agents @few',
  'undo',
  'mute all for 1h',
  'maintenance box from 22:00 to 23:00',
  'digest now',
  'who is offline',
  'which agents are bad?',
  'agent {own}box-1',
  'agent {other}box-1',
  '{other}box-2',
  'pause {own}box-3',
  'pause {other}box-3',
  'rename {other}-id-4 to x',
  'hours {own}box-1',
  'watch {other}box',
  'is {other}box-1 ok?',
  'why {own}box-1',
  'why {other}box-1',
  'history {own}box-1',
  'history {other}box-1 / {other}target 7d',
  'top poor',
  'top offline 7d',
  'top flapping 30d',
  'compare {own}box-1 with {own}box-2',
  'compare {own}box-1 with {other}box-1',
  'evidence {own}box-1 / {own}target',
  'evidence {other}box-1 / {other}target',
  'my connection',
  'notify me',
  'schedules',
  'pause {own}box-2 daily 22:00-06:00',
  'pause {other}box-2 daily 22:00-06:00',
  'unschedule 1',
  'pause where box daily 22:00-06:00',
  'schedules everywhere',
  'pause {own}box-4 for 2h',
  'jobs',
  'inventory',
  'changes',
  'agents is:never',
  'agents @all',
  'digest daily at 08:00',
  'watch box remind 15m',
  'watch changes',
  'alerts since 1d',
  'alerts mine',
  'delete where {other}box',
  'rename where box to {own}box',
] as const;

/** Typed, and begun by the button of the preview. */
const many = [
  'pause where box',
  'pause all for 2h',
  'resume where {own}target',
  'rename where name:{own}box-1 to {n}-x',
  'reconnect where is:poor',
  'pause where {other}box',
] as const;

const activity = fc.oneof(
  { weight: 6, arbitrary: fc.record({ say: fc.constantFrom(...texts) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      press: fc.nat(200),
      of: fc.constantFrom('own', 'other'),
      marked: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      search: fc.constantFrom('', 'box', 'acme', 'globex', 'target', 'is:poor'),
      surface: fc.constantFrom('application/search', 'composeExtension/query'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ begin: fc.constantFrom(...many) }) },
  { weight: 1, arbitrary: fc.record({ use: fc.constantFrom<Name>('acme', 'globex') }) },
);

const mostConversations = 100;

/** What was typed or sent comes back in answers: that is no news to whoever sent it. */
const without = (text: string, sent: string): string =>
  [...new Set(sent.match(/(?:acme|globex)(?:box|target|-id|-session)(?:-\d+)?/gu) ?? [])]
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(new RegExp(`${word}(?!\\d)`, 'gu'), ''), text);

it('nothing of one account appears in a conversation that sees another one', async () => {
  // Nobody asks for so much that it would be refused for that.
  const admins = Array.from({ length: mostConversations }, (_, index) => `admin-${index}`);
  const bot = await startTwoAccounts({
    environment: { BOT_ADMINS: admins.join(','), AGENT_OWNER_FIELD: 'Owner' },
  });
  const userIn = (number: number): TeamsUser => {
    const name = admins[number % mostConversations] ?? '';
    return bot.user({
      person: { id: `29:${name}`, name, aadObjectId: name },
      conversation: { id: `19:room-${number}`, conversationType: 'channel' },
    });
  };
  /** Of each account, what its conversations have shown. */
  const shown: Record<Name, CardContent[]> = { acme: [], globex: [] };
  let conversations = 0;

  const attempt = async (user: TeamsUser, sees: Name, act: object): Promise<[string, unknown]> => {
    const names = { own: sees, other: otherOf[sees] };
    const typed = (text: unknown): string =>
      String(text).replace(/\{(own|other)\}/gu, (_, who: 'own' | 'other') => names[who]);
    if ('begin' in act) {
      const text = typed(act.begin);
      const { card, messageId } = await user.say(text);
      const button = executesOf(card).find(({ verb }) => verb === 'bulk.start');
      if (button === undefined) return [text, card];
      const begun = await user.execute(button, { messageId });
      shown[sees].push(card, begun.card);
      return [text, [card, begun.value]];
    }
    if ('say' in act) {
      const text = typed(act.say);
      const answers = await user.sayAll(text);
      for (const { attachments } of answers) {
        const card = attachments?.[0]?.content;
        if (card !== undefined) shown[sees].push(card);
      }
      return [text, answers];
    }
    if ('press' in act && 'of' in act && 'marked' in act) {
      const buttons = shown[act.of === 'own' ? sees : otherOf[sees]].flatMap(executesOf);
      const button = buttons[Number(act.press) % Math.max(1, buttons.length)];
      if (button === undefined) return ['', ''];
      const { acc, ...data } = button.data as Record<string, unknown>;
      const pressed = { verb: button.verb, data: act.marked === true ? { ...data, acc } : data };
      const answer = await user.execute(pressed);
      return [JSON.stringify(pressed), answer.value];
    }
    if ('search' in act && 'surface' in act) {
      const value =
        act.surface === 'application/search'
          ? { queryText: act.search, queryOptions: { skip: 0, top: 15 }, dataset: 'agents' }
          : {
              commandId: 'agents',
              parameters: [{ name: 'query', value: act.search }],
              queryOptions: { skip: 0, count: 25 },
            };
      return ['', (await user.invoke(value, { name: act.surface })).body];
    }
    return ['', ''];
  };

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Name>('acme', 'globex'),
      fc.array(activity, { minLength: 3, maxLength: 8 }),
      async (first, activities) => {
        conversations += 1;
        const user = userIn(conversations);
        let sees = first;
        await user.say(`use ${first}`);
        for (const act of activities) {
          const before = bot.logged.length;
          if ('use' in act) {
            sees = act.use;
            await user.say(`use ${sees}`);
            continue;
          }
          const [sent, answer] = await attempt(user, sees, act);
          const foreign = tellTale(otherOf[sees]);
          expect(without(JSON.stringify(answer), sent)).not.toMatch(foreign);
          expect(without(bot.logged.slice(before).join('\n'), sent)).not.toMatch(foreign);
        }
      },
    ),
    { numRuns: 32, seed: 16 },
  );
  expect(shown.acme.length).toBeGreaterThan(10);
  expect(shown.globex.length).toBeGreaterThan(10);
});

it('nothing of one account is in what the bot says of another by itself: jobs, schedules, reminders, digests', async () => {
  const clock = fakeClock();
  const names = ['acme', 'globex'] as const;
  const bot = await startTwoAccounts({
    clock,
    watching: true,
    environment: { BOT_ADMINS: names.join(','), POLL_SECONDS: '20' },
  });
  const rooms = { acme: '19:room-acme', globex: '19:room-globex' } as const;
  const userOf = (name: Name): TeamsUser =>
    bot.user({
      person: { id: `29:${name}`, name: `admin of ${name}`, aadObjectId: name },
      conversation: { id: rooms[name], conversationType: 'groupChat' },
    });
  const sentTo = (name: Name): readonly string[] =>
    [...bot.connector.activities, ...bot.connector.updates].flatMap((sent) =>
      sent.conversationId === rooms[name] ? [JSON.stringify(sent.activity)] : [],
    );
  const cardsOf = (name: Name): readonly CardContent[] =>
    sentTo(name).flatMap((text) => JSON.parse(text).attachments?.[0]?.content ?? []);
  const say = async (name: Name, text: string) => {
    await clock.advance(2000);
    return userOf(name).say(text);
  };
  const begin = async (name: Name, text: string, report: RegExp): Promise<void> => {
    const { card, messageId } = await say(name, text);
    await userOf(name).press(card, 'bulk.start', {}, { messageId });
    await passUntil(clock, () => sentTo(name).some((sent) => report.test(sent)));
  };
  for (const name of names) {
    bot.simulators[name].fault({
      match: { method: 'PUT', path: `/agents/${name}-id-14/sessions` },
      effect: { kind: 'status', status: 403 },
    });
    await say(name, `use ${name}`);
    for (const text of [
      'watch box remind 30s',
      'save filter few = is:poor',
      'digest daily at 13:03',
      `pause ${name}box-5 for 2m`,
      `pause where name:${name}box-2 daily 12:00-13:03`,
      'inventory',
      'agents @few',
      'schedules',
    ])
      await say(name, text);
  }
  for (const name of names) {
    await begin(name, `pause where name:${name}box-1*`, /Paused \d+ of \d+ agents/u);
    const report = cardsOf(name).findLast((card) =>
      /Paused \d+ of \d+ agents/u.test(JSON.stringify(card)),
    );
    for (const verb of ['bulk.retry', 'bulk.undo']) await userOf(name).press(report ?? {}, verb);
    await say(name, 'jobs');
  }
  await pass(clock, 4 * 60_000, 5000);
  for (const name of names) {
    const all = sentTo(name);
    for (const text of all) expect(text).not.toMatch(tellTale(otherOf[name]));
    // All of it came, with what is its own.
    for (const said of [
      /Reminder 1 of/u,
      /box-5.*resum|resum.*box-5/iu,
      /Schedule #1 · \d agents? paused/u,
      /Digest/iu,
      /Resumed \d/u,
    ])
      expect(all.filter((text) => said.test(text)).join(), String(said)).toContain(`${name} · `);
    const lines = bot.logged.filter((line) => line.includes(`"account":"${name}"`));
    for (const line of lines) expect(line).not.toMatch(tellTale(otherOf[name]));
  }
  // Whoever presses these buttons elsewhere changes nothing, and learns nothing.
  const changed = (name: Name): number =>
    bot.simulators[name].requests.filter(({ method }) => method === 'PUT').length;
  for (const name of names) {
    const before = changed(name);
    const buttons = [
      ...groupBy(cardsOf(name).flatMap(executesOf), ({ verb }) => verb).values(),
    ].flatMap(([first, ...more]) => [first, more.at(-1)]);
    expect(buttons.length).toBeGreaterThan(20);
    for (const { verb, data } of buttons.filter((button) => button !== undefined)) {
      const { acc: _, ...unmarked } = data as Record<string, unknown>;
      for (const given of [data, unmarked]) {
        const { value } = await userOf(otherOf[name]).execute({ verb, data: given });
        const sent = JSON.stringify(data);
        expect(without(JSON.stringify(value), sent), `${verb} ${sent}`).not.toMatch(tellTale(name));
      }
    }
    expect(changed(name)).toBe(before);
  }
});
