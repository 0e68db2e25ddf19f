import { expect, it } from 'vitest';
import { startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const sentence = 'A name may have 1,000 characters at most.';

it('A3: a form does not rename to a name that is longer than one that could be typed', async () => {
  const talk = await startTalk({ role: 'operator' });
  const answer = await talk
    .speaker()
    .execute('agent.rename', { agent: 'lax-12', name: 'x'.repeat(1001) });
  expect(wordsOf(answer?.card ?? {})).toContain(sentence);
  expect(talk.changes()).toEqual([]);
});

it('A3: nor does a form create one, and it comes again with what fits', async () => {
  const talk = await startTalk({ admins: ['alex'] });
  const alex = talk.speaker();
  const form = (await alex.say('create'))?.card ?? {};
  const answer = await alex.press(form, 'agent.create', { name: 'x'.repeat(20_000) });
  expect(wordsOf(answer?.card ?? {})).toContain(sentence);
  expect(JSON.stringify(answer?.card).length).toBeLessThan(20_000);
  expect(talk.changes()).toEqual([]);
});
