import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The Agents Playground's dialogs of a message extension. */
export interface Extension {
  /** Pastes a link, and waits for the card that it unfurls to. */
  paste(url: string): Promise<void>;
  /** Presses "Look up agents" at the message that was typed so. */
  lookUpAgents(text: string): Promise<void>;
  /** Waits until the dialog shows this. */
  shows(text: string | RegExp): Promise<void>;
  /** Takes a picture of the dialog. */
  takePicture(path: string): Promise<void>;
  close(): Promise<void>;
}

export const extensionIn = (page: Page): Extension => {
  const dialog = page.getByRole('dialog');
  return {
    paste: async (url) => {
      await page.getByRole('button', { name: 'Trigger Message Extension App' }).click();
      await page.getByRole('menuitem', { name: 'Link Unfurling' }).click();
      await dialog.getByLabel('Enter an URL').fill(url);
      await dialog.locator('.ac-adaptiveCard').waitFor();
    },
    lookUpAgents: async (text) => {
      const more = page.getByRole('button', { name: 'Show more information' });
      const message = page
        .locator('div', { has: page.getByText(text, { exact: true }) })
        .filter({ has: more });
      await message.last().getByRole('button', { name: 'Show more information' }).click();
      await page.getByRole('menuitem', { name: 'Action Command' }).click();
      await dialog.getByPlaceholder('Input command id').fill('lookUpAgents');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.locator('.ac-adaptiveCard').waitFor();
    },
    // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen counts
    shows: (text) => expect.poll(() => dialog.innerText()).toMatch(text),
    takePicture: async (path) => {
      await dialog.screenshot({ path });
    },
    close: async () => {
      // The cross has no name; it comes first.
      await dialog.getByRole('button').first().click();
      await dialog.waitFor({ state: 'hidden' });
    },
  };
};
