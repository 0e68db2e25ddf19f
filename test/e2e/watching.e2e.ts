import { expect, it } from 'vitest';
import { pictureOnFailure } from './failure-picture.ts';
import { openedChat } from './opened-chat.ts';
import { nextPoll, recover, untilTold } from './watched-fleet.ts';

const opened = openedChat();

it('tells a person who watches a site of its collapse once, on one card that goes on as the bot does', async (context) => {
  const { demo, page, chat } = opened();
  pictureOnFailure(page, context);
  const [greeting] = await chat.headlines();
  await chat.say('watch field.Site:Boise');
  await chat.shows('Watching 6 agents');
  const before = [greeting, 'Watching 6 agents'];
  await nextPoll(demo);

  demo.simulator.collapse('Boise', 0);
  await expect.poll(chat.headlines, untilTold).toEqual([...before, '6 agents at Boise are Poor']);
  await chat.press('Acknowledge');
  await chat.shows(/Acknowledged by Alex Wilber at \d+:\d\d/);

  await demo.killBot();
  recover(demo, 'BOI-Desk-01');
  await demo.startBot();
  await expect.poll(chat.headlines, untilTold).toEqual([...before, '5 agents at Boise are Poor']);
  await chat.shows('1 back so far');
  await chat.shows(/Acknowledged by Alex Wilber at \d+:\d\d/);

  demo.simulator.tick();
  const over = '6 agents at Boise are fine again';
  await expect.poll(chat.headlines, untilTold).toEqual([...before, over, over]);
  await chat.say('unwatch 1');
  await nextPoll(demo);
  expect(await chat.headlines()).toEqual([...before, over, over, 'Watch 1 has ended']);
}, 180_000);
