import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { programArguments } from './program-arguments.ts';

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

if (programArguments(usage, {}) !== undefined)
  try {
    for (const icon of ['color', 'outline']) draw(icon);
  } catch (error) {
    console.error(`The icons are not all drawn: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
