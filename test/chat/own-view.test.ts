import { expect, it } from 'vitest';
import { executesOf } from '../fakes/card-actions.ts';
import { channel, type Seen, startTalk } from './talk.ts';

const verbsOf = (seen: Seen | undefined): readonly string[] =>
  executesOf(seen?.card ?? {}).map(({ verb }) => verb);

it('shows in a channel all buttons at first, and after a refresh each person their own', async () => {
  const talk = await startTalk({ role: 'viewer', admins: ['alex'] });
  const alex = talk.speaker({ ...channel });
  const megan = talk.speaker({ ...channel, name: 'Megan' });
  const refresh = { agent: 'lax-12' };
  expect(verbsOf(await megan.say('agent lax'))).toContain('agent.delete');
  const hers = verbsOf(await megan.execute('agent.show', refresh, 'automatic'));
  expect(hers).not.toContain('agent.delete');
  expect(hers).not.toContain('session.pause');
  const his = verbsOf(await alex.execute('agent.show', refresh, 'automatic'));
  expect(his).toEqual(expect.arrayContaining(['agent.delete', 'session.pause']));
});

it('leaves the buttons alone when somebody presses Refresh for all to see', async () => {
  const talk = await startTalk({ role: 'viewer' });
  const seen = await talk.speaker({ ...channel }).execute('agent.show', { agent: 'lax-12' });
  expect(verbsOf(seen)).toContain('agent.delete');
});
