import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';
import { takeCardPicture } from './card-picture.ts';
import { type Chat, openChat } from './chat.ts';
import { startChromium } from './chromium.ts';
import { extensionIn } from './extension.ts';
import { startQuietDemo } from './quiet-demo.ts';
import { watchShownCard } from './shown-card.ts';
import {
  agentCalled,
  loseSignal,
  nextPoll,
  recover,
  untilTold,
  weakenSignal,
} from './watched-fleet.ts';

const imagePath = (file: string): string =>
  fileURLToPath(new URL(`../../docs/images/${file}`, import.meta.url));

/** So high that no card has to be scrolled: what is out of sight would be missing from its picture. */
const viewport = { width: 1280, height: 1700 };

let browser: Browser;
let demo: Demo;
let page: Page;
let chat: Chat;
let shownCard: ReturnType<typeof watchShownCard>;

beforeAll(async () => {
  await mkdir(imagePath(''), { recursive: true });
  demo = await startQuietDemo();
  browser = await startChromium();
  page = await browser.newPage({ viewport });
  shownCard = watchShownCard(page);
  chat = await openChat(page, demo.page);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const take = (name: string): Promise<void> => chat.takePicture(imagePath(`${name}-playground.png`));

/** Also as on a phone in the dark theme, which the Playground does not have. */
const takeNarrowToo = async (name: string): Promise<void> => {
  const card = await shownCard();
  expect(card).toBeDefined();
  await take(name);
  const file = imagePath(`${name}-dark-narrow.png`);
  await takeCardPicture(browser, card, { theme: 'dark', width: 'narrow' }, file);
};

/** Asks, waits for what the answer shows, and takes its picture. */
const takeAnswer = async (name: string, text: string, shows: string | RegExp): Promise<void> => {
  await chat.say(text);
  await chat.shows(shows);
  await take(name);
};

it('takes what a newcomer sees', async () => {
  await takeAnswer('greeting', 'hi', 'Tell me when');
  await chat.say('help');
  await chat.shows('More: all commands');
  await takeNarrowToo('help');
  await takeAnswer('plain-words', 'which agents are bad?', 'Understood as');
}, 60_000);

it('takes the fleet and one agent', async () => {
  await chat.say('agents');
  await chat.shows('LAX-12');
  await takeNarrowToo('fleet');

  await chat.press('Open LAX-12');
  await chat.shows('Back to list');
  await takeNarrowToo('agent');
  await chat.pressInMenu('Rename');
  await chat.shows('Rename LAX-12');
  await take('rename');

  await takeAnswer('pause', 'pause lax-12 / crm for 2h', 'resumes by itself at');
  await chat.say('resume lax-12 / crm');
  await takeAnswer('which', 'agent den', 'Which agent do you mean');
  await takeAnswer('delete', 'delete DEN-01', 'Delete DEN-01?');
  await takeAnswer('create', 'create LAX Reception', 'Create');
}, 90_000);

it('takes a change of many agents, from the list to its undo', async () => {
  await takeAnswer('filter', 'agents field.Site:Berlin', 'Act on these 4');
  await chat.press('Act on these 4');
  await chat.shows('Act on 4 agents');
  await take('act-on-these');
  await chat.press('Pause');
  await chat.press('Preview');
  await chat.shows(/Pause \d agents\?/);
  await takeNarrowToo('bulk-preview');
  await chat.press('Cancel');

  // One that the key may not change, and so slow that the progress of all can be seen.
  const { id } = agentCalled(demo.simulator, 'NYC-102');
  const mend = demo.simulator.fault({
    match: { method: 'PUT', path: new RegExp(`/${id}/`) },
    effect: { kind: 'status', status: 403 },
  });
  const slow = agentCalled(demo.simulator, 'NYC-103').id;
  const hasten = demo.simulator.fault({
    match: { method: 'PUT', path: new RegExp(`/${slow}/`) },
    effect: { kind: 'delay', ms: 4000 },
  });
  await chat.say('pause where field.Site:"New York"');
  await chat.press('Pause 5 agents');
  await chat.shows(/[1-9] done · .*left/);
  await take('bulk-progress');
  hasten();
  await chat.shows('Retry the 1 that failed');
  await take('bulk-report');
  mend();
  await chat.press('Undo');
  await chat.shows('Resumed 4 agents');
  await take('bulk-undo');
}, 120_000);

it('takes what runs by the clock', async () => {
  await takeAnswer('inventory', 'inventory', 'may wait for approval');
  await chat.say('pause LAX-Studio weekdays 18:00-07:00');
  await chat.say('pause where field.Site:Tokyo sat,sun 00:00-23:59');
  await takeAnswer('schedules', 'schedules', 'Schedules here');
  await chat.say('unschedule 2');
  await takeAnswer('hours', 'hours lax-12', 'LAX-12');
}, 60_000);

it('takes the past, and where it is likely broken', async () => {
  loseSignal(demo, 'LAX-12');
  await takeAnswer('why', 'why lax-12', 'Why LAX-12');
  await takeAnswer('history', 'history lax-12 / voice', 'Worst windows');
  await takeAnswer('top', 'top poor', 'Poor for the longest');
  await takeAnswer('compare', 'compare lax-12 with lax-14', 'LAX-12 and LAX-14');
  await takeAnswer('evidence', 'evidence lax-12 / voice 24h case #00001', 'Make LiveShare');
  await takeAnswer('my-connection', 'my connection', 'Your connection');
  await takeAnswer('fit-for-calls', 'fit for calls at mon 8:00', /8:00/);
}, 90_000);

it('takes watches, alerts and what was held back', async () => {
  await takeAnswer('watch', 'watch field.Site:Boise', 'Watching 6 agents');
  await chat.say('watch lax-14');
  await chat.say('watch sea-22');
  await chat.say('mute sea-22 for 1h');
  await nextPoll(demo);
  weakenSignal(demo, 'LAX-14');
  await expect.poll(chat.headlines, untilTold).toContain('LAX-14 → voice is Poor');
  await takeNarrowToo('alert');
  loseSignal(demo, 'SEA-22');
  demo.simulator.collapse('Boise', 0);
  await expect.poll(chat.headlines, untilTold).toContain('7 agents are Poor');
  await take('group');
  await takeAnswer('alerts', 'alerts', '7 open alerts');
  await takeAnswer('watches', 'watches', /Held back/i);
  await chat.press('Held back');
  await chat.shows('SEA-22');
  await take('held-back');
  await takeAnswer('digest', 'digest now', 'Offline for more than a week');
}, 180_000);

it('takes watches of limits, of what is usual and of the agents themselves', async () => {
  await takeAnswer('watch-limits', 'watch target:crm latency>150 loss>2', /Watching \d+ agents/);
  await takeAnswer(
    'watch-usual',
    'watch target:voice worse than usual for 15m',
    /Watching \d+ agents/,
  );
  await chat.say('watch changes field.Site:"New York"');
  await nextPoll(demo);
  const { id, ...moved } = agentCalled(demo.simulator, 'NYC-101');
  demo.simulator.edit.rename(id, 'NYC-101 (4th floor)');
  demo.simulator.edit.add({ ...moved, id: 'nyc-104', name: 'NYC-104', createdAt: Date.now() });
  await chat.shows('NYC-104');
  await take('changes');
}, 120_000);

it('takes links, what a message names, and what somebody is notified of', async () => {
  const calm = await startQuietDemo();
  try {
    const other = await browser.newPage({ viewport });
    const there = await openChat(other, calm.page);
    const extension = extensionIn(other);
    const { id } = agentCalled(calm.simulator, 'LAX-12');
    await extension.paste(`https://share.pingplotter.cloud/live/${id}`);
    await extension.takePicture(imagePath('link-playground.png'));
    await extension.close();
    const question = 'Lax-12 stutters again, and den-01 too?';
    await there.say(question);
    await extension.lookUpAgents(question);
    await extension.takePicture(imagePath('look-up-playground.png'));
    await extension.close();

    recover(calm, 'LAX-12');
    await there.say('notify me');
    await there.say('watch lax-12');
    await nextPoll(calm);
    loseSignal(calm, 'LAX-12');
    const bad = ['Your connection is not fit for calls now.', 'LAX-12 is Poor'];
    await expect.poll(there.headlines, untilTold).toEqual(expect.arrayContaining(bad));
    await there.called(`${bad[0]}`).takePicture(imagePath('notify-unfit-playground.png'));
    recover(calm, 'LAX-12');
    const fine = ['Your connection is fine again.', 'LAX-12 is fine again'];
    await expect.poll(there.headlines, untilTold).toEqual(expect.arrayContaining(fine));
    await there.called(`${fine[0]}`).takePicture(imagePath('notify-fine-playground.png'));
    await there.called(`${fine[1]}`).takePicture(imagePath('verdict-playground.png'));
  } finally {
    await calm.stop();
  }
}, 120_000);

it('takes what administrators ask for, and trouble', async () => {
  await takeAnswer('audit', 'audit', 'Audit');
  await takeAnswer('health', 'health', 'PingPlotter');
  demo.simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
  await takeAnswer('error', 'agent LAX-14', 'PingPlotter has trouble');
}, 60_000);

it('takes the choice among several accounts', async () => {
  const second = await startQuietDemo({ severalAccounts: true });
  try {
    const other = await browser.newPage({ viewport });
    const there = await openChat(other, second.page);
    await there.say('use fabrikam');
    await there.say('accounts');
    await there.shows('PingPlotter accounts');
    await there.takePicture(imagePath('accounts-playground.png'));
  } finally {
    await second.stop();
  }
}, 90_000);
