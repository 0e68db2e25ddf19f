import { describe, expect, it } from 'vitest';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { sharedBot } from '../fakes/shared-bot.ts';

// A3: limits where text comes in.

const tooLong =
  'A command may have 1,000 characters at most. This one is longer, so nothing was done.';
const filterTooLong =
  'A filter may have 500 characters at most. This one is longer, so nothing was done.';

/** All that PingPlotter was asked for meanwhile. */
const askedDuring = async (
  { simulator }: StartedBot,
  act: () => Promise<unknown>,
): Promise<number> => {
  const before = simulator.requests.length;
  await act();
  return simulator.requests.length - before;
};

const exactly = (text: string, length: number): string =>
  text + 'x'.repeat(Math.max(0, length - text.length));

const unchanged = sharedBot();

describe('a command (A3)', () => {
  it.each([
    ['maintenance of many ends', `maintenance all ${'from to '.repeat(1500)}`],
    ['agents of many terms', `agents ${'e '.repeat(13_900)}`],
    ['rename of many ends', `rename zq ${'to '.repeat(9000)}`],
    ['signs before a letter', `${'!'.repeat(27_900)}a`],
    ['spaces before a letter', `hi${' '.repeat(27_900)}a`],
    ['a command just over the limit', exactly('pause lax ', 1001)],
    ['a name', exactly('rename lax to ', 1001)],
  ])(
    'of more than 1,000 characters, %s, gets a sentence, and nothing is asked',
    async (_, text) => {
      const bot = await unchanged();
      const asked = await askedDuring(bot, async () => {
        expect(wordsOf((await bot.alex.say(text)).card)).toContain(tooLong);
      });
      expect(asked).toBe(0);
    },
  );

  it('of 1,000 characters is done', async () => {
    const bot = await startBot();
    const text = exactly('rename lax to ', 1000);
    await bot.alex.say(text);
    expect(bot.changes()).toEqual([
      `PUT /agents/lax-12 ${JSON.stringify({ Name: text.slice('rename lax to '.length) })}`,
    ]);
  });

  it('is counted without the mention of the bot', async () => {
    const bot = await startBot();
    const name = 'PingPlotter'.repeat(10);
    const mention = {
      type: 'mention',
      text: `<at>${name}</at>`,
      mentioned: { id: '28:bot', name },
    };
    const text = exactly('rename lax to ', 1000);
    await bot.alex.say(`<at>${name}</at> ${text}`, { entities: [mention] });
    expect(bot.changes()).toHaveLength(1);
  });
});

describe('a rename with many “to” (A3)', () => {
  it('looks for names in one reading of the fleet', async () => {
    const bot = await startBot();
    await bot.alex.say('agents');
    const few = await askedDuring(bot, () => bot.alex.say('rename zq to x'));
    await bot.alex.say('agents');
    const many = await askedDuring(bot, () => bot.alex.say(`rename zq ${'to '.repeat(320)}`));
    expect(many).toBeLessThanOrEqual(few);
    expect(bot.changes()).toEqual([]);
  });
});

