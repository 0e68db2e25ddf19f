import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The Agents Playground's personal chat with the bot, as a person sees it. */
export interface Chat {
  /** Sends a message and waits for the card that answers it. */
  say(text: string): Promise<void>;
  /** Waits until the newest card shows this. */
  shows(text: string | RegExp): Promise<void>;
  /** What each card says in its first line, in order. */
  headlines(): Promise<readonly string[]>;
  fill(label: string, text: string): Promise<void>;
  /** Takes a picture of the newest card as the Playground draws it. */
  takePicture(path: string): Promise<void>;
  /** Presses a button of the newest card; an answer replaces the card in its place. */
  press(button: string): Promise<void>;
  /** Presses an entry of the newest card's overflow menu. */
  pressInMenu(entry: string): Promise<void>;
}

const waitMs = 15_000;
/** The Playground's page and the greeting take longest, on a busy machine above all. */
const openMs = 90_000;

/** Opens it in an empty page. */
export const openChat = async (page: Page, address: string): Promise<Chat> => {
  page.setDefaultTimeout(waitMs);
  await refuseOutside(page, address);
  await page.goto(address, { timeout: openMs });
  const cards = page.locator('.ac-preview-panel');
  const card = cards.last();
  // The bot greets whoever opens the chat for the first time.
  await card.waitFor({ timeout: openMs });
  return {
    say: async (text) => {
      const before = await cards.count();
      await page.locator('[data-lexical-editor]').fill(text);
      await page.getByRole('button', { name: 'Send Message' }).click();
      await cards.nth(before).waitFor();
    },
    shows: (text) =>
      // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen counts
      expect.poll(() => card.innerText(), { timeout: waitMs }).toMatch(text),
    headlines: async () =>
      (await cards.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? ''),
    takePicture: async (path) => {
      await card.screenshot({ path });
    },
    fill: (label, text) => card.getByLabel(label).fill(text),
    press: (button) => card.getByRole('button', { name: button, exact: true }).first().click(),
    pressInMenu: async (entry) => {
      await card.getByRole('button', { name: 'More options' }).click();
      await page.getByRole('menuitem', { name: entry, exact: true }).click();
    },
  };
};

/** The Playground's page asks for fonts and animations elsewhere, and does without them. */
const refuseOutside = async (page: Page, address: string): Promise<void> => {
  const { origin } = new URL(address);
  await page.route(
    (url) => url.origin !== origin,
    (route) => route.abort(),
  );
};
