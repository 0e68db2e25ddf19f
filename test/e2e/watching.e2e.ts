import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';
import { type Chat, openChat } from './chat.ts';
import { startChromium } from './chromium.ts';
import { pictureOnFailure } from './failure-picture.ts';
import { startQuietDemo } from './quiet-demo.ts';
import { nextPoll, recover, untilTold } from './watched-fleet.ts';

let demo: Demo;
let browser: Browser;
let page: Page;
let chat: Chat;

beforeAll(async () => {
  demo = await startQuietDemo();
  browser = await startChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  chat = await openChat(page, demo.page);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('tells a person who watches a site of its collapse once, on one card that goes on as the bot does', async (context) => {
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