describe('a filter of more than 500 characters (A3, C7)', () => {
  const long = exactly('name:', 501);

  it.each([`agents ${long}`, `watch ${long}`, `maintenance ${long} from 22:00 to 23:00`])(
    'typed gets a sentence and does nothing: %#',
    async (text) => {
      const bot = await unchanged();
      const { card } = await bot.alex.say(text);
      expect(wordsOf(card)).toContain(filterTooLong);
      expect(wordsOf((await bot.alex.say('watches')).card)).toContain(
        'Nothing is watched here yet',
      );
      expect(wordsOf((await bot.alex.say('maintenance')).card)).not.toContain('maintenance from');
    },
  );

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['agents.page', { filter: long, page: 1 }],
    ['agents.page', { filter: 'x'.repeat(200_000), page: 1 }],
    ['watch.create', { filter: long, bound: 'poor', offline: 'true' }],
    ['watch.create', { filter: 'x'.repeat(200_000), bound: 'poor' }],
  ])('in the inputs of %s gets a sentence, and is no forgery: %#', async (verb, data) => {
    const bot = await unchanged();
    const pressed = await bot.alex.execute({ verb, data });
    expect(wordsOf(pressed.card)).toContain(filterTooLong);
    expect(JSON.stringify(pressed.card).length).toBeLessThan(28_000);
    expect(wordsOf((await bot.alex.say('audit')).card)).not.toContain(verb);
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('Nothing is watched here yet');
  });

  it('is left out of the way on from any other refusal', async () => {
    const bot = await startBot({ environment: { DEFAULT_ROLE: 'none' } });
    const megan = bot.user({ person: { id: '29:megan', name: 'Megan', aadObjectId: 'megan-id' } });
    const data = { filter: 'x'.repeat(200_000), page: 1 };
    const pressed = await megan.execute({ verb: 'agents.page', data });
    expect(wordsOf(pressed.card)).toContain('Not allowed');
    expect(JSON.stringify(pressed.card)).not.toContain('xxx');
  });

  it('changes no watch', async () => {
    const bot = await startBot();
    const made = await bot.alex.say('watch lax');
    const form = await bot.alex.press(made.card, 'watch.edit');
    const pressed = await bot.alex.press(form.card, 'watch.edit', { filter: long, bound: 'poor' });
    expect(wordsOf(pressed.card)).toContain(filterTooLong);
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('lax');
  });

  it.each([
    ['application/search', { dataset: 'agents', queryText: long }],
    ['application/search', { dataset: 'agents', queryText: 'x'.repeat(200_000) }],
  ])('typed ahead finds nothing: %#', async (name, value) => {
    const bot = await startBot();
    const asked = await askedDuring(bot, async () => {
      expect((await bot.alex.invoke(value, { name })).body).toMatchObject({
        value: { results: [] },
      });
    });
    expect(asked).toBe(0);
  });

  it('in the message extension gets the sentence', async () => {
    const bot = await startBot();
    const value = { commandId: 'agents', parameters: [{ name: 'query', value: long }] };
    const { body } = await bot.alex.invoke(value, { name: 'composeExtension/query' });
    expect(body).toEqual({ composeExtension: { type: 'message', text: filterTooLong } });
  });
});

describe('a filter of 500 characters (A3, C7)', () => {
  /** Fits every agent of the small fleet by its last part. */
  const filter = exactly(`${' OR name:no'.repeat(20)} OR name:* OR name:`, 500);

  it('typed ahead finds what it matches', async () => {
    const bot = await startBot();
    const value = { dataset: 'agents', queryText: filter };
    const { body } = await bot.alex.invoke(value, { name: 'application/search' });
    expect(JSON.stringify(body)).toContain('lax-12');
  });

  it('that is no filter is looked for as it stands', async () => {
    const bot = await startBot();
    const value = { dataset: 'agents', queryText: exactly('is:nonsense ', 500) };
    const { httpStatus, body } = await bot.alex.invoke(value, { name: 'application/search' });
    expect(httpStatus).toBe(200);
    expect(body).toMatchObject({ value: { results: [] } });
    expect(bot.logged.filter((line) => line.includes('turn.failed'))).toEqual([]);
  });

  it('makes a list whose every button works', async () => {
    const bot = await startBot();
    const typed = exactly(`name:* OR name:`, 500);
    const { card } = await bot.alex.say(`agents ${typed}`);
    const buttons = executesOf(card).filter(({ data }) => 'agent' in data || 'page' in data);
    expect(buttons.length).toBeGreaterThan(2);
    for (const { verb, data } of buttons) {
      const pressed = await bot.alex.execute({ verb, data: { filter: typed, ...data } });
      expect(wordsOf(pressed.card)).not.toContain('no longer right');
      expect(wordsOf(pressed.card)).not.toContain('That does not work');
    }
  });

  it('may have spaces round it in a form', async () => {
    const bot = await startBot();
    const spaced = `  ${exactly('name:* OR name:', 500)}  `;
    const listed = await bot.alex.execute({ verb: 'agents.page', data: { filter: spaced } });
    const [row] = executesOf(listed.card).filter(({ verb }) => verb === 'agent.show');
    if (row === undefined) throw new Error('no row');
    const opened = await bot.alex.execute(row);
    expect(wordsOf(opened.card)).not.toContain('no longer right');
  });
});
