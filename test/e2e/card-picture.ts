import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { type ThemeName, teamsTheme } from './teams-theme.ts';

export const widths = ['wide', 'narrow'] as const;

const pixels: Readonly<Record<(typeof widths)[number], number>> = { wide: 500, narrow: 320 };

export interface Look {
  readonly theme: ThemeName;
  readonly width: (typeof widths)[number];
}

const resolve = createRequire(import.meta.url).resolve;

/** Draws a card as Teams would, in a theme and width that the Agents Playground does not have. */
export const takeCardPicture = async (
  browser: Browser,
  card: unknown,
  { theme, width }: Look,
  file: string,
): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: pixels[width], height: 100 } });
  try {
    await page.addStyleTag({ path: resolve('adaptivecards/dist/adaptivecards.css') });
    await page.addScriptTag({ path: resolve('adaptivecards/dist/adaptivecards.min.js') });
    await page.addScriptTag({ path: fileURLToPath(new URL('draw-card.js', import.meta.url)) });
    await page.evaluate(`drawCard(${JSON.stringify(card)}, ${JSON.stringify(teamsTheme(theme))})`);
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await page.close();
  }
};
