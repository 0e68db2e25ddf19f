import { expect, it } from 'vitest';
import { pictureOnFailure } from './failure-picture.ts';
import { openedChat } from './opened-chat.ts';
import { agentCalled, loseSignal, nextPoll, untilTold, weakenSignal } from './watched-fleet.ts';

const opened = openedChat();

it('lets a chat take on several alerts by ticking and hand one over by a mention, and shrinks the card of one that got worse', async (context) => {
  const { demo, page, chat } = opened();
  pictureOnFailure(page, context);
  await chat.enter('Operations', 'Mention me first');
  await chat.mention('watch name:lax-14');
  await chat.mention('watch name:sea-22');
  await nextPoll(demo);
  // Two alerts are no group.
  weakenSignal(demo, 'LAX-14');
  loseSignal(demo, 'SEA-22');
  loseSignal(demo, 'SEA-22');
  await expect
    .poll(chat.headlines, untilTold)
    .toEqual(expect.arrayContaining(['LAX-14 → voice is Poor', 'SEA-22 is Poor']));

  await chat.mention('alerts');
  await chat.shows('2 open alerts · 2 not acknowledged');
  await chat.press('Act on several');
  await chat.tick(/LAX-14/u);
  await chat.tick(/SEA-22/u);
  await chat.press('Acknowledge these');
  await chat.shows('2 open alerts · 0 not acknowledged');
  const alert = chat.called('LAX-14 → voice is Poor');
  await alert.shows(/Acknowledged by Alex Wilber at \d+:\d\d/u);

  const number = /#(\d+) LAX-14/u.exec(await chat.words())?.[1] ?? '';
  await chat.mention(`assign ${number} to `, { at: 'Megan Bowen' });
  await chat.shows(`#${number} assigned to Megan Bowen`);
  await alert.shows('Assigned to Megan Bowen by Alex Wilber');

  const { id, sessions } = agentCalled(demo.simulator, 'LAX-14');
  for (const session of sessions) demo.simulator.edit.setQuality(id, session.id, { score: 12 });
  const earlier = chat.called('see the newer message');
  await earlier.shows(`#${number} LAX-14`);
  expect(await earlier.buttons()).toEqual([]);
  await chat.called('LAX-14 is Poor').shows('Assigned to Megan Bowen by Alex Wilber');
}, 120_000);
