import { expect, it } from 'vitest';
import { here, startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

it('a conversation has fifty schedules at the most, and the same one twice is one', async () => {
  const talk = await startTalk();
  const alex = talk.speaker({ timeZone: 'Europe/Berlin' });
  const first = wordsOf((await alex.say('pause lax-12 daily 22:00-06:00'))?.card ?? {});
  expect(first).toContain('Schedule #1 is set');
  const again = wordsOf((await alex.say('pause LAX-12 sun-sat 10pm-6am'))?.card ?? {});
  expect(again).toContain('Schedule #1 is set');
  const [made] = await talk.store.schedules.list(here);
  if (made === undefined) throw new Error('no schedule');
  const { id: _, number: __, phase: ___, ...draft } = made;
  for (let day = 0; day < 48; day += 1) {
    const from = `${String(day % 24).padStart(2, '0')}:${day < 24 ? '15' : '45'}`;
    await talk.store.schedules.add({ ...draft, times: { ...draft.times, from } });
  }
  expect(wordsOf((await alex.say('pause lax-12 mon 01:00-02:00'))?.card ?? {})).toContain(
    'Schedule #50 is set',
  );
  expect(wordsOf((await alex.say('pause lax-12 tue 01:00-02:00'))?.card ?? {})).toMatch(/50/u);
  expect(await talk.store.schedules.list(here)).toHaveLength(50);
  // Another conversation has its own, with numbers of its own.
  const channel = talk.speaker({ kind: 'channel', key: '19:ops@thread.tacv2' });
  expect(wordsOf((await channel.say('pause lax-12 tue 01:00-02:00'))?.card ?? {})).toContain(
    'Schedule #1 is set',
  );
});
