import { expect, it } from 'vitest';
import { paces } from '../../../src/chat/middleware/rate-limit.ts';
import { wordsOf } from '../../fakes/card-actions.ts';
import { channel, type Speaker, startTalk } from '../talk.ts';

const times = async (count: number, act: (index: number) => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await act(index);
};

const spend = (speaker: Speaker, count: number = paces.person.burst): Promise<void> =>
  times(count, () => speaker.say('help'));

it('answers a burst, says once that it is too much, then keeps quiet until it has caught up', async () => {
  const talk = await startTalk();
  const alex = talk.speaker();
  await spend(alex);
  const refused = await alex.say('pause lax');
  expect(wordsOf(refused?.card ?? {})).toContain('a lot at once');
  expect(await alex.say('pause lax')).toBeUndefined();
  expect(await alex.execute('agent.pause', { agent: 'lax-12' })).toBeUndefined();
  expect(talk.changes()).toEqual([]);
  await talk.clock.advance(1000);
  await spend(alex, paces.person.perSecond);
  expect(await alex.say('help')).toBeUndefined();
  await talk.clock.advance(30_000);
  expect(await alex.say('help')).toBeDefined();
});

it('counts each person for themselves, in all their conversations', async () => {
  const talk = await startTalk();
  await spend(talk.speaker());
  expect(await talk.speaker({ name: 'Megan' }).say('help')).toBeDefined();
  const elsewhere = await talk.speaker({ ...channel }).say('help');
  expect(wordsOf(elsewhere?.card ?? {})).toContain('a lot at once');
});

it('bounds a conversation too, whoever speaks in it', async () => {
  const talk = await startTalk();
  await times(paces.conversation.burst, (index) =>
    talk.speaker({ ...channel, name: `Guest${index}` }).say('help'),
  );
  const late = await talk.speaker({ ...channel, name: 'Megan' }).say('help');
  expect(wordsOf(late?.card ?? {})).toContain('a lot at once');
  expect(await talk.speaker({ name: 'Megan' }).say('help')).toBeDefined();
});

it('does not count refreshes against anybody, and leaves out those beyond a bound of their own', async () => {
  const talk = await startTalk();
  const there = talk.speaker({ ...channel });
  const refresh = () => there.execute('agent.show', { agent: 'lax-12' }, 'automatic');
  await times(paces.refresh.burst, refresh);
  expect(await refresh()).toBeUndefined();
  expect(await there.say('help')).toBeDefined();
});
