import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';
import { type Chat, openChat } from './chat.ts';
import { startChromium } from './chromium.ts';
import { type Extension, extensionIn } from './extension.ts';
import { pictureOnFailure } from './failure-picture.ts';
import { startQuietDemo } from './quiet-demo.ts';
import { agentCalled, loseSignal, nextPoll, recover, untilTold } from './watched-fleet.ts';

let demo: Demo;
let browser: Browser;
let page: Page;
let chat: Chat;
let extension: Extension;

beforeAll(async () => {
  demo = await startQuietDemo();
  recover(demo, 'LAX-12');
  browser = await startChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  chat = await openChat(page, demo.page);
  extension = extensionIn(page);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

beforeEach((context) => pictureOnFailure(page, context));

it('unfurls a link, and looks up the agents that a message names', async () => {
  const { id } = agentCalled(demo.simulator, 'LAX-12');
  await extension.paste(`https://share.pingplotter.cloud/live/${id}`);
  await extension.shows(/LAX-12[\s\S]+Good 95/u);
  await extension.shows('Open in PingPlotter');
  await extension.close();

  const question = 'is lax-12 down, or den-01?';
  await chat.say(question);
  await extension.lookUpAgents(question);
  await extension.shows('It names 2 agents');
  await extension.shows(/LAX-12\s+Good 95/u);
  await extension.close();
});

it('notifies a person who asked for it, and asks whether the cause of an alert was right', async () => {
  await chat.say('notify me');
  await chat.say('watch lax-12');
  await nextPoll(demo);
  loseSignal(demo, 'LAX-12');
  await expect
    .poll(chat.headlines, untilTold)
    .toEqual(
      expect.arrayContaining(['Your connection is not fit for calls now.', 'LAX-12 is Poor']),
    );

  recover(demo, 'LAX-12');
  await expect
    .poll(chat.headlines, untilTold)
    .toEqual(expect.arrayContaining(['Your connection is fine again.', 'LAX-12 is fine again']));
  const ended = chat.called('LAX-12 is fine again');
  await ended.shows(/Named as the likely cause: this machine's Wi-Fi. Was that right\?/u);
  await ended.press('Right');
  await ended.shows('You said that this was right');
}, 120_000);
