import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';
import { takeCardPicture, widths } from './card-picture.ts';
import { openChat } from './chat.ts';
import { startChromium } from './chromium.ts';
import { startQuietDemo } from './quiet-demo.ts';
import { watchShownCard } from './shown-card.ts';
import { themes } from './teams-theme.ts';
import { nextPoll, untilTold, weakenSignal } from './watched-fleet.ts';

const imagePath = (file: string): string =>
  fileURLToPath(new URL(`../../docs/images/${file}`, import.meta.url));

const viewport = { width: 1280, height: 1000 };

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  await mkdir(imagePath(''), { recursive: true });
  demo = await startQuietDemo();
  browser = await startChromium();
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

it('takes the pictures of the cards in the documents, and one of the Playground', async () => {
  const page = await browser.newPage({ viewport });
  const shownCard = watchShownCard(page);
  const chat = await openChat(page, demo.page);

  const takeInChat = (name: string): Promise<void> =>
    chat.takePicture(imagePath(`${name}-playground.png`));

  /** A main card, in the looks too that the Playground does not have. */
  const take = async (name: string): Promise<void> => {
    const card = await shownCard();
    expect(card).toBeDefined();
    await takeInChat(name);
    for (const theme of themes)
      for (const width of widths)
        await takeCardPicture(
          browser,
          card,
          { theme, width },
          imagePath(`${name}-${theme}-${width}.png`),
        );
  };

  await chat.say('agents');
  await chat.shows('LAX-12');
  await take('fleet');

  await chat.press('Open LAX-12');
  await chat.shows('Back to list');
  await take('agent');

  await chat.pressInMenu('Rename');
  await chat.shows('Rename LAX-12');
  await take('rename');

  await chat.press('Cancel');
  await chat.shows('Back to list');
  await chat.press('Pause');
  await chat.shows('Undo');
  await page.screenshot({ path: imagePath('playground.png') });

  await chat.press('Undo');
  await chat.say('pause lax-12 / crm for 2h');
  await chat.shows('resumes by itself at');
  await takeInChat('pause');

  await chat.say('agent den');
  await chat.shows('Which agent do you mean');
  await takeInChat('which');

  await chat.say('delete DEN-01');
  await chat.shows('Delete DEN-01?');
  await take('delete');

  await chat.say('create LAX Reception');
  await chat.shows('Create');
  await takeInChat('create');

  await chat.say('watch field.Site:Boise');
  await chat.shows('Watching 6 agents');
  await takeInChat('watch');
  await chat.say('watch lax-14');
  await chat.say('mute den-02 for 1h');
  await chat.say('watches');
  await chat.shows('DEN-02');
  await takeInChat('watches');
  await nextPoll(demo);
  weakenSignal(demo, 'LAX-14');
  await expect.poll(chat.headlines, untilTold).toContain('LAX-14 → voice is Poor');
  await take('alert');

  // What has to be scrolled to would be missing from the picture of so long a card.
  await page.setViewportSize({ ...viewport, height: 1600 });
  await chat.say('digest now');
  await chat.shows('Offline for more than a week');
  await takeInChat('digest');
  await page.setViewportSize(viewport);

  demo.simulator.collapse('Boise', 0);
  await expect.poll(chat.headlines, untilTold).toContain('7 agents are Poor');
  await take('group');

  await chat.say('alerts');
  await chat.shows('7 open alerts');
  await takeInChat('alerts');

  await chat.say('which agents are bad?');
  await chat.shows('Understood as');
  await takeInChat('plain-words');

  await chat.say('hours lax-12');
  await chat.shows('LAX-12');
  await takeInChat('hours');

  await chat.say('audit');
  await chat.shows('Audit');
  await takeInChat('audit');

  await chat.say('health');
  await chat.shows('PingPlotter');
  await takeInChat('health');

  demo.simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
  await chat.say('agent LAX-14');
  await chat.shows('PingPlotter has trouble');
  await take('error');
}, 120_000);
