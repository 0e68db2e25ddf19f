import { expect, it } from 'vitest';
import { channel, type Seen, startTalk } from '../../chat/talk.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';

const wordsIn = (seen: Seen | undefined): string => wordsOf(seen?.card ?? {});
const codeOf = (seen: Seen | undefined): string => JSON.stringify(seen?.card);

it('is saved by a name, used as @name, listed and forgotten', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  const saved = wordsIn(await alex.say('save filter Lax = name:lax*'));
  expect(saved).toContain('@Lax = name:lax*');
  expect(saved).toContain('it finds 1 agent now');
  const list = await alex.say('agents @lax');
  expect(wordsIn(list)).toContain('lax-12');
  expect(wordsIn(list)).not.toContain('boi-3');
  expect(wordsIn(await alex.say('agents -@LAX'))).not.toContain('lax-12');
  const shown = await alex.say('filters');
  expect(wordsIn(shown)).toContain('name:lax*');
  expect(wordsIn(await alex.press(shown?.card ?? {}, 'filter.show'))).toContain('lax-12');
  expect(wordsIn(await alex.press(shown?.card ?? {}, 'filter.forget'))).toContain('is forgotten');
  await talk.clock.advance(5000);
  expect(wordsIn(await alex.press(shown?.card ?? {}, 'filter.forget'))).toContain(
    'no longer saved here',
  );
  expect(wordsIn(await alex.say('agents @lax'))).toContain('No filter called “@lax”');
});

it('names nothing but ids on its buttons', async () => {
  const alex = (await startTalk()).speaker();
  const saved = await alex.say('save filter topsecret = name:lax*');
  const data = executesOf(saved?.card ?? {}).map((one) => JSON.stringify(one.data));
  expect(data.join()).not.toContain('topsecret');
  expect(data.length).toBeGreaterThan(2);
});

it('belongs to its conversation', async () => {
  const talk = await startTalk();
  await talk.speaker().say('save filter lax = name:lax*');
  const there = talk.speaker({ key: 'other-chat' });
  expect(wordsIn(await there.say('agents @lax'))).toContain('Save one like this');
  expect(wordsIn(await there.say('filters'))).toContain('No filter is saved here');
});

it('is replaced under its name, however it is written, and says what it was', async () => {
  const alex = (await startTalk()).speaker();
  await alex.say('save filter boise = is:poor');
  expect(wordsIn(await alex.say('save filter ＢＯＩＳＥ = is:offline'))).toContain(
    'instead of is:poor',
  );
  expect(wordsIn(await alex.say('filters'))).toContain('1 filter');
});

it('holds no name of another, so that nothing comes back to itself', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  await alex.say('save filter a = name:lax* OR is:offline');
  const b = wordsIn(await alex.say('save filter b = @a is:poor'));
  expect(b).toContain('@b = name:lax* is:poor OR is:offline is:poor');
  expect(b).toContain('were replaced by what they stand for now');
  expect(wordsIn(await alex.say('save filter a = @b'))).toContain('@a = name:lax* is:poor');
  expect(wordsIn(await alex.say('save filter c = @c'))).toContain('No filter called “@c”');
});

it('is what it stood for in a watch and a maintenance, whatever becomes of it', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  await alex.say('save filter lax = name:lax*');
  expect(wordsIn(await alex.say('watch @lax below 70'))).toContain('name:lax*');
  await alex.say('maintenance @lax from now to 23:59');
  await alex.say('save filter lax = is:offline');
  const [watch] = await talk.store.watches.list({
    account: 'default',
    conversationKey: 'chat-alex',
  });
  expect(watch).toMatchObject({ filter: 'name:lax*' });
  const [window] = await talk.store.maintenance.list('default', talk.clock.now());
  expect(window).toMatchObject({ filter: 'name:lax*' });
});

