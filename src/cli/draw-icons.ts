import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { asksForHelp } from './asks-for-help.ts';

const folder = new URL('../../appPackage/', import.meta.url);
const file = (path: string): string => fileURLToPath(new URL(path, folder));

const usage =
  'npm run icons: draws appPackage/color.png and outline.png from their SVG files, over those that are there.';

/** Each drawing has the size of its icon. */
const draw = (icon: string): void => {
  const drawing = new Resvg(readFileSync(file(`design/${icon}.svg`), 'utf8'), {
    font: { loadSystemFonts: false },
  });
  writeFileSync(file(`${icon}.png`), drawing.render().asPng());
  console.log(`appPackage/${icon}.png`);
};

if (asksForHelp(process.argv.slice(2))) console.error(usage);
else for (const icon of ['color', 'outline']) draw(icon);
