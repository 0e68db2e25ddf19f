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
  tick(box: string | RegExp): Promise<void>;
  /** All that it says now. */
  words(): Promise<string>;
  /** What its buttons are called. */
  buttons(): Promise<readonly string[]>;
}

/** Words, or somebody who is chosen from the list that an @ opens. */
export type Said = string | { readonly at: string };

/** The Agents Playground's personal chat with the bot; without more said, it is about the newest card. */
export interface Chat extends SeenCard {
  /** Sends a message and waits for the card that answers it. */
  say(text: string): Promise<void>;
  /** The same where the bot hears only what mentions it: it is mentioned first. */
  mention(...said: readonly Said[]): Promise<void>;
  /** Goes to another conversation, in which the bot greets with this. */
  enter(conversation: string, greeting: string): Promise<void>;
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
  const editor = page.locator('[data-lexical-editor]');
  const send = async (): Promise<void> => {
    const before = await cards.count();
    await page.getByRole('button', { name: 'Send Message' }).click();
    await cards.nth(before).waitFor();
  };
  return {
    say: async (text) => {
      await editor.fill(text);
      await send();
    },
    mention: async (...said) => {
      await editor.click();
      for (const one of [{ at: 'PingPlotter' }, ' ', ...said])
        if (typeof one === 'string') await page.keyboard.type(one);
        else {
          await page.keyboard.type('@');
          await page.getByRole('menuitem', { name: one.at }).click();
        }
      await send();
    },
    enter: async (conversation, greeting) => {
      await page.getByText(conversation, { exact: true }).first().click();
      await cards.filter({ hasText: greeting }).waitFor();
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
  // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen counts
  words: () => card.innerText(),
  tick: (box) => card.getByRole('checkbox', { name: box }).check(),
  buttons: () => card.getByRole('button').allInnerTexts(),
});

/** The Playground's page asks for fonts and animations elsewhere, and does without them. */
const refuseOutside = async (page: Page, address: string): Promise<void> => {
  const { origin } = new URL(address);
  await page.route(
    (url) => url.origin !== origin,
    (route) => route.abort(),
  );
};
