import { expect, it } from 'vitest';
import { quarterMs } from '../../../src/features/history/domain/quarters.ts';
import { startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

it('says how much is known, sets hours, and lets them be learned again', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  expect(words(await alex.say('hours lax-12'))).toContain('not learned yet, 0 of 7 days');
  expect(words(await alex.say('hours lax-12 mon-fri 22:00-06:00'))).toContain(
    'Mon-Fri 22:00-06:00',
  );
  expect(words(await alex.say('hours lax-12'))).toContain('set by Alex');
  await alex.say('hours lax-12 learn');
  expect(await talk.store.agentHours.all('default')).toEqual([]);
});

it('shows what was learned', async () => {
  const talk = await startTalk();
  const now = talk.clock.now();
  for (let at = now - 10 * 96 * quarterMs; at < now; at += quarterMs)
    await talk.store.presence.mark('default', at, new Set(['lax-12']));
  expect(words(await talk.speaker().say('hours lax-12'))).toContain('online nearly all the time');
}, 60_000);

it.each(['hours lax-12 mon-fri 8-18', 'hours lax-12 sat', 'hours nobody-there always', 'hours'])(
  '“%s” sets nothing',
  async (typed) => {
    const talk = await startTalk();
    await talk.speaker().say(typed);
    expect(await talk.store.agentHours.all('default')).toEqual([]);
  },
);

it('sets those that match now', async () => {
  const talk = await startTalk();
  expect(words(await talk.speaker().say('hours where name:lax* always'))).toContain('set');
  const set = await talk.store.agentHours.all('default');
  expect(set.map(({ agentId }) => agentId)).toContain('lax-12');
});