it.each([
  ['watch @nowhere', 'No filter called “@nowhere”'],
  ['watch @laxx below 70', 'Did you mean “@lax”?'],
  ['maintenance @nowhere from now to 23:59', 'No filter called “@nowhere”'],
  ['alerts @nowhere', 'No filter called “@nowhere”'],
  ['agents @nowhere csv', 'No filter called “@nowhere”'],
  ['agents foo:bar csv', 'I do not know “foo:bar”'],
  ['alerts foo:bar', 'I do not know “foo:bar”'],
  ['alerts is:por', 'is:poor'],
  ['save filter x = foo:bar', 'I do not know “foo:bar”'],
  ['save filter x = is:por', 'Did you mean “is:poor”'],
  ['save filter x = @nowhere', 'No filter called'],
  ['save filter x =', 'save filter ‹name› = ‹filter›'],
  ['save filter x', 'save filter ‹name› = ‹filter›'],
  ['save x = y', 'save filter ‹name› = ‹filter›'],
  ['save filter a b = is:poor', "A filter's name is one word"],
  ['save filter x = is:poor for 2h', 'for 2h'],
  ['save filter x = is:poor\nis:good', 'one line'],
  [`save filter x = ${'y'.repeat(501)}`, '500 characters'],
  ['forget filter', 'forget filter ‹name›'],
  ['forget lax', 'forget filter ‹name›'],
  ['forget filter nowhere', 'No filter called “@nowhere”'],
  ['forget filter laxx', 'Did you mean “@lax”?'],
  ['filters boise', 'I cannot read “boise”'],
])('%j does nothing: %j', async (typed, sentence) => {
  const talk = await startTalk();
  const alex = talk.speaker();
  await alex.say('save filter lax = name:lax*');
  expect(wordsIn(await alex.say(typed))).toContain(sentence);
  expect(
    await talk.store.watches.list({ account: 'default', conversationKey: 'chat-alex' }),
  ).toEqual([]);
  expect(await talk.store.maintenance.list('default', 0)).toEqual([]);
  expect(
    await talk.store.savedFilters.list({ account: 'default', conversationKey: 'chat-alex' }),
  ).toMatchObject([{ name: 'lax', filter: 'name:lax*' }]);
});

it('stops at 25 of a conversation, with a way on', async () => {
  const alex = (await startTalk()).speaker();
  for (let n = 0; n < 25; n += 1) await alex.say(`save filter f${n} = name:lax*`);
  expect(wordsIn(await alex.say('save filter more = is:poor'))).toContain('25 saved filters');
  expect(wordsIn(await alex.say('save filter f3 = is:poor'))).toContain('instead of name:lax*');
  await alex.say('forget filter f3');
  expect(wordsIn(await alex.say('save filter more = is:poor'))).toContain('@more = is:poor');
});

it('takes an operator in a channel', async () => {
  const talk = await startTalk({ role: 'viewer' });
  const there = talk.speaker(channel);
  expect(wordsIn(await there.say('save filter lax = name:lax*'))).toContain('operator');
  expect(wordsIn(await there.say('forget filter lax'))).toContain('operator');
  expect(wordsIn(await talk.speaker().say('save filter lax = name:lax*'))).toContain('@lax');
});

it('leaves an agent of that whole name alone', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  await alex.say('save filter lax-12 = is:offline');
  await alex.say('rename lax to @lax-12');
  expect(wordsIn(await alex.say('agents @lax-12'))).toContain('1 agent');
  expect(codeOf(await alex.say('agents @lax-12'))).toContain('agent.show');
});

it('keeps in the audit log what it was and is', async () => {
  const talk = await startTalk({ admins: ['alex-id'] });
  const alex = talk.speaker();
  await alex.say('save filter lax = name:lax*');
  await alex.say('forget filter lax');
  const entries = await talk.store.audit.list({ account: 'default', limit: 10 });
  expect(entries.map(({ action, before, after }) => [action, before, after])).toEqual([
    ['forget', 'name:lax*', 'forgotten'],
    ['save', undefined, 'name:lax*'],
  ]);
});
