import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A card, as a person sees it. */
interface SeenCard {
  /** Waits until it shows this. */
  shows(text: string | RegExp): Promise<void>;
  /** Takes a picture of it as the Playground draws it. */
  takePicture(path: string): Promise<void>;
  /** Presses one of its buttons; an answer replaces it in its place. */
  press(button: string): Promise<void>;
}

/** The Agents Playground's personal chat with the bot; without more said, it is about the newest card. */
export interface Chat extends SeenCard {
  /** Sends a message and waits for the card that answers it. */
  say(text: string): Promise<void>;
  /** The newest card that says this. */
  called(headline: string): SeenCard;
  /** What each card says in its first line, in order. */
  headlines(): Promise<readonly string[]>;
  fill(label: string, text: string): Promise<void>;
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
    ...seen(card),
    called: (headline) => seen(cards.filter({ hasText: headline }).last()),
    headlines: async () =>
      (await cards.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? ''),
    fill: (label, text) => card.getByLabel(label).fill(text),
    pressInMenu: async (entry) => {
      await card.getByRole('button', { name: 'More options' }).click();
      await page.getByRole('menuitem', { name: entry, exact: true }).click();
    },
  };
};

const seen = (card: Locator): SeenCard => ({
  shows: (text) =>
    // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen counts
    expect.poll(() => card.innerText(), { timeout: waitMs }).toMatch(text),
  takePicture: async (path) => {
    await card.screenshot({ path });
  },
  press: (button) => card.getByRole('button', { name: button, exact: true }).first().click(),
});

/** The Playground's page asks for fonts and animations elsewhere, and does without them. */
const refuseOutside = async (page: Page, address: string): Promise<void> => {
  const { origin } = new URL(address);
  await page.route(
    (url) => url.origin !== origin,
    (route) => route.abort(),
  );
};
